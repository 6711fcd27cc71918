"""The chosen row of the import dialog in full: what is to be said of it, how it is read, and its text."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.incoming import Alike, Incoming, Near
from annotator.gui import fonts
from annotator.gui.importing.columns import ColumnsForm
from annotator.gui.importing.encoding_row import EncodingRow
from annotator.gui.importing.rows import Look, Row
from annotator.gui.importing.text_pane import TextPane
from annotator.gui.theme import Theme
from annotator.gui.widgets.panes import EmptyState, label
from annotator.gui.widgets.wording import counted, sentence, shown_date

_NOTES = 4


class Detail(QWidget):
    """`repair_asked` carries (key, wanted), `repair_all_asked` whether all are to be repaired."""

    repair_asked = Signal(str, bool)
    repair_all_asked = Signal()

    def __init__(self, theme: Theme, encodings: Mapping[str, str], *, pasted: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._row: Row | None = None
        self.heading = label(size=15, weight=QFont.Weight.DemiBold)
        self.heading.setWordWrap(True)
        self.heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.facts = _words("third")
        self.warning = _words("warn")
        self.problem = _words("danger")
        self.notes = _words("second")
        self.encoding = EncodingRow(encodings)
        self.columns = ColumnsForm()
        self.repair = QCheckBox()
        self.repair.clicked.connect(self._repair_clicked)
        self.repair_all = QPushButton()
        self.repair_all.setProperty("small", True)
        self.repair_all.setAutoDefault(False)
        self.repair_all.clicked.connect(self.repair_all_asked)
        self.text = TextPane("Text")
        self.heading.setVisible(not pasted)
        old_name = "As it was pasted" if pasted else "As it is in the file"
        self.old_name = label(old_name, 12, tone="second")
        self.new_name = label("Repaired", 12, tone="second")
        self.new = TextPane("Repaired text")
        self.nothing = EmptyState("Nothing to import")
        self._lay_out()

    def show_row(self, row: Row | None, repaired: frozenset[str], asking: int, damaged: int) -> None:
        """Show a row; `repaired` are the documents to be repaired, `damaged` counts those with mojibake."""
        self._row = row
        holder = self.window().focusWidget()
        focus = holder if holder and self._frame.isAncestorOf(holder) else None
        self._frame.hide()  # while parts come and go, or all that are seen for a moment would ask for room
        if row is not None:
            self._show(row, repaired, asking, damaged)
        self._frame.setVisible(row is not None)
        self.nothing.setVisible(row is None)
        if focus and focus.isVisible():
            focus.setFocus()

    def _show(self, row: Row, repaired: frozenset[str], asking: int, damaged: int) -> None:
        incoming, source = row.incoming, row.source
        is_table = source is not None and source.table is not None and incoming is None and row.refused is None
        self.heading.setText(row.title)
        _say(self.facts, _facts(row))
        _say(self.problem, sentence(row.refused.reason) if row.refused else "")
        _say(self.warning, _warning(row))
        _say(self.notes, "\n".join(source.notes[:_NOTES]) if source and is_table else "")
        self.encoding.setVisible(False)
        if source and source.name and source.encoding and (incoming is None or incoming.line is None):
            self.encoding.show_source(source, asking)
        self.columns.setVisible(is_table)
        if source and is_table:
            self.columns.show_source(source)
        self._show_text(incoming, repaired, damaged)

    def _show_text(self, incoming: Incoming | None, repaired: frozenset[str], damaged: int) -> None:
        found = incoming.mojibake if incoming and not incoming.same else None
        for widget in (self.repair, self.old_name, self._after):
            widget.setVisible(found is not None)
        self._panes.setVisible(incoming is not None)
        self._spare.setVisible(incoming is None and self.columns.isHidden())
        self.repair_all.setVisible(found is not None and damaged > 1)
        if incoming is None:
            return
        if found is None:
            self.text.show_text(incoming.text)
            return
        self.repair.setText(f"Repair {counted(len(found.stretches), 'place')}")
        self.repair.setChecked(incoming.key in repaired)
        self.repair_all.setText(f"Repair all {damaged} documents")
        old = [(each.start, each.end) for each in found.stretches]
        new = [(each.new_start, each.new_end) for each in found.stretches]
        self.text.show_text(incoming.text, old, self._theme.colour("danger-soft"))
        self.new.show_text(found.text, new, self._theme.colour("ok-soft"))

    def _repair_clicked(self, checked: bool) -> None:
        if self._row and self._row.incoming:
            self.repair_asked.emit(self._row.incoming.key, checked)

    def _lay_out(self) -> None:
        repairs = QHBoxLayout()
        repairs.setSpacing(fonts.px(8))
        repairs.addWidget(self.repair)
        repairs.addStretch(1)
        repairs.addWidget(self.repair_all)
        before, self._after = QWidget(), QWidget()
        for holder, name, pane in ((before, self.old_name, self.text), (self._after, self.new_name, self.new)):
            inner = QVBoxLayout(holder)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(4)
            inner.addWidget(name)
            inner.addWidget(pane, 1)
        self._panes = QWidget()
        panes = QHBoxLayout(self._panes)
        panes.setContentsMargins(0, 0, 0, 0)
        panes.setSpacing(fonts.px(12))
        panes.addWidget(before, 1)
        panes.addWidget(self._after, 1)
        for one, other in ((self.text, self.new), (self.new, self.text)):
            bar = other.verticalScrollBar()
            one.verticalScrollBar().valueChanged.connect(bar.setValue)
        self._frame = QWidget()
        column = QVBoxLayout(self._frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(8))
        for widget in (self.heading, self.facts, self.problem, self.warning, self.encoding):
            column.addWidget(widget)
        column.addLayout(repairs)
        column.addWidget(self._panes, 1)
        column.addWidget(self.columns, 1)
        column.addWidget(self.notes)
        self._spare = QWidget()
        column.addWidget(self._spare, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._frame, 1)
        whole.addWidget(self.nothing, 1)
        self._frame.hide()  # else all of its parts would ask for room before there is anything to show


def _words(tone: str) -> QLabel:
    made = label(size=12, tone=tone)
    made.setWordWrap(True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def _say(where: QLabel, text: str) -> None:
    where.setText(text)
    where.setVisible(bool(text))


def _facts(row: Row) -> str:
    """What is known of a document, on one line."""
    if row.incoming is None:
        return row.source.path if row.source else row.refused.path if row.refused else ""
    document = row.incoming.document
    parts = [document.source_file or "pasted"]
    if row.incoming.line is not None:
        parts.append(f"line {row.incoming.line:,}")
    parts += [part for part in (document.outlet, document.author) if part]
    if document.published:
        parts.append(shown_date(document.published))
    parts.append(counted(row.incoming.document.length, "character"))
    return " · ".join(parts)


def _warning(row: Row) -> str:
    """What a person should know before it comes in."""
    if row.look is Look.ASKED and row.source:
        ends = "Look at the text, then choose." if row.source.needs == "encoding" else "Choose the column below."
        return f"{sentence(row.source.problem)}. {ends}"
    if not row.incoming:
        return ""
    if row.incoming.same:
        where = "comes in earlier in this import" if row.incoming.same_in_batch else "is in the project already"
        return f"The same text {where}, as “{row.incoming.same.heading.strip('“”')}”. It is not added again."
    return "\n".join(_likeness(near) for near in row.incoming.near)


def _likeness(near: Near) -> str:
    """Say how a document is nearly another."""
    other = f"“{near.heading.strip('“”')}”, in {'this import' if near.in_batch else 'the project'}"
    if near.how is Alike.SAME:
        return f"Nearly the same as {other}: they share {near.share:.0%} of their words in a row."
    if near.how is Alike.PART:
        return f"{near.share:.0%} of this text is in {other}."
    return f"This text contains {near.share:.0%} of {other}."
