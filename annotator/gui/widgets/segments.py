"""A choice of few: options side by side in one frame, one of them on or none."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from annotator.gui import fonts
from annotator.gui.theme import Theme
from annotator.gui.widgets import paint
from annotator.gui.widgets.wording import plain_tooltip

_HEIGHT = 30
_PAD = 7
_RADIUS = 6
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class Segment(QRadioButton):
    """One option; its frame paints the ground. A click changes nothing by itself: what is stored is shown."""

    def __init__(self, option: str, frame: "Segments") -> None:
        super().__init__(frame)
        self.option = option
        self._frame = frame
        self._hover = False
        self.setAccessibleName(option)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus in the text

    def hitButton(self, at: QPoint) -> bool:
        return self.rect().contains(at)

    def nextCheckState(self) -> None:
        """Called by Qt on a click."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._frame.move_focus(self, step)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, on = self._frame.theme, self.isChecked()
        ink = "text" if self._hover else "text2"
        ink = "accent" if on else ink
        painter = QPainter(self)
        colour = theme.colour(ink if self.isEnabled() or on else "control")
        paint.text_in(painter, QRectF(self.rect()), self.option, _font(on), colour, Qt.AlignmentFlag.AlignHCenter)
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()), theme)
        painter.end()


class Segments(QWidget):
    """`pressed_option` carries the option pressed, also that which is on. Arrows move between them, Space presses."""

    pressed_option = Signal(str)

    def __init__(self, options: Iterable[str], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.segments = [Segment(option, self) for option in options]
        for number, segment in enumerate(self.segments, 1):
            segment.setToolTip(plain_tooltip(f"{segment.option} ({number})"))
            segment.clicked.connect(lambda _checked=False, option=segment.option: self.pressed_option.emit(option))

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    def set_option(self, option: str | None) -> None:
        """Show `option` as the one that is on, or none."""
        for segment in self.segments:
            segment.setAutoExclusive(False)  # else the one that is on could not be put out
            segment.setChecked(segment.option == option)
        for segment in self.segments:
            segment.setAutoExclusive(True)  # what makes it a radio button to assistive technology
        self.one_tab_stop()
        self.update()

    def one_tab_stop(self) -> None:
        """Let Tab stop at one segment only: at the one with the focus, else the one that is on, else the first."""
        stop = next((s for s in self.segments if s.hasFocus()), None)
        stop = stop or next((s for s in self.segments if s.isChecked()), self.segments[0])
        for segment in self.segments:
            segment.setFocusPolicy(Qt.FocusPolicy.TabFocus if segment is stop else Qt.FocusPolicy.NoFocus)

    def stop(self) -> Segment:
        """Return the segment that takes the keyboard focus."""
        return next((s for s in self.segments if s.focusPolicy() is not Qt.FocusPolicy.NoFocus), self.segments[0])

    def move_focus(self, segment: Segment, step: int) -> None:
        """Give the keyboard focus to a neighbour of `segment`; none is pressed by that."""
        place = (self.segments.index(segment) + step) % len(self.segments)
        self.segments[place].setFocus(Qt.FocusReason.OtherFocusReason)
        self.one_tab_stop()

    def needed_width(self) -> int:
        """Return the px that all options need to be read in full."""
        return round(sum(self._widths())) + 2

    def sizeHint(self) -> QSize:
        return QSize(self.needed_width(), fonts.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, fonts.px(_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt. Equal widths if all options fit then, else each has what it needs and a share of the rest."""
        super().resizeEvent(event)
        room, widths = float(self.width()), self._widths()
        if max(widths) * len(widths) <= room:
            widths = [room / len(widths)] * len(widths)
        else:
            widths = [width * room / sum(widths) for width in widths]
        left = 0.0
        for segment, width in zip(self.segments, widths, strict=True):
            segment.setGeometry(QRect(round(left), 0, round(left + width) - round(left), self.height()))
            left += width

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, whole = self.theme, QRectF(self.rect())
        paint.box(painter, whole, _RADIUS, theme.colour("surface" if self.isEnabled() else "window"), None)
        shape = QPainterPath()
        shape.addRoundedRect(whole, _RADIUS, _RADIUS)
        with paint.kept(painter):
            painter.setClipPath(shape)
            for segment in self.segments:
                if segment.isChecked():
                    painter.fillRect(segment.geometry(), theme.colour("accent-soft"))
        for _, after in pairwise(self.segments):
            painter.fillRect(after.x(), 0, 1, self.height(), theme.colour("control"))
        paint.box(painter, whole, _RADIUS, None, theme.colour("control"))
        painter.end()

    def _widths(self) -> list[float]:
        metrics = QFontMetricsF(_font(on=True))
        return [metrics.horizontalAdvance(segment.option) + 2 * fonts.px(_PAD) for segment in self.segments]


def _font(on: bool) -> QFont:
    return fonts.ui(12, QFont.Weight.DemiBold if on else QFont.Weight.Normal)
