"""What tagging looks like: two lines of the sample with two spans, painted as the text view paints them."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.default_codebook import DEFAULT
from annotator.gui import fonts
from annotator.gui.text.gutters import paint_chip
from annotator.gui.text.metrics import CHIP, Metrics
from annotator.gui.text.paint import paint_form
from annotator.gui.theme import Theme


@dataclass(frozen=True)
class _Run:
    """Words of one line, under a label or none; `first` and `last` say whether the span begins and ends here."""

    text: str
    label: str = ""
    first: bool = True
    last: bool = True


_LINES = (
    (_Run("Several states", "actor"), _Run(" sought to opt out of the")),
    (_Run("program, believing "), _Run("their participation", "claim", last=False)),
    (_Run("was voluntary", "claim", first=False), _Run(", only to be overruled and")),
    (_Run("told it was mandatory."),),
)
_COLUMN = 340  # px, without the margin
_MARGIN = 72
_TOP = 20  # px from the top to the first baseline


class Example(QWidget):
    """Not for the mouse or the keyboard: a picture, with its meaning for those who have it read out."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._metrics = Metrics()
        self._styles = {label.name: theme.label_style(label) for label in DEFAULT}
        self.setAccessibleName(
            "Example: “Several states” is tagged as actor, “their participation was voluntary” as claim"
        )
        self.setFixedSize(self.sizeHint())

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._styles = {label.name: theme.label_style(label) for label in DEFAULT}
        self.update()

    def sizeHint(self) -> QSize:
        """Called by Qt."""
        return QSize(_COLUMN + _MARGIN, len(_LINES) * self._metrics.pitch)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        painter = QPainter(self)
        font = fonts.reading_font(self._metrics.size)
        for number, runs in enumerate(_LINES):
            baseline, x = _TOP + number * self._metrics.pitch, 1.0
            for run in runs:
                width = QFontMetricsF(font).horizontalAdvance(run.text)
                painter.setFont(font)
                self._paint(painter, run, x, width, baseline)
                x += width
        painter.end()

    def _paint(self, painter: QPainter, run: _Run, x: float, width: float, baseline: int) -> None:
        metrics, style = self._metrics, self._styles.get(run.label)
        left, right, line = round(x) - 1, round(x + width) + 1, baseline + metrics.lane_tops[0]
        if style:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.tint)
            top = baseline + metrics.tint_top
            painter.drawRoundedRect(QRectF(left, top, right - left, line - top), 2, 2)
        painter.setPen(self._theme.colour("text"))
        painter.drawText(QPointF(x, baseline), run.text)
        if not style:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        paint_form(painter, style.form, style.line, left, right, line, metrics.line)
        wide, high = metrics.tick
        for there, at in ((run.first, left), (run.last, right - wide)):
            if there:
                painter.fillRect(at, line - high, wide, high, style.line)
        if run.first:
            self._paint_chip(painter, run.label, baseline)

    def _paint_chip(self, painter: QPainter, name: str, baseline: int) -> None:
        chip = QRect(_COLUMN, baseline - CHIP + 3, CHIP, CHIP)
        painter.setFont(self.font())
        paint_chip(painter, chip, self._styles[name])
        small = QFont(self.font())
        small.setPixelSize(11)
        painter.setFont(small)
        painter.setPen(self._theme.colour("text3"))
        painter.drawText(QRect(chip.right() + 7, chip.top(), _MARGIN, CHIP), Qt.AlignmentFlag.AlignVCenter, name)
