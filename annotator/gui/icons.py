"""The icons of the window, drawn for this project, in the colour of a theme's token."""

import functools
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from annotator import paths
from annotator.gui.theme import Theme

SIZE = 16
_PLACEHOLDER = b"currentColor"


def icon(name: str, theme: Theme, token: str = "icon", size: int = SIZE) -> QIcon:
    """Return the icon `name` in the colour `token`, sharp on every screen that is there; disabled it is paler."""
    return _icon(name, theme.colour(token).name(), _disabled(theme).name(), size, _ratios())


def pixmap(name: str, colour: QColor, size: int, ratio: float) -> QPixmap:
    """Return the icon as a picture of `size` px at device pixel ratio `ratio`."""
    return _pixmap(name, colour.name(), size, ratio)


def paint(painter: QPainter, rect: QRectF, name: str, colour: QColor) -> None:
    """Draw the icon into `rect` in one colour."""
    _renderer(name, colour.name()).render(painter, rect)


def application_icon() -> QIcon:
    """Return the program's own icon, in the sizes that desktops ask for."""
    found = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        found.addPixmap(_pixmap("annotator", "#000000", size, 1.0))
    return found


def names() -> list[str]:
    """Return the names of all icons."""
    return sorted(file.stem for file in _folder().glob("*.svg"))


def _folder() -> Path:
    return paths.resources() / "icons"


def _disabled(theme: Theme) -> QColor:
    return theme.colour("line2")


def _ratios() -> tuple[float, ...]:
    return tuple(sorted({1.0} | {screen.devicePixelRatio() for screen in QGuiApplication.screens()}))


@functools.lru_cache(maxsize=512)
def _icon(name: str, colour: str, disabled: str, size: int, ratios: tuple[float, ...]) -> QIcon:
    made = QIcon()
    for ratio in ratios:
        for mode, tone in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
            made.addPixmap(_pixmap(name, tone, size, ratio), mode)
    return made


@functools.lru_cache(maxsize=1024)
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, colour).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return made


@functools.lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    data = (_folder() / f"{name}.svg").read_bytes().replace(_PLACEHOLDER, colour.encode())
    return QSvgRenderer(QByteArray(data))
