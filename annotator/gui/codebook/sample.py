"""A sentence with two spans, painted as the text view would, in either theme."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.domain.codebook import Label
from annotator.gui import fonts
from annotator.gui.text.metrics import CHIP, CHIP_STEP, Metrics
from annotator.gui.text.paint import paint_form
from annotator.gui.theme import LabelStyle, Theme
from annotator.gui.widgets import paint

TEXT = "The ACLU’s Kate Desormeau says that they would terminate this disastrous program."
ACTOR = (0, 25)
WORDS = (TEXT.index("they"), len(TEXT) - 1)
_PAD = 16
_GUTTER = 44  # px at the right for the chips


@dataclass(frozen=True)
class Run:
    """One stretch of a span on one line: px from the line's left, and whether the span begins or ends here."""

    style: LabelStyle
    left: float
    right: float
    starts: bool
    ends: bool


class Sample(QWidget):
    """Reads out which label is shown; the other one is there to be told apart from."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._metrics = Metrics(fonts.px(18))
        self._spans: list[tuple[Label, tuple[int, int]]] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_in(self, theme: Theme) -> None:
        """Paint in this theme, whatever the window's is."""
        self._theme = theme
        self.update()

    def set_labels(self, label: Label, other: Label | None) -> None:
        """Show `label` on the words that suit it, and another label beside it."""
        on_actor = label.name == "actor"
        first, second = (label, other) if on_actor else (other, label)
        self._spans = [(each, place) for each, place in ((first, ACTOR), (second, WORDS)) if each is not None]
        self.setAccessibleName(f"How {label.name} looks: {TEXT}")
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(360), self.height())

    def resizeEvent(self, _event: object) -> None:
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        layout = self._layout()
        chips_y: dict[float, int] = {}
        for number in range(layout.lineCount()):
            top = _PAD + number * self._metrics.pitch
            baseline = top + self._metrics.above
            runs = self._runs(layout, number)
            self._paint_line(painter, layout, number, baseline, runs)
            for run in runs:
                if run.starts:
                    at = chips_y.get(baseline, 0)
                    chips_y[baseline] = at + 1
                    self._paint_chip(painter, run.style, at, baseline)
        painter.end()

    def _paint_line(self, painter: QPainter, layout: QTextLayout, number: int, baseline: int, runs: list[Run]) -> None:
        metrics, line = self._metrics, layout.lineAt(number)
        for run in runs:
            top = baseline + metrics.tint_top
            place = QRectF(_PAD + run.left - 1, top, run.right - run.left + 2, metrics.lane_tops[0] - metrics.tint_top)
            paint.box(painter, place, 2, run.style.tint, None)
        painter.setPen(self._theme.colour("text"))
        line.draw(painter, QPointF(_PAD - line.x(), baseline - line.y() - line.ascent()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for run in runs:
            top, left, right = baseline + metrics.lane_tops[0], round(_PAD + run.left - 1), round(_PAD + run.right + 1)
            paint_form(painter, run.style.form, run.style.line, left, right, top, metrics.line)
            wide, high = metrics.tick
            for shown, x in ((run.starts, left), (run.ends, right - wide)):
                if shown:
                    painter.fillRect(x, top - high, wide, high, run.style.line)

    def _paint_chip(self, painter: QPainter, style: LabelStyle, at: int, baseline: int) -> None:
        size = self._metrics.px(CHIP)
        x = self.width() - _GUTTER + 8 + at * self._metrics.px(CHIP_STEP)
        paint.letter_chip(painter, QRectF(x, baseline - round(size * 0.8), size, size), style)

    def _layout(self) -> QTextLayout:
        layout = QTextLayout(TEXT, fonts.reading_font(self._metrics.size))
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(80, self.width() - _PAD - _GUTTER))
        layout.endLayout()
        return layout

    def _runs(self, layout: QTextLayout, number: int) -> list[Run]:
        line = layout.lineAt(number)
        begin, stop = line.textStart(), line.textStart() + line.textLength()
        found = []
        for label, (start, end) in self._spans:
            first, last = max(start, begin), min(end, stop)
            shown = TEXT[first:last].rstrip()
            if not shown:
                continue
            left, right = _x(line, first), _x(line, first + len(shown))
            found.append(Run(self._theme.label_style(label), left, right, first == start, last == end))
        return found

    def _fit(self) -> None:
        self.setFixedHeight(2 * _PAD + self._layout().lineCount() * self._metrics.pitch)


def _x(line: object, position: int) -> float:
    """`cursorToX` gives a pair in PySide, or one number, by version."""
    found = line.cursorToX(position)  # type: ignore[attr-defined]
    return float(found[0] if isinstance(found, tuple) else found)
