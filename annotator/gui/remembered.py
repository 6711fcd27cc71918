"""How the window was left, from one start to the next: size, place, panels, theme, face, size of the text."""

import base64
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray

from annotator.gui import fonts
from annotator.gui.frame import NARROW, TIGHT

if TYPE_CHECKING:
    from annotator.gui.window import Window

_SIZE = 1440, 900
_FRAME = 32  # px: about what a window manager's title bar takes


def place(window: "Window") -> None:
    """Give a new window the size and place that its settings say; a first one the design's, or what the screen has."""
    room = window.screen().availableGeometry()
    window.resize(min(fonts.px(_SIZE[0]), room.width()), min(fonts.px(_SIZE[1]), room.height() - _FRAME))
    if geometry := window.settings.geometry:
        window.restoreGeometry(QByteArray(base64.b64decode(geometry)))


def restore(window: "Window") -> None:
    """Give a window that was just furnished what else its settings say."""
    settings, table, mode = window.settings, window.actions_table, window.mode
    if settings.panels:
        mode.restoreState(QByteArray(base64.b64decode(settings.panels)))
    elif fonts.px(NARROW) <= window.width() < fonts.px(TIGHT):
        mode.make_panels_narrow(window.width())
    mode.tagger.snapping = settings.snap
    table["snap"].setChecked(settings.snap)
    table["all_relations"].setChecked(settings.all_relations)
    mode.relating.show_all()
    table[f"theme_{window.look.choice}"].setChecked(True)
    table["sans" if settings.reading_sans else "serif"].setChecked(True)
    table["left_panel"].setChecked(not mode.documents.isHidden())
    table["right_panel"].setChecked(mode.right.shown())
    window.handlers.show_face(sans=settings.reading_sans)
    mode.page.text.set_zoom_px(settings.reading_px)
    window.show_zoom(mode.page.text.zoom_px())


def keep(window: "Window") -> None:
    """Write down how the window is left."""
    window.settings = window.settings.changed(geometry=base64.b64encode(window.saveGeometry().data()).decode())
    window.settings = window.settings.changed(all_relations=window.mode.page.text.relations.all)
    if window.mode.right.beside():  # else the panel over the text would be remembered as hidden
        panels = base64.b64encode(window.mode.saveState().data()).decode()
        window.settings = window.settings.changed(panels=panels)
    window.settings.save()
