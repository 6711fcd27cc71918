"""The codebook editor: labels and relation types at the left, the chosen one's form, how it looks at the right."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu, QSplitter, QWidget

from annotator.domain.codebook import Codebook, Label
from annotator.gui import fonts
from annotator.gui.annotate.label_menu import fill_with_labels
from annotator.gui.codebook.choices import ends, new_label, new_relation
from annotator.gui.codebook.chosen import Chosen, found, nearest
from annotator.gui.codebook.looks import Looks
from annotator.gui.codebook.middle import CloseButton, Middle
from annotator.gui.codebook.questions import Counts, ask_merge, label_question, relation_question, shown_counts
from annotator.gui.codebook.requests import CodebookRequests
from annotator.gui.codebook.side import Side
from annotator.gui.theme import Theme
from annotator.gui.widgets.wording import counted

NARROW = 1180  # px: below this the form takes the room of the right side


class CodebookEditor(QSplitter):
    """Shows a codebook and says by `requests` what a person wants changed; it changes nothing by itself.

    `closed` when it shall make room for the text again.
    """

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.requests = CodebookRequests(self)
        self._theme, self._codebook = theme, Codebook(())
        self._counts: Mapping[str, Counts] | None = None
        self._relation_counts: Mapping[str, int] | None = None
        self._chosen: Chosen | None = None
        self._coming: Chosen | None = None  # what was asked for and is to be chosen once it is there
        self._read_only = False
        self.side = Side(theme)
        self.middle = Middle(self.requests, theme)
        self.looks = Looks(theme)
        self._close_right = CloseButton(theme)
        self._lay_out()
        self._connect()

    # What the window tells

    def set_codebook(self, codebook: Codebook, theme: Theme) -> None:
        """Show a codebook as it is stored now. What is being typed stays, unless what it belongs to is gone."""
        self._codebook, self._theme = codebook, theme
        coming, self._coming = self._coming, None
        arrived = coming and found(self._codebook, coming)
        if coming and not arrived:
            self._coming = coming
        self._chosen = arrived or found(self._codebook, self._chosen) or nearest(self._codebook, self._chosen)
        self._show()
        if arrived and arrived.name.startswith("new "):
            self.middle.focus_name(select=True)

    def set_counts(self, counts: Mapping[str, Counts] | None) -> None:
        """Show how many spans of each label there are, in how many documents; None while that isn't known."""
        self._counts = counts
        self._show_head()

    def set_relation_counts(self, counts: Mapping[str, int] | None) -> None:
        """Show how many relations of each type there are; None while that isn't known."""
        self._relation_counts = counts
        self._show_head()

    def set_read_only(self, read_only: bool) -> None:
        """Let the codebook be read but not changed."""
        self._read_only = read_only
        self.side.set_read_only(read_only)
        self.middle.set_read_only(read_only)
        self._show()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def refused(self, text: str) -> None:
        """Say why an edit was not made, and show what is stored."""
        self._coming = None
        self.middle.form().restore_texts()
        self._show()
        self.middle.banner.show_notice("danger", text)

    def told(self, text: str) -> None:
        """Tell, in one line, that something was done."""
        self.middle.banner.show_notice("info", text)

    def finish(self) -> None:
        """Tell what is being typed, as if its field had been left: before the editor or the window goes."""
        self.middle.form().finish()

    # What a person or the window does here

    @property
    def codebook(self) -> Codebook:
        """What is shown."""
        return self._codebook

    def choose_label(self, name: str) -> None:
        """Show that label's form, if there is such a label."""
        self._choose(Chosen(relation=False, name=name))

    def choose_relation(self, name: str) -> None:
        """Show that relation type's form, if there is one."""
        self._choose(Chosen(relation=True, name=name))

    def add_label(self) -> None:
        """Ask for a new label; once it is there its name is there to be typed."""
        if not self._read_only:
            label = new_label(self._codebook)
            self._coming = Chosen(relation=False, name=label.name)
            self.middle.banner.clear()
            self.requests.label_added.emit(label)

    def add_relation(self) -> None:
        """Ask for a new relation type."""
        if not self._read_only:
            relation = new_relation(self._codebook)
            self._coming = Chosen(relation=True, name=relation.name)
            self.middle.banner.clear()
            self.requests.relation_added.emit(relation)

    def take_focus(self) -> None:
        """Put the focus where one begins: on the list of labels."""
        self.side.labels.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to_pane(self, step: int) -> None:
        """Put the focus into the next (1) or previous (-1) of the three parts."""
        parts = [self.side, self.middle] + ([self.looks] if not self.looks.isHidden() else [])
        focused = self.focusWidget()
        at = next((n for n, part in enumerate(parts) if focused and part.isAncestorOf(focused)), 0)
        wanted = parts[(at + step) % len(parts)]
        if wanted is self.side:
            view = self.side.relations if self._chosen and self._chosen.relation else self.side.labels
            view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif wanted is self.middle:
            self.middle.focus_name(select=False)
        else:
            switch = self.looks.switch
            (switch.dark if switch.dark.isChecked() else switch.light).setFocus(Qt.FocusReason.ShortcutFocusReason)

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = event.size().width() < fonts.px(NARROW)
        self.looks.setVisible(not narrow)
        self.middle.close_button.setVisible(narrow)
        super().resizeEvent(event)

    # Inside

    def _choose(self, wanted: Chosen) -> None:
        there = found(self._codebook, wanted)
        if there:
            self._coming = None
            if there != self._chosen:
                self.middle.banner.clear()
            self._chosen = there
            self._show()

    def _show(self) -> None:
        chosen = self._chosen
        label = self._label()
        self.side.set_codebook(
            self._codebook,
            chosen.name if chosen and not chosen.relation else None,
            chosen.name if chosen and chosen.relation else None,
        )
        if label:
            self.middle.label_form.show_label(label, self._codebook)
        elif chosen and chosen.relation:
            self.middle.relation_form.show_relation(self._codebook.relation(chosen.name), self._codebook)
        self.looks.show_label(label, self._codebook)
        self._show_head()

    def _show_head(self) -> None:
        chosen = self._chosen
        if chosen is None:
            return
        if chosen.relation:
            relation = self._codebook.relation(chosen.name)
            known = self._relation_counts is not None
            count = f" · {counted(self._count_of(relation.name) or 0, 'relation')}" if known else ""
            self.middle.show_form(self.middle.relation_form, relation.name, f"{ends(relation)}{count}")
        else:
            known = self._counts is not None
            words = shown_counts(self._counts_of(chosen.name) or (0, 0)) if known else ""
            self.middle.show_form(self.middle.label_form, chosen.name, words)

    def _label(self) -> Label | None:
        chosen = self._chosen
        return self._codebook.label(chosen.name) if chosen and not chosen.relation else None

    def _counts_of(self, name: str) -> Counts | None:
        return self._counts.get(name, (0, 0)) if self._counts is not None else None

    def _count_of(self, relation: str) -> int | None:
        return self._relation_counts.get(relation, 0) if self._relation_counts is not None else None

    def _others(self) -> list[Label]:
        return [label for label in self._codebook if self._chosen is None or label.name != self._chosen.name]

    def _open_merge_menu(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName("Merge into")
        others = Codebook(tuple(self._others()))
        if not fill_with_labels(menu, others, self._theme, self._ask_merge):
            menu.addAction("There is no other label").setEnabled(False)
        menu.aboutToHide.connect(menu.deleteLater)
        button = self.middle.merge
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def _ask_merge(self, into: str) -> None:
        label = self._label()
        if label:
            name = label.name
            ask_merge(name, into, self._counts_of(name), lambda: self._merge(name, into), self.window())

    def _merge(self, name: str, into: str) -> None:
        self.middle.banner.clear()
        self._chosen = found(self._codebook, Chosen(relation=False, name=into)) or self._chosen
        self.requests.labels_merged.emit(name, into)
        self._show()

    def _delete(self) -> None:
        chosen = self._chosen
        if chosen is None or self._read_only:
            return
        self.middle.banner.clear()
        if chosen.relation:
            self._delete_relation(chosen.name)
            return
        counts = self._counts_of(chosen.name)
        if counts and not counts[0]:
            self.requests.label_removed.emit(chosen.name, None, False)
            return
        dialog = label_question(chosen.name, counts, [label.name for label in self._others()], self.window())
        dialog.accepted.connect(
            lambda: self.requests.label_removed.emit(chosen.name, dialog.move_to, dialog.move_to is None)
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _delete_relation(self, name: str) -> None:
        count = self._count_of(name)
        if count == 0:
            self.requests.relation_removed.emit(name, None, False)
            return
        others = [each.name for each in self._codebook.relations if each.name != name]
        dialog = relation_question(name, count, others, self.window())
        dialog.accepted.connect(
            lambda: self.requests.relation_removed.emit(name, dialog.move_to, dialog.move_to is None)
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _lay_out(self) -> None:
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        for part in (self.side, self.middle, self.looks):
            self.addWidget(part)
        self.setStretchFactor(1, 1)
        self.setSizes([fonts.px(280), fonts.px(800), fonts.px(360)])
        self.looks.head_row.addWidget(self._close_right)

    def _connect(self) -> None:
        self.side.label_chosen.connect(self.choose_label)
        self.side.relation_chosen.connect(self.choose_relation)
        self.side.label_moved.connect(self.requests.label_moved)
        self.side.delete_asked.connect(self._delete)
        self.side.form_asked.connect(lambda: self.middle.focus_name(select=True))
        self.side.add_label.clicked.connect(self.add_label)
        self.side.add_relation.clicked.connect(self.add_relation)
        self.side.import_button.clicked.connect(lambda: self.requests.import_asked.emit())
        self.side.export_button.clicked.connect(lambda: self.requests.export_asked.emit())
        self.middle.merge_pressed.connect(self._open_merge_menu)
        self.middle.delete_pressed.connect(self._delete)
        for button in (self.middle.close_button, self._close_right):
            button.clicked.connect(self.close_editor)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.close_editor)


def of_the_text(event: QKeyEvent) -> bool:
    """Whether a key is one that the window gives a meaning while a text is annotated."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if modifiers == Qt.KeyboardModifier.AltModifier:
        return event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)
    if modifiers == Qt.KeyboardModifier.ControlModifier:
        return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    plain = not modifiers & ~Qt.KeyboardModifier.ShiftModifier
    return plain and (event.key() == Qt.Key.Key_Delete or (event.text().isalnum() and len(event.text()) == 1))
