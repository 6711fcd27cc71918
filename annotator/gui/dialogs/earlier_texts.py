"""The earlier texts of a document: which there are, who corrected them when, and how they read."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.domain.document import Document
from annotator.domain.revision import Revision
from annotator.domain.text import first_words
from annotator.gui import fonts
from annotator.gui.annotate.documents_delegate import row_state
from annotator.gui.dialogs.frame import Dialog
from annotator.gui.theme import Theme
from annotator.gui.widgets import paint
from annotator.gui.widgets.panes import label
from annotator.gui.widgets.wording import shown_time


class EarlierTextsDialog(Dialog):
    """`text_asked` carries the number of a revision; whoever opened it answers with `show_text`."""

    text_asked = Signal(int)

    def __init__(self, document: Document, revisions: Sequence[Revision], theme: Theme, parent: QWidget) -> None:
        super().__init__("Earlier texts", parent, other="Close")
        self._revisions = list(reversed(revisions))
        heading = label(first_words(document.heading, 90), 15, QFont.Weight.DemiBold)
        heading.setWordWrap(True)
        about = label(f"The text in use is revision {len(revisions) + 1}. Undo takes a correction back.", tone="second")
        about.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName("Earlier texts")
        self.list.setFixedWidth(fonts.px(250))
        for each in self._revisions:
            self.list.addItem(f"Revision {each.number}\nuntil {shown_time(each.until)}, {each.annotator}")
        self.list.setItemDelegate(_TwoLines(theme, self.list))
        self.list.setMouseTracking(True)
        self.text = QPlainTextEdit()
        self.text.setProperty("field", True)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Earlier text")
        self.text.setFont(fonts.reading_font(15, sans=False))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.list)
        row.addWidget(self.text, 1)
        self.column.setSpacing(8)
        for widget in (heading, about):
            self.column.addWidget(widget)
        self.column.addLayout(row, 1)
        self.resize(min(fonts.px(820), parent.width() - 40), min(fonts.px(600), parent.height() - 40))
        self.list.currentRowChanged.connect(lambda row: self.text_asked.emit(self._revisions[row].number))

    def start(self) -> None:
        """Show the newest of them."""
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def show_text(self, number: int, text: str) -> None:
        """Show an earlier text, if it is still the one that is asked for."""
        if self._revisions[self.list.currentRow()].number == number:
            self.text.setPlainText(text)


class _TwoLines(QStyledItemDelegate):
    """Paints an item of two lines as the window's other lists look."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, fonts.px(52))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, state = QRectF(option.rect), row_state(option)
        paint.row_ground(painter, row, self._theme, state)
        if state.chosen:
            paint.row_bar(painter, row, self._theme)
        first, _, second = str(index.data()).partition("\n")
        left, text = Qt.AlignmentFlag.AlignLeft, row.adjusted(14, fonts.px(7), -8, -fonts.px(7))
        upper, lower = QRectF(text), QRectF(text)
        upper.setHeight(text.height() / 2)
        lower.setTop(text.center().y())
        paint.text_in(painter, upper, first, fonts.ui(13, QFont.Weight.Medium), self._theme.colour("text"), left)
        paint.text_in(painter, lower, second, fonts.ui(12), self._theme.colour("text3"), left)
