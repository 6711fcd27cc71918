"""Plain text in a few lines, the last one elided: for list rows and quotations."""

import functools

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

_LONGEST = 2_000  # code points looked at; more never fits the few lines
_KEPT = 256


def broken(text: str, font: QFont, width: float, most: int) -> list[str]:
    """Return `text` as at most `most` lines of `width` px; the last ends in `…` if more is left."""
    text = " ".join(text[:_LONGEST].split())
    return list(_broken(text, font.key(), width, most)) if text else []


@functools.lru_cache(_KEPT)
def _broken(text: str, font_key: str, width: float, most: int) -> tuple[str, ...]:
    """As `broken`; kept, since layouts and painting ask again and again for what has not changed."""
    font = QFont()
    font.fromString(font_key)
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
            lines.append(_elided(units[start:].decode("utf-16-le", "surrogatepass"), font, width))
            break
        lines.append(units[start:end].decode("utf-16-le", "surrogatepass").rstrip())
    layout.endLayout()
    return tuple(lines)


def _elided(text: str, font: QFont, width: float) -> str:
    """Cut `text` to `width` px, after a whole word where that costs little."""
    cut = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
    words = cut.removesuffix("…")
    if cut == text or text[len(words) : len(words) + 1].isspace():
        return cut
    end = words.rfind(" ")
    return words[:end].rstrip() + "…" if end > len(words) // 2 else cut


def draw(painter: QPainter, rect: QRectF, lines: list[str], font: QFont, colour: QColor, height: float) -> None:
    """Draw lines `height` px apart from the top of `rect`."""
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(colour)
    lead = (height - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()
    for number, line in enumerate(lines):
        painter.drawText(QPointF(rect.left(), round(rect.top() + number * height + lead)), line)
