"""A menu of the codebook's labels, each with its letter chip."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu

from annotator.domain.codebook import Codebook
from annotator.gui import fonts
from annotator.gui.theme import LabelStyle, Theme
from annotator.gui.widgets import paint


def fill_with_labels(menu: QMenu, codebook: Codebook, theme: Theme, chosen: Callable[[str], object]) -> list[QAction]:
    """Put one action a label into `menu`, in place of all that was there; each calls `chosen` with the label's name."""
    menu.clear()
    actions = []
    for label in codebook:
        action = menu.addAction(chip_icon(theme.label_style(label)), label.name.replace("&", "&&"))
        action.triggered.connect(lambda _checked=False, name=label.name: chosen(name))
        actions.append(action)
    return actions


def chip_icon(style: LabelStyle) -> QIcon:
    """Return a label's letter chip as an icon, for menus."""
    ratio = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    size = fonts.px(16)
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint.letter_chip(painter, QRectF(0, 0, size, size), style)
    painter.end()
    return QIcon(picture)
