"""Scrolling a form so that what has the focus can be seen."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QScrollArea, QWidget


def show_in_area(widget: QWidget, rect: QRect, margin: int = 0) -> None:
    """Scroll the area that `widget` is in, if any, until `rect` of it is in sight."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is None:
        return
    content = area.widget()
    if content is not None:
        place = widget.mapTo(content, rect.center())
        area.ensureVisible(0, place.y(), 0, rect.height() // 2 + margin)
