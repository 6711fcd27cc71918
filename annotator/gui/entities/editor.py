"""The registry of entities: at the left all of them, at the right the chosen one, or what wants sorting out."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.entity import Entity
from annotator.domain.entity_match import EntityBook
from annotator.domain.entity_rules import as_name
from annotator.domain.entity_use import EntityUse, Untied
from annotator.errors import BadArgument
from annotator.gui import fonts
from annotator.gui.codebook.editor import of_the_text
from annotator.gui.codebook.middle import CloseButton
from annotator.gui.entities.choices import best
from annotator.gui.entities.form import EntityForm
from annotator.gui.entities.group_page import Deed, GroupPage
from annotator.gui.entities.picker import EntityPicker
from annotator.gui.entities.requests import EntityRequests
from annotator.gui.entities.rows import Look
from annotator.gui.entities.side import ALIKE, UNTIED, Side
from annotator.gui.entities.survey import Place, Survey
from annotator.gui.theme import Theme
from annotator.gui.widgets.banner import Banner
from annotator.gui.widgets.panes import EmptyState, ground, label, rule
from annotator.gui.widgets.wording import counted

_SIDE = 32
_Pair = tuple[Entity, Entity]
_WHAT = "An entity is the one real actor behind many spans, whatever the texts call it."


class EntitiesEditor(QSplitter):
    """Shows a survey and says by `requests` what a person wants changed; it changes nothing by itself."""

    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.requests = EntityRequests(self)
        self._survey = Survey()
        self._book = EntityBook()
        self._chosen = ""  # an entity's id, or a group's name
        self._coming = ""  # the name of an entity that is to be chosen once it is there
        self._read_only = False
        self._entered = False  # and not shown yet, so that nobody has gone anywhere
        self._split = set[frozenset[str]]()  # pairs that were said to be two, until the window is closed
        self.side = Side(theme)
        self.banner = Banner(theme)
        self.title = label(size=15, weight=QFont.Weight.DemiBold)
        self.spans = label(size=12, tone="third")
        self.merge = QPushButton("Merge into…")
        self.delete = QPushButton("Delete")
        self.close_button = CloseButton(theme)
        self.form = EntityForm(theme)
        self.untied: GroupPage[Untied] = GroupPage(
            "Words without an entity",
            "Your spans that could have an entity and have none, by their words. What you set is one step to undo.",
            ("Every one of your spans has its entity", ""),
            _untied_look,
            theme,
        )
        self.alike: GroupPage[_Pair] = GroupPage(
            "Entities that look like one",
            "Two entities that may be one actor. Merging moves the spans and keeps both names.",
            ("No two entities look like one", ""),
            _alike_look,
            theme,
        )
        self.empty = EmptyState("No entities yet", "", "", middle=True)
        self._blank = QWidget()
        self.picker = EntityPicker(theme, self)
        self._lay_out()
        self._connect()

    # What the window tells

    def set_survey(self, survey: Survey) -> None:
        """Show the registry as it is now. What is being typed stays, unless what it belongs to is gone."""
        self._survey, self._book = survey, survey.book
        coming = next((use for use in survey.uses if use.entity.name == self._coming), None)
        if coming:
            self._chosen, self._coming = coming.entity.id, ""
        self._show()
        if self._entered and survey.read:
            self._entered = False
            self.take_focus()
        if coming and coming.spans == 0 and not coming.entity.aliases:
            self.form.aliases.add.setFocus()

    def set_places(self, entity_id: str, places: Sequence[Place]) -> None:
        """Show an entity's spans in their documents."""
        use = self._survey.use(entity_id)
        if use and entity_id == self._chosen:
            own = len((self._survey.own or {}).get(use.entity.name, ()))
            self.form.places.show_places(places, own, use.spans)

    def set_read_only(self, read_only: bool) -> None:
        """Let the registry be read but not changed."""
        self._read_only = read_only
        for part in (self.side, self.form, self.untied, self.alike):
            part.set_read_only(read_only)
        self._show()

    def refused(self, text: str) -> None:
        """Say why an edit was not made, and show what is stored."""
        self._coming = ""
        self.form.restore()
        self._show()
        self.banner.show_notice("danger", text)

    def told(self, text: str) -> None:
        """Tell, in one line, that something was done."""
        self.banner.show_notice("info", text)

    def finish(self) -> None:
        """Tell what is being typed, as if its field had been left."""
        if self._use():
            self.form.finish()

    # What a person does

    def take_focus(self) -> None:
        """Put the focus where one begins."""
        self._entered = not self._survey.read
        view = self.empty.button if self._survey.read and not self._survey.uses else self.side.list
        view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to_pane(self, _step: int) -> None:
        """Put the focus into the other of the two parts."""
        focused = self.focusWidget()
        if focused and self.side.isAncestorOf(focused):
            self._into_right()
        else:
            self.take_focus()

    def choose(self, chosen: str) -> None:
        """Show an entity, by its id, or a group, by its name."""
        if chosen != self._chosen:
            self.banner.clear()
        self._chosen = chosen
        self._show()

    def close_editor(self) -> None:
        """Finish what is being typed and make room for the text."""
        self.finish()
        self.closed.emit()

    def event(self, event: QEvent) -> bool:
        """Called by Qt. Keys of the text (1-9, Delete, Alt+Down) mean nothing here, whatever has the focus."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and of_the_text(event):
            event.accept()
            return True
        return super().event(event)

    # Inside

    def _use(self) -> EntityUse | None:
        return self._survey.use(self._chosen)

    def _groups(self) -> list[tuple[str, int]]:
        spans = sum(len(each.spans) for each in self._survey.untied)
        return [(UNTIED, spans), (ALIKE, len(self._alike()))]

    def _alike(self) -> list[_Pair]:
        return [pair for pair in self._survey.alike if frozenset(each.id for each in pair) not in self._split]

    def _show(self) -> None:
        use = self._use()
        if use is None and self._chosen not in (UNTIED, ALIKE):
            self._chosen = self._survey.uses[0].entity.id if self._survey.uses else ""
            use = self._use()
        self.side.show_all(self._survey.uses, self._groups(), self._chosen)
        self.untied.show_rows(self._survey.untied)
        self.alike.show_rows(self._alike())
        if use:
            self.form.show_use(use)
            self.requests.places_asked.emit(use.entity.id)
        pages: dict[str, QWidget] = {UNTIED: self.untied, ALIKE: self.alike}
        otherwise = self.empty if self._survey.read else self._blank
        self._pages.setCurrentWidget(self._area if use else pages.get(self._chosen, otherwise))
        self._show_head(use)
        self._show_empty()

    def _show_head(self, use: EntityUse | None) -> None:
        self.title.setText(use.entity.name if use else self._chosen)
        self.spans.setText(counted(use.spans, "span") if use else "")
        for button in (self.merge, self.delete):
            button.setVisible(use is not None and not self._read_only)
        self.merge.setEnabled(len(self._survey.uses) > 1)

    def _show_empty(self) -> None:
        if not self._survey.asked:
            text = f"{_WHAT} No label asks for one yet: give a label an attribute of the kind entity."
            self.empty.set_texts("No label asks for an entity", text, "Open the codebook")
        elif self._survey.untied:
            spans = sum(len(each.spans) for each in self._survey.untied)
            text = f"{_WHAT} {counted(spans, 'span')} of yours could have one."
            self.empty.set_texts("No entities yet", text, "Sort out the spans")
        else:
            text = f"{_WHAT} Tag an actor in a text and press E to say who it is."
            self.empty.set_texts("No entities yet", text, "Back to the text")

    def _empty_pressed(self) -> None:
        if not self._survey.asked:
            self.requests.codebook_asked.emit()
        elif self._survey.untied:
            self.choose(UNTIED)
            self.untied.list.setFocus()
        else:
            self.close_editor()

    def _into_right(self) -> None:
        if self._use():
            self.form.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            page = self.untied if self._chosen == UNTIED else self.alike
            page.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _add(self) -> None:
        names = {use.entity.name for use in self._survey.uses}
        name, number = "New entity", 2
        while name in names:
            name, number = f"New entity {number}", number + 1
        self._coming = name
        self.banner.clear()
        self.requests.added.emit(name)

    def _change(self, **values: object) -> None:
        if use := self._use():
            self.banner.clear()
            self.requests.changed.emit(use.entity.id, values)

    def _ask_merge(self) -> None:
        use = self._use()
        if use is None:
            return
        others = tuple(each.entity for each in self._survey.uses if each.entity.id != use.entity.id)
        forms = {form: names - {use.entity.name} for form, names in self._book.forms.items()}
        gone = use.entity.id
        self.picker.ask(
            self.merge,
            EntityBook(others, {form: names for form, names in forms.items() if names}),
            use.entity.name,
            lambda name: self._merge(gone, next(each.id for each in others if each.name == name)),
            add=False,
        )

    def _merge(self, gone: str, into: str) -> None:
        self.banner.clear()
        if self._chosen == gone:
            self._chosen = into
        self.requests.merged.emit(gone, into)

    def _delete(self) -> None:
        use = self._use()
        if use is None or self._read_only:
            return
        entity = use.entity
        if not use.spans:
            self.banner.clear()
            self.requests.removed.emit(entity.id, False)
            return
        have = "1 span has" if use.spans == 1 else f"{use.spans:,} spans have"
        self.banner.show_notice(
            "warn",
            f"{have} this entity. Without it they have none; merged into another, they have that one.",
            [
                ("Merge into…", self._ask_merge),
                ("Delete, spans have none", lambda: self._remove(entity.id)),
            ],
        )

    def _remove(self, entity_id: str) -> None:
        self.banner.clear()
        self.requests.removed.emit(entity_id, True)

    def _split_off(self, name: str, forms: tuple[str, ...]) -> None:
        if use := self._use():
            self.banner.clear()
            self._coming = name
            self.requests.split.emit(use.entity.id, name, forms)

    def _untied_deeds(self, group: Untied) -> list[Deed]:
        many = f"for all {len(group.spans):,}" if len(group.spans) > 1 else "for it"

        def deed(what: str, name: str) -> Deed:
            return Deed(f"{what} “{name}” {many}", lambda _: self._tie(group, name))

        offered = best(self._book, group.form)
        certain = self._book.certain(group.form)
        deeds = [deed("Set", offered[0].name)] if offered else []
        if certain is None and (new := _new_name(group.form)):
            deeds.append(deed("New entity", new))
        if not offered and (similar := self._book.suggest(group.form)):
            deeds.append(deed("Set", similar[0].entity.name))
        deeds.append(Deed("Choose…", lambda button: self._ask_entity(button, group)))
        return deeds

    def _ask_entity(self, button: QWidget, group: Untied) -> None:
        self.picker.ask(button, self._book, group.form, lambda name: self._tie(group, name), add=True)

    def _tie(self, group: Untied, name: str) -> None:
        self.banner.clear()
        self.requests.tied.emit(group, name)

    def _alike_deeds(self, pair: _Pair) -> list[Deed]:
        short, long = pair
        return [
            Deed(f"Merge into “{long.name}”", lambda _: self._merge(short.id, long.id)),
            Deed(f"Merge into “{short.name}”", lambda _: self._merge(long.id, short.id)),
            Deed("They are two", lambda _: self._keep_apart(pair)),
        ]

    def _keep_apart(self, pair: _Pair) -> None:
        self._split.add(frozenset(each.id for each in pair))
        self._show()

    def _lay_out(self) -> None:
        head = QWidget()
        head.setFixedHeight(fonts.px(48))
        row = QHBoxLayout(head)
        row.setContentsMargins(_SIDE, 0, 16, 0)
        row.setSpacing(8)
        self.title.setMinimumWidth(1)
        row.addWidget(self.title)
        row.addSpacing(4)
        row.addWidget(self.spans)
        row.addStretch(1)
        self.delete.setProperty("danger", True)
        for button in (self.merge, self.delete):
            button.setProperty("flat", True)
            button.setAutoDefault(False)
            button.setAccessibleName(button.text().removesuffix("…"))
            row.addWidget(button)
        row.addWidget(self.close_button)
        self._area = QScrollArea()
        self._area.setWidget(self.form)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground(self.form, "surface")
        self._pages = QStackedWidget()
        for page in (self._area, self.untied, self.alike, self.empty, self._blank):
            self._pages.addWidget(page)
        right = QWidget()
        ground(right, "surface")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (head, rule(), self.banner):
            column.addWidget(widget)
        column.addWidget(self._pages, 1)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.addWidget(self.side)
        self.addWidget(right)
        self.setStretchFactor(1, 1)
        self.setSizes([fonts.px(280), fonts.px(1160)])

    def _connect(self) -> None:
        self.side.entity_chosen.connect(self.choose)
        self.side.group_chosen.connect(self.choose)
        self.side.delete_asked.connect(self._delete)
        self.side.form_asked.connect(self._into_right)
        self.side.add.clicked.connect(self._add)
        self.merge.clicked.connect(self._ask_merge)
        self.delete.clicked.connect(self._delete)
        self.close_button.clicked.connect(self.close_editor)
        self.empty.pressed.connect(self._empty_pressed)
        self.form.name_changed.connect(lambda name: self._change(name=name))
        self.form.aliases_changed.connect(lambda aliases: self._change(aliases=aliases))
        self.form.note_changed.connect(lambda note: self._change(note=note))
        self.form.split_asked.connect(self._split_off)
        self.form.place_opened.connect(self.requests.place_opened)
        self.untied.set_deeds(self._untied_deeds)
        self.alike.set_deeds(self._alike_deeds)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.close_editor)


def _new_name(form: str) -> str:
    try:
        return as_name(form)
    except BadArgument:
        return ""


def _untied_look(group: Untied) -> Look:
    count = len(group.spans)
    return Look(
        f"“{group.form}”", group.label, f"{count:,}", f"“{group.form}”, {group.label}, {counted(count, 'span')}"
    )


def _alike_look(pair: _Pair) -> Look:
    short, long = pair
    return Look(f"{short.name} and {long.name}", ", ".join((*short.aliases, *long.aliases)))
