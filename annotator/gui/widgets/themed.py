"""How a change of theme reaches the widgets that paint with it."""

from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from annotator.gui.theme import Theme


@runtime_checkable
class Themed(Protocol):
    """A widget that paints with the theme. It minds itself and its delegates; children that are Themed are told too."""

    def set_theme(self, theme: Theme) -> None: ...


def spread_theme(root: QWidget, theme: Theme) -> None:
    """Tell `root` and every widget in it, at any depth, the theme to paint with."""
    for widget in (root, *root.findChildren(QWidget)):
        if isinstance(widget, Themed):
            widget.set_theme(theme)
