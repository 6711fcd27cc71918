"""The empty window: the grounds of header, panels, text and foot, painted before anything stands on them.

It needs no widget of the window that comes, so that a frame can be seen while those are still being imported.
"""

import base64
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QWidget

from annotator.gui import fonts
from annotator.gui.theme import Theme

HEADER, FOOT = 44, 28
"""Heights, px of the design; the header has a rule below, the foot begins with one."""
NARROW = 1024  # px of the design: below this the right panel lies over the text
TIGHT = 1200  # px of the design: in a new window narrower than this the side panels begin at their narrowest
_ROOMY = 4_000
_BESIDE, _BESIDE_TIGHT = (256, 312), (220, 300)


class Frame(QWidget):
    """Stands in the window until that is furnished. `painted` is given when it was first to be seen."""

    painted = Signal()

    def __init__(self, theme: Theme, panels: str) -> None:
        """`panels` is how the panels were left, as the settings have it."""
        super().__init__()
        self._theme, self._panels = theme, panels
        self._told = False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        painter, shape = QPainter(self), _shape(self.width(), self.height(), self._panels)
        painter.fillRect(self.rect(), self._theme.colour("line"))
        for token, part in zip(("window", "panel", "surface", "panel", "window"), shape, strict=True):
            painter.fillRect(part, self._theme.colour(token))
        painter.end()
        if not self._told:
            self._told = True
            self.painted.emit()


class _Shape(NamedTuple):
    header: QRect
    left: QRect
    text: QRect
    right: QRect
    foot: QRect


def _shape(width: int, height: int, panels: str) -> _Shape:
    """Where the parts lie; a pixel is left between them for the line."""
    top, bottom = fonts.px(HEADER), height - fonts.px(FOOT)
    left, right = _beside(width, panels)
    start, end = left + 1 if left else 0, width - right - 1 if right else width
    between = bottom - top - 1
    return _Shape(
        QRect(0, 0, width, top),
        QRect(0, top + 1, left, between),
        QRect(start, top + 1, end - start, between),
        QRect(width - right, top + 1, right, between),
        QRect(0, bottom + 1, width, height - bottom - 1),
    )


def _beside(width: int, panels: str) -> tuple[int, int]:
    """The widths of the panels beside the text, 0 for none."""
    narrow = width < fonts.px(NARROW)
    if panels:
        return _remembered(width, panels, narrow=narrow)
    left, right = _BESIDE_TIGHT if not narrow and width < fonts.px(TIGHT) else _BESIDE
    return left, 0 if narrow else right


def _remembered(width: int, panels: str, *, narrow: bool) -> tuple[int, int]:
    """As Qt shares the room out, whose own bytes `panels` are; without the right panel the left one keeps its width."""
    splitter = QSplitter()
    splitter.setHandleWidth(1)
    splitter.resize(_ROOMY if narrow else width, width)
    for _ in range(3):
        splitter.addWidget(QWidget())
    splitter.setStretchFactor(1, 1)
    splitter.restoreState(QByteArray(base64.b64decode(panels)))
    left, _, right = splitter.sizes()
    return left, 0 if narrow else right
