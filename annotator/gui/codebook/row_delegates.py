"""How rows of the codebook editor are painted: labels, relation types, attributes."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.codebook import AttributeKind, AttributeType, Label, RelationType
from annotator.gui import fonts, icons
from annotator.gui.annotate.documents_delegate import row_state
from annotator.gui.codebook.choices import ends
from annotator.gui.codebook.rows_list import ROW_ROLE
from annotator.gui.theme import Theme
from annotator.gui.widgets import lines, paint

KINDS = {
    AttributeKind.CHOICE: "one choice",
    AttributeKind.CHOICES: "several choices",
    AttributeKind.TEXT: "text",
    AttributeKind.NUMBER: "number",
    AttributeKind.ENTITY: "entity",
    AttributeKind.YES_NO: "yes/no",
}
"""What each kind of attribute is called in the window."""

_Index = QModelIndex | QPersistentModelIndex
_INSET, _SIDE = 6, 16
_LINE, _PAD = 18, 9
_GRIP = 16
_CHIP = 18
_LEFT = 66  # where names begin
COLUMNS = (28, 0.33, 0.55)  # of the attributes: px of the first, shares of the width of the others
MENU = 30  # width of the "more" button at an attribute's right


class RowDelegate(QStyledItemDelegate):
    """Ground, focus ring and bar; `theme` is what it paints with."""

    def __init__(self, view: QListView, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self.theme = theme
        self.grips = True

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, inset: int = _INSET) -> None:
        state = row_state(option)
        whole = QRectF(option.rect)
        paint.row_ground(painter, whole.adjusted(inset, 0, -inset, 0), self.theme, state)
        if state.chosen:
            paint.row_bar(painter, whole.adjusted(inset, 0, -inset, 0), self.theme)

    def _grip(self, painter: QPainter, whole: QRectF, left: float) -> None:
        if self.grips:
            size = fonts.px(_GRIP)
            rect = QRectF(whole.left() + left, whole.top() + (whole.height() - size) / 2, size, size)
            icons.paint(painter, rect, "grip", self.theme.colour("control"))

    def _name_lines(self, name: str, width: float) -> list[str]:
        return lines.broken(name, name_font(), max(40, width), 20) or [""]


class LabelDelegate(RowDelegate):
    """Grip, letter chip, name in as many lines as it needs, key cap."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        label: Label = index.data(ROW_ROLE)
        return QSize(0, fonts.px(2 * _PAD) + len(self._name_lines(label.name, self._room())) * fonts.px(_LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        label: Label = index.data(ROW_ROLE)
        whole, pad, chip = QRectF(option.rect), fonts.px(_PAD), fonts.px(_CHIP)
        self._ground(painter, option)
        self._grip(painter, whole, 14)
        place = QRectF(whole.left() + fonts.px(_LEFT) - chip - 9, whole.top() + pad, chip, chip)
        paint.letter_chip(painter, place, self.theme.label_style(label))
        names = self._name_lines(label.name, self._room())
        text = QRectF(whole.left() + fonts.px(_LEFT), whole.top() + pad, whole.width(), whole.height())
        lines.draw(painter, text, names, name_font(), self.theme.colour("text"), fonts.px(_LINE))
        if label.key is not None:
            cap = paint.key_cap_width(str(label.key))
            rect = QRectF(whole.right() + 1 - _SIDE - cap, whole.top() + pad, cap, fonts.px(18))
            paint.key_cap(painter, rect, str(label.key), self.theme)

    def _room(self) -> float:
        return self._view.viewport().width() - fonts.px(_LEFT) - _SIDE - paint.key_cap_width("1") - 8


class RelationDelegate(RowDelegate):
    """Arrow and name; what it goes from and to at the right, or below where that has no room."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        names, below = self._parts(index.data(ROW_ROLE))
        return QSize(0, fonts.px(2 * _PAD) + (len(names) + len(below)) * fonts.px(_LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        relation: RelationType = index.data(ROW_ROLE)
        whole, pad, size = QRectF(option.rect), fonts.px(_PAD), fonts.px(16)
        self._ground(painter, option)
        place = QRectF(whole.left() + fonts.px(_LEFT) - fonts.px(_CHIP) - 8, whole.top() + pad + 1, size, size)
        icons.paint(painter, place, "arrow-right", self.theme.colour("icon"))
        names, below = self._parts(relation)
        text = QRectF(whole.left() + fonts.px(_LEFT), whole.top() + pad, whole.width(), whole.height())
        lines.draw(painter, text, names, name_font(), self.theme.colour("text"), fonts.px(_LINE))
        third = self.theme.colour("text3")
        if below:
            under = text.translated(0, len(names) * fonts.px(_LINE))
            lines.draw(painter, under, below, ends_font(), third, fonts.px(_LINE))
        else:
            right = QRectF(whole.left(), text.top(), whole.width() - _SIDE, fonts.px(_LINE))
            paint.text_in(painter, right, ends(relation), ends_font(), third, Qt.AlignmentFlag.AlignRight)

    def _parts(self, relation: RelationType) -> tuple[list[str], list[str]]:
        room = self._view.viewport().width() - fonts.px(_LEFT) - _SIDE
        names = self._name_lines(relation.name, room)
        words = ends(relation)
        wide = QFontMetricsF(name_font()).horizontalAdvance(names[0]) + 16
        if len(names) == 1 and wide + QFontMetricsF(ends_font()).horizontalAdvance(words) <= room:
            return names, []
        return names, lines.broken(words, ends_font(), max(40, room), 4)


class AttributeDelegate(RowDelegate):
    """Grip, name, kind, values, and three dots for what can be done with it; a line below."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        most = max(len(cell) for cell, *_ in self._cells(index.data(ROW_ROLE)))
        return QSize(0, fonts.px(2 * _PAD - 2) + most * fonts.px(_LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        whole = QRectF(option.rect)
        below = QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1)
        painter.fillRect(below, self.theme.colour("line"))
        paint.row_ground(painter, whole.adjusted(0, 1, 0, -2), self.theme, row_state(option))
        self._grip(painter, whole, 0)
        top = whole.top() + fonts.px(_PAD) - 2
        for words, left, font, token in self._cells(index.data(ROW_ROLE)):
            place = QRectF(whole.left() + left, top, whole.width(), whole.height())
            lines.draw(painter, place, words, font, self.theme.colour(token), fonts.px(_LINE))
        if self.grips:
            size = fonts.px(16)
            more = QRectF(whole.right() - fonts.px(MENU) + 8, whole.center().y() - size / 2, size, size)
            icons.paint(painter, more, "more", self.theme.colour("icon"))

    def _cells(self, attribute: AttributeType) -> list[tuple[list[str], float, QFont, str]]:
        """What stands in each column: its lines, px from the left, font and colour."""
        width = self._view.viewport().width()
        lefts = column_lefts(width)
        stops = (*lefts[1:], width - fonts.px(MENU))
        name = f"{attribute.name} *" if attribute.required else attribute.name
        texts = ((name, name_font(), "text"), (KINDS[attribute.kind], fonts.ui(13), "text2"))
        cells = (*texts, (values(attribute), fonts.ui(13), "text2"))
        return [
            (lines.broken(text, font, max(40, stop - left - 8), 4), left, font, token)
            for left, stop, (text, font, token) in zip(lefts, stops, cells, strict=True)
        ]


def column_lefts(width: float) -> tuple[float, float, float]:
    """Where the three columns of the attributes begin, px."""
    first, second, third = COLUMNS
    return fonts.px(first), second * width, third * width


def values(attribute: AttributeType) -> str:
    """Word what an attribute's values are among."""
    return ", ".join(attribute.options)


def name_font() -> QFont:
    return fonts.ui(13, QFont.Weight.Medium)


def ends_font() -> QFont:
    return fonts.ui(12)
