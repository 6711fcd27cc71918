"""A button that reads as a link, for what a form offers beside its fields."""

from PySide6.QtWidgets import QPushButton, QWidget

from annotator.gui import icons
from annotator.gui.codebook import sheets
from annotator.gui.theme import Theme


class LinkButton(QPushButton):
    """Accent text, with an icon before it if one is named."""

    def __init__(self, text: str, theme: Theme, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon_name = icon
        self.setAutoDefault(False)
        self.setAccessibleName(text.strip().removesuffix("…"))
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.setStyleSheet(sheets.link(theme))
        if self._icon_name:
            self.setIcon(icons.icon(self._icon_name, theme, "accent"))
