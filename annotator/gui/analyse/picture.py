"""A chart as a picture: the same painting as on the screen, on white, with title and caption, as PNG or SVG."""

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from annotator.gui import fonts
from annotator.gui.analyse import chart_paint, geometry
from annotator.gui.analyse.chart_paint import Ink
from annotator.gui.analyse.grid import Grid
from annotator.gui.widgets import paint

_MARGIN, _WIDTH = 24, 860
_SHARPNESS = 2  # device pixels to a px of the picture
_MOST_PIXELS = 12_000  # of a side of a picture: what image viewers open
_TITLE, _LINE = 30, 22
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class Picture:
    """What is on the picture. `scale` names what the heat measures; empty for none. Use it in the window's thread."""

    grid: Grid
    ink: Ink
    title: str
    subtitle: str = ""
    caption: str = ""
    scale: str = ""

    def size(self) -> QSize:
        """The size in px, as large as the chart needs."""
        heights = sum(map(fonts.px, geometry.row_heights(self.grid)))
        below = (fonts.px(_LINE) + 8 if self.scale else 0) + (fonts.px(_LINE) if self.caption else 0)
        height = 2 * _MARGIN + fonts.px(_TITLE) + fonts.px(geometry.HEAD) + heights + below
        return QSize(self._titles() + sum(self._columns()) + 2 * _MARGIN, height)

    def png(self) -> bytes:
        """Return it as PNG, twice as sharp where that doesn't make it larger than viewers open."""
        size = self.size()
        sharpness = min(_SHARPNESS, _MOST_PIXELS / max(size.width(), size.height()))
        image = QImage(size * sharpness, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(sharpness)
        painter = QPainter(image)
        self.paint(painter)
        painter.end()
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload] # a device is as good as a name
        return bytes(data.data())

    def svg(self) -> bytes:
        """Return it as SVG: text stays text, in the fonts' names; nothing is loaded from elsewhere."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setResolution(96)
        generator.setSize(self.size())
        generator.setViewBox(QRect(0, 0, self.size().width(), self.size().height()))
        generator.setTitle(self.title)
        generator.setDescription(self.caption)
        painter = QPainter(generator)
        self.paint(painter)
        painter.end()
        return bytes(buffer.data().data())

    def paint(self, painter: QPainter) -> None:
        """Draw all of it from the painter's origin."""
        size, theme = self.size(), self.ink.theme
        painter.fillRect(QRectF(0, 0, size.width(), size.height()), theme.colour("surface"))
        room = QRectF(_MARGIN, _MARGIN, size.width() - 2 * _MARGIN, fonts.px(_TITLE))
        bold, small, tone = fonts.ui(15, QFont.Weight.DemiBold), fonts.ui(12), theme.colour("text3")
        words = QFontMetricsF(bold).horizontalAdvance(self.title) + 16
        paint.text_in(painter, room, self.title, bold, theme.colour("text"), _LEFT)
        paint.text_in(painter, room.adjusted(words, 0, 0, 0), self.subtitle, small, tone, _RIGHT)
        top = self._paint_chart(painter, room.bottom())
        if self.scale:
            scale = QRectF(_MARGIN, top + 8, size.width() - 2 * _MARGIN, fonts.px(_LINE))
            chart_paint.paint_scale(painter, scale, self.scale, self.ink)
            top = scale.bottom()
        below = QRectF(_MARGIN, top, size.width() - 2 * _MARGIN, fonts.px(_LINE))
        paint.text_in(painter, below, self.caption, small, tone, _LEFT)

    def _paint_chart(self, painter: QPainter, top: float) -> float:
        """Draw heads, titles and cells; return where the chart ends."""
        titles, widths, head = self._titles(), self._columns(), fonts.px(geometry.HEAD)
        left, named = _MARGIN + titles, chart_paint.names_fit(self.grid, widths)
        for place, (column, width) in enumerate(zip(self.grid.columns, widths, strict=True)):
            rect = QRectF(left + sum(widths[:place]), top, width, head)
            chart_paint.paint_column(painter, rect, column, self.grid, self.ink, named=named)
        top += head
        for number, (row, height) in enumerate(zip(self.grid.rows, geometry.row_heights(self.grid), strict=True)):
            high = fonts.px(height)
            chart_paint.paint_title(painter, QRectF(_MARGIN, top, titles, high), row, self.ink)
            for place, width in enumerate(widths):
                rect = QRectF(left + sum(widths[:place]), top, width, high)
                chart_paint.paint_cell(painter, rect, self.grid, (number, place), self.ink)
            top += high
        return top

    def _titles(self) -> int:
        wanted = [QFontMetricsF(chart_paint.title_font(row)).horizontalAdvance(row.title) for row in self.grid.rows]
        return geometry.title_width(wanted, fonts.px(_WIDTH))

    def _columns(self) -> list[int]:
        return geometry.column_widths(self.grid, fonts.px(_WIDTH) - self._titles())
