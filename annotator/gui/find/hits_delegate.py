"""How the rows of the list of hits are painted: a document's title, or a hit in context with its key word in line."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.search import Hit
from annotator.gui import fonts, icons
from annotator.gui.annotate.documents_delegate import row_state
from annotator.gui.find.hits_model import ROW_ROLE, Heading
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets import paint

ROW = 28
CHECK_ZONE = 40  # px from the left that tick a row
_BOX, _CHIP, _SIDE = 16, 17, 16
_CHIPS = 2  # labels of a hit that are shown; more are a number
_GAP, _TOUCHING = 6, 2  # px beside a hit, where a blank is and where none is
_LEFT_SHARE = 0.44  # of the room for the words: what stands before the hit
_Index = QModelIndex | QPersistentModelIndex
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


class HitsDelegate(QStyledItemDelegate):
    """`styles` is read at every paint."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.styles = LabelStyles((), theme)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, fonts.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Called by Qt."""
        entry = index.data(ROW_ROLE)
        whole = QRectF(option.rect)
        state = row_state(option)
        paint.row_ground(painter, whole.adjusted(6, 0, -6, 0), self.theme, state)
        size = fonts.px(_BOX)
        box = QRectF(whole.left() + _SIDE, whole.top() + (whole.height() - size) // 2, size, size)
        self._paint_tick(painter, box, Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)))
        room = whole.adjusted(fonts.px(CHECK_ZONE), 0, -_SIDE, 0)
        if isinstance(entry, Heading):
            self._paint_heading(painter, room, entry)
        elif entry.hit:
            self._paint_hit(painter, room, entry.hit, entry.labels)

    def _paint_tick(self, painter: QPainter, rect: QRectF, state: Qt.CheckState) -> None:
        if state is Qt.CheckState.Unchecked:
            paint.box(painter, rect, 4, self.theme.colour("surface"), self.theme.colour("control"))
            return
        accent = self.theme.colour("accent")
        paint.box(painter, rect, 4, accent, accent)
        if state is Qt.CheckState.Checked:
            icons.paint(painter, rect.adjusted(2, 2, -2, -2), "check", self.theme.colour("on-accent"))
        else:
            dash = QRectF(rect.left() + 4, rect.center().y() - 1, rect.width() - 8, 2)
            painter.fillRect(dash, self.theme.colour("on-accent"))

    def _paint_heading(self, painter: QPainter, room: QRectF, heading: Heading) -> None:
        count_font, title_font = fonts.tabular(fonts.ui(12)), fonts.ui(13, QFont.Weight.DemiBold)
        tone, count = self.theme.colour("text3"), f"{heading.hits:,}"
        paint.text_in(painter, room, count, count_font, tone, _RIGHT)
        room = room.adjusted(0, 0, -QFontMetricsF(count_font).horizontalAdvance(count) - 16, 0)
        title = room.adjusted(0, 0, 0, 0)
        wide = QFontMetricsF(title_font).horizontalAdvance(heading.title)
        source = QFontMetricsF(count_font).horizontalAdvance(heading.source) + 8
        if wide + source > room.width():
            title.setWidth(max(room.width() - source, room.width() * 0.6))
        paint.text_in(painter, title, heading.title, title_font, self.theme.colour("text"), _LEFT)
        beside = room.adjusted(min(wide, title.width()) + 8, 0, 0, 0)
        paint.text_in(painter, beside, heading.source, count_font, tone, _LEFT)

    def _paint_hit(self, painter: QPainter, room: QRectF, found: Hit, labels: tuple[str, ...]) -> None:
        self._paint_chips(painter, room, labels)
        room = room.adjusted(fonts.px((_CHIP + 2) * (_CHIPS + 1)), 0, 0, 0)
        plain, key = fonts.ui(13), fonts.ui(13, QFont.Weight.DemiBold)
        words = " ".join(found.text[:300].split())
        text, around = self.theme.colour("text"), self.theme.colour("text2")
        middle = round(room.left() + room.width() * _LEFT_SHARE)
        wide = min(QFontMetricsF(key).horizontalAdvance(words) + 1, (room.right() - middle) * 0.7)
        hit = QRectF(middle, room.top(), wide, room.height())
        ground = hit.adjusted(-2, 4, 1, -4)
        paint.box(painter, ground, 3, self.theme.colour("match"), None)
        paint.text_in(painter, hit, words, key, text, _LEFT)
        gap = _GAP if found.before[-1:].isspace() else _TOUCHING
        before = QRectF(room.left(), room.top(), middle - gap - room.left(), room.height())
        shown = _fitting_end(found.before.strip(), QFontMetricsF(plain), before.width())
        paint.text_in(painter, before.adjusted(-2, 0, 0, 0), shown, plain, around, _RIGHT)
        gap = _GAP if found.after[:1].isspace() else _TOUCHING
        after = hit.adjusted(hit.width() + gap, 0, 0, 0)
        after.setRight(room.right())
        paint.text_in(painter, after, found.after.strip(), plain, around, _LEFT)

    def _paint_chips(self, painter: QPainter, room: QRectF, labels: tuple[str, ...]) -> None:
        chip = fonts.px(_CHIP)
        top, left = room.top() + (room.height() - chip) // 2, room.left()
        for label in labels[:_CHIPS]:
            paint.letter_chip(painter, QRectF(left, top, chip, chip), self.styles[label])
            left += chip + fonts.px(2)
        if len(labels) > _CHIPS:
            rest = QRectF(left, room.top(), chip, room.height())
            paint.text_in(painter, rest, f"+{len(labels) - _CHIPS}", fonts.ui(11), self.theme.colour("text3"), _LEFT)


def _fitting_end(words: str, metrics: QFontMetricsF, width: float) -> str:
    """Return the end of what stands before a hit, from a whole word on, as much as there is room for."""
    shown = words
    while metrics.horizontalAdvance(shown) > width:
        _, blank, rest = shown.removeprefix("…").partition(" ")
        if not blank:
            return metrics.elidedText(words, Qt.TextElideMode.ElideLeft, width)
        shown = f"…{rest}"
    return shown
