"""The chosen span: its label, its words, its attributes, note and relations, who tagged it and when."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollBar, QVBoxLayout, QWidget

from annotator.domain.codebook import Codebook
from annotator.domain.span import Span
from annotator.gui import fonts
from annotator.gui.annotate.attributes_form import GAP, AttributesForm, labelled
from annotator.gui.annotate.label_menu import fill_with_labels
from annotator.gui.annotate.relations_section import RelationsSection
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets.buttons import KeyCapButton
from annotator.gui.widgets.chip import NameChip
from annotator.gui.widgets.low_area import LowArea
from annotator.gui.widgets.note_edit import NoteEdit
from annotator.gui.widgets.panes import SIDE, ground, label
from annotator.gui.widgets.quote import Quote
from annotator.gui.widgets.wording import shown_time

NOTHING_CHOSEN = "Select text and press 1–9 to tag it."
_LOWEST = 140  # px of it that are always seen


class _Area(LowArea):
    """Its scroll bar lies over the margin of the content, which is as wide and as high with it as without."""

    def __init__(self, content: QWidget, *, fewest: int) -> None:
        super().__init__(content, fewest=fewest)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.hide()
        own = self.verticalScrollBar()
        own.rangeChanged.connect(self._range_changed)
        own.valueChanged.connect(self._bar.setValue)
        self._bar.valueChanged.connect(own.setValue)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        width = self._bar.sizeHint().width()
        self._bar.setGeometry(self.width() - width, 0, width, self.height())

    def _range_changed(self, least: int, most: int) -> None:
        self._bar.setRange(least, most)
        self._bar.setPageStep(self.verticalScrollBar().pageStep())
        self._bar.setVisible(most > least)
        self._bar.raise_()


class _Body(QWidget):
    """All about the span; given the keyboard focus, as a pane, it asks to be entered.

    A focus proxy would be simpler, but Tab doesn't get past the last child of a widget whose proxy is the first.
    """

    entered = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()


class SpanPanel(QWidget):
    """Shows one span, or how to make one. Gives `retag_asked` with a label's name, and `delete_asked`.

    `attribute_changed` carries a span's id, an attribute's name and all its values; `note_changed` the id, the note,
    and what it was when the typing began. The id is that of the span the words were typed for, also where another one
    is chosen by now.
    """

    retag_asked = Signal(str)
    delete_asked = Signal()
    attribute_changed = Signal(str, str, tuple)
    note_changed = Signal(str, str, str)
    text_asked = Signal()
    """Escape was pressed in a field: the keyboard focus goes back to the text."""
    refused = Signal(str)
    """What was typed can't be stored, and the span that it was typed for is not shown any more."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, "panel")
        self._theme = theme
        self._codebook = Codebook(())
        self._styles = LabelStyles((), theme)
        self._span: Span | None = None
        self._told: tuple[object, ...] | None = None  # all that is shown of it
        self.hint = label(NOTHING_CHOSEN, tone="third")
        self.hint.setWordWrap(True)
        self.chip = NameChip()
        self.place = label(size=12, tone="third")
        self.quote = Quote(theme)
        self.form = AttributesForm(theme)
        self.note = NoteEdit("Note")
        self.note.setToolTip("A note on this span (M)")
        self.relations = RelationsSection(theme)
        self.who = label(size=12, tone="third")
        self.retag = KeyCapButton("Change label", "L", theme)
        self.delete = KeyCapButton("Delete", "Del", theme)
        self.menu = QMenu(self.retag)
        self._connect()
        self._lay_out()
        self.show_none()

    def set_codebook(self, codebook: Codebook, theme: Theme) -> None:
        """Take the labels that the span can be given, and their attributes."""
        self._codebook = codebook
        self.relations.set_codebook(codebook, theme)
        self.set_theme(theme)
        if self._span and codebook.has(self._span.label):
            self.write_typed()
            self._fill(self._span, anew=False)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._styles = LabelStyles(self._codebook, theme)
        fill_with_labels(self.menu, self._codebook, theme, self.retag_asked.emit)
        if self._span:
            self.chip.set_style(self._styles[self._span.label])

    def show_span(self, span: Span, place: int, of: int, *, own: bool, read_only: bool = False) -> None:
        """Show `span`, the `place`-th of `of` in the document; `own` says that the user tagged it."""
        if self._told == (told := (span, place, of, own, read_only)):
            return
        known, self._told = self._span, told
        anew = known is None or (known.id, known.label) != (span.id, span.label)
        if anew:
            self._leave()
        self._span = span
        self.chip.set_style(self._styles[span.label])
        self.place.setText(f"{place:,} of {of:,}")
        self.quote.set_text(span.text)
        self._fill(span, anew=anew)
        self._set_read_only(read_only)
        who = "You" if own else span.annotator
        self.who.setText(f"{who} · {shown_time(span.modified)}")
        self.body.show()
        self.hint.hide()
        if known is None or known.id != span.id:
            self.area.verticalScrollBar().setValue(0)

    def show_none(self, text: str = NOTHING_CHOSEN) -> None:
        """Show that no span is chosen, and what to do."""
        self._leave()
        self._span = self._told = None
        self.hint.setText(text)
        self.body.hide()
        self.hint.show()

    def write_typed(self) -> None:
        """Tell what has been typed and not told yet."""
        if self._span:
            self.form.finish()
            self.note.finish()

    def edit_attributes(self) -> None:
        """Give the keyboard focus to the first attribute, or to the note where the label has no attributes."""
        self._focus(self.form.fields[0].stop() if self.form.fields else self.note)

    def edit_missing(self) -> None:
        """Give the keyboard focus to the first attribute that needs a value and has none."""
        if field := self.form.first_missing():
            self._focus(field.stop())

    def show_field(self, field: QWidget) -> None:
        """Scroll so that a field of the form is in sight."""
        self._inside.activate()  # new fields have no place yet
        self.area.ensureWidgetVisible(field, 0, GAP)

    def edit_note(self) -> None:
        """Give the keyboard focus to the note."""
        self._focus(self.note)
        self.note.moveCursor(self.note.textCursor().MoveOperation.End)

    def _leave(self) -> None:
        """Another span, or none, is about to be shown: nothing that was typed for this one is lost unsaid."""
        if self._span is None:
            return
        self.write_typed()
        if problem := self.form.recent_refusal():
            self.refused.emit(problem)

    def _fill(self, span: Span, *, anew: bool) -> None:
        others = self.form.set_types(self._codebook.attributes_of(span.label))
        if others:
            self._order_stops()
        self.form.set_words(span.text)
        self.form.show_values(span.attributes, anew=anew or others)
        self.note.show_text(span.note or "", force=anew)

    def _set_read_only(self, read_only: bool) -> None:
        self.form.set_read_only(read_only)
        self.note.setReadOnly(read_only)
        self.relations.set_read_only(read_only)
        for button in (self.retag, self.delete):
            button.setEnabled(not read_only)

    def _focus(self, widget: QWidget) -> None:
        if not self.body.isHidden():
            self._inside.activate()  # new fields have no place yet
            widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.area.ensureWidgetVisible(widget, 0, GAP)

    def _order_stops(self) -> None:
        """Let Tab go through new fields where they stand: after what comes before the panel, before the note."""
        before = self.previousInFocusChain() or self
        while before is not self and (before.focusPolicy() is Qt.FocusPolicy.NoFocus or self.isAncestorOf(before)):
            before = before.previousInFocusChain() or self
        stops = [stop for field in self.form.fields for stop in field.stops()]
        related = self.relations.relate, self.relations.view
        for stop in (*stops, self.note, *related, self.retag, self.delete):
            QWidget.setTabOrder(before, stop)
            before = stop

    def _attribute_changed(self, name: str, values: tuple[str, ...]) -> None:
        if self._span:
            self.attribute_changed.emit(self._span.id, name, values)

    def _note_changed(self, note: str) -> None:
        if self._span:
            self.note_changed.emit(self._span.id, note, self.note.before)

    def _open_menu(self) -> None:
        self.menu.exec(self.retag.mapToGlobal(QPoint(0, self.retag.height() + 2)))

    def _connect(self) -> None:
        self.form.changed.connect(self._attribute_changed)
        self.note.finished.connect(self._note_changed)
        for part in (self.form, self.note):
            part.left.connect(self.text_asked)
        self.retag.clicked.connect(self._open_menu)
        self.delete.clicked.connect(self.delete_asked)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.chip)
        head.addStretch(1)
        head.addWidget(self.place)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.retag, self.delete):
            button.setProperty("small", True)
            button.setFont(fonts.ui(12))
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.body = _Body()
        self.body.entered.connect(self.edit_attributes)
        body = QVBoxLayout(self.body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addLayout(head)
        body.addSpacing(12)
        body.addWidget(self.quote)
        body.addSpacing(12)
        body.addWidget(self.form)
        body.addSpacing(GAP)
        body.addWidget(labelled("Note", self.note)[0])
        body.addSpacing(10)
        body.addWidget(self.relations)
        body.addSpacing(10)
        body.addWidget(self.who)
        body.addSpacing(12)
        body.addLayout(buttons)
        content = QWidget()
        self._inside = inside = QVBoxLayout(content)
        inside.setContentsMargins(SIDE, 14, SIDE, 16)
        inside.setSpacing(0)
        inside.addWidget(self.hint)
        inside.addWidget(self.body)
        inside.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.area = _Area(content, fewest=fonts.px(_LOWEST))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.area)
