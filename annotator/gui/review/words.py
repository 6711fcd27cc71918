"""Marked words as lines in a panel: what is a candidate's own on tint and line, what it lacks struck out."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from annotator.gui import fonts
from annotator.gui.review.difference import Mark, Piece
from annotator.gui.text.bidi import first_direction
from annotator.gui.text.paint import paint_form
from annotator.gui.theme import LabelStyle, Theme
from annotator.gui.widgets import paint

_UNDER = 3  # px from the baseline to the label's line


class Words:
    """Pieces laid out in lines of one height (px), at most `most` of them; positions in it are Qt's UTF-16 units."""

    def __init__(self, pieces: Sequence[Piece], font: QFont, line_height: int, most: int = 12) -> None:
        self._text = "".join(piece.text for piece in pieces)
        self._font, self._height, self._most = font, line_height, most
        self._marks: list[tuple[int, int, Mark]] = []
        at = 0
        for piece in pieces:
            length = len(piece.text.encode("utf-16-le", "surrogatepass")) // 2
            self._marks.append((at, length, piece.mark))
            at += length

    def height(self, width: float) -> int:
        """Return the px that the lines take at a width of `width` px."""
        if not self._text:
            return 0
        layout = self._laid_out(width)
        return min(self._most, layout.lineCount()) * self._height

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme, style: LabelStyle, ink: str = "text") -> None:
        """Draw the lines from the top of `rect`; `ink` is the token of plain words."""
        layout = self._laid_out(rect.width(), theme, ink)
        lines = [layout.lineAt(number) for number in range(min(self._most, layout.lineCount()))]
        with paint.kept(painter):
            for line in lines:
                for left, right in self._own(line):
                    box = QRectF(rect.left() + left - 1, rect.top() + line.y(), right - left + 2, self._height - 2)
                    paint.box(painter, box, 2, style.strong, None)
        for line in lines:
            line.draw(painter, rect.topLeft())
        with paint.kept(painter, smooth=False):
            for line in lines:
                under = round(rect.top() + line.y() + line.ascent()) + fonts.px(_UNDER)
                for left, right in self._own(line):
                    paint_form(
                        painter, style.form, style.line, round(rect.left() + left), round(rect.left() + right), under
                    )

    def _laid_out(self, width: float, theme: Theme | None = None, ink: str = "text") -> QTextLayout:
        layout = QTextLayout(self._text, self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if first_direction(self._text, 0, len(self._text)) == "R":
            option.setAlignment(Qt.AlignmentFlag.AlignRight)
        layout.setTextOption(option)
        if theme:
            layout.setFormats([self._format(start, length, mark, theme, ink) for start, length, mark in self._marks])
        metrics = QFontMetricsF(self._font)
        lead = (self._height - metrics.ascent() - metrics.descent()) / 2
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width))
            line.setPosition(QPointF(0, round((layout.lineCount() - 1) * self._height + lead)))
        layout.endLayout()
        return layout

    @staticmethod
    def _format(start: int, length: int, mark: Mark, theme: Theme, ink: str) -> QTextLayout.FormatRange:
        form = QTextCharFormat()
        faded = mark in (Mark.LACKING, Mark.GAP)
        form.setForeground(theme.colour("text3" if faded else "text" if mark is Mark.OWN else ink))
        form.setFontStrikeOut(mark is Mark.LACKING)
        found = QTextLayout.FormatRange()
        found.start, found.length, found.format = start, length, form
        return found

    def _own(self, line: QTextLine) -> Iterator[tuple[float, float]]:
        """Yield left and right of what is the candidate's own on a line; one run of letters each, as they stand."""
        first, last = line.textStart(), line.textStart() + line.textLength()
        for start, length, mark in self._marks:
            begin, end = max(first, start), min(last, start + length)
            if mark is Mark.OWN and begin < end:
                edges = [
                    (run.boundingRect().left(), run.boundingRect().right())
                    for run in line.glyphRuns(begin, end - begin)
                ]
                yield from _joined(edges)


def _joined(edges: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for left, right in sorted(edges):
        if found and left <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], right)
        else:
            found.append((left, right))
    return found
