"""Who finished a document without a span where others have one."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.domain.review import Kind, ReviewItem
from annotator.gui import fonts
from annotator.gui.theme import Theme
from annotator.gui.widgets import paint, signs
from annotator.gui.widgets.panes import SIDE
from annotator.gui.widgets.wording import plain_tooltip

_HEIGHT = 28
_INSET = 12


class Absent(QWidget):
    """One line: their signs, and that they have nothing here."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._signs: tuple[str, ...] = ()
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def says_something(self) -> bool:
        return bool(self._signs)

    def show_absent(self, item: ReviewItem | None, signs: Mapping[str, str], names: Mapping[str, str]) -> None:
        """Show who has nothing at an item."""
        shown = item is not None and bool(item.candidates) and item.kind is not Kind.SINGLE
        away = item.absent if item and shown else ()
        self._signs = tuple(signs.get(name, name[:1]) for name in away)
        self._words = f"{len(away)} of {item.voters} · nothing here" if item and away else ""
        called = ", ".join(names.get(name, name) for name in away)
        self.setToolTip(plain_tooltip(called))
        self.setAccessibleName(f"{called}: {self._words}" if away else "")
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(200), fonts.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = self.height() / 2 + 1
        left = signs.draw_row(painter, SIDE + _INSET, middle, self._signs, self._theme) + 8
        rect = QRectF(left, 2, self.width() - left - SIDE, self.height() - 2)
        ink = self._theme.colour("text3")
        paint.text_in(painter, rect, self._words, fonts.ui(12), ink, Qt.AlignmentFlag.AlignLeft)
        painter.end()
