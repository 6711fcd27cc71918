"""Plain text in a few lines, the last one elided: for list rows and quotations."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

_LONGEST = 2_000  # code points looked at; more never fits the few lines


def broken(text: str, font: QFont, width: float, most: int) -> list[str]:
    """Return `text` as at most `most` lines of `width` px; the last ends in `…` if more is left."""
    text = " ".join(text[:_LONGEST].split())
    if not text:
        return []
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    units = text.encode("utf-16-le", "surrogatepass")  # Qt counts UTF-16 units
    lines: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        start, end = 2 * line.textStart(), 2 * (line.textStart() + line.textLength())
        if len(lines) == most - 1:
            rest = units[start:].decode("utf-16-le", "surrogatepass")
            lines.append(QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, width))
            break
        lines.append(units[start:end].decode("utf-16-le", "surrogatepass").rstrip())
    layout.endLayout()
    return lines


def draw(painter: QPainter, rect: QRectF, lines: list[str], font: QFont, colour: QColor, height: float) -> None:
    """Draw lines `height` px apart from the top of `rect`."""
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(colour)
    lead = (height - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()
    for number, line in enumerate(lines):
        painter.drawText(QPointF(rect.left(), round(rect.top() + number * height + lead)), line)
