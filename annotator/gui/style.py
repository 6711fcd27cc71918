"""The look of all widgets: Fusion, a palette and one style sheet, both filled from the theme's tokens."""

import re

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from annotator import paths
from annotator.gui import fonts
from annotator.gui.theme import Theme

CHOICES = ("system", "light", "dark")

_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "panel",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "danger",
    QPalette.ColorRole.Highlight: "select",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "control",
    QPalette.ColorRole.Shadow: "line2",
}
_HEIGHT = re.compile(r"(\bm(?:in|ax)-height: )(\d{2,})px")  # heights that hold text grow with the font
_DISABLED = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def current_theme(choice: str = "system") -> Theme:
    """Return the theme for the user's choice: `light`, `dark`, or anything else for the system's colour scheme."""
    if choice in ("light", "dark"):
        return Theme.load(choice)
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return Theme.load("dark" if dark else "light")


def apply(app: QApplication, theme: Theme) -> None:
    """Give the whole application the theme's palette and style sheet, and the interface font."""
    _prepare(app, theme)
    app.setStyleSheet(style_sheet(theme))


def _prepare(app: QApplication, theme: Theme) -> None:
    if app.style().name().lower() != "fusion" and not app.styleSheet():
        app.setStyle(QStyleFactory.create("Fusion"))
    if app.property("interface_font") is None:  # once: a later change of the system's font is Qt's to follow
        app.setFont(fonts.interface_font())
        app.setProperty("interface_font", True)
    app.setPalette(palette(theme))


def palette(theme: Theme) -> QPalette:
    """Return Qt's palette made of the theme's tokens."""
    made = QPalette()
    for role, token in _ROLES.items():
        made.setColor(role, theme.colour(token))
    made.setColor(QPalette.ColorGroup.Inactive, QPalette.ColorRole.Highlight, theme.colour("select-idle"))
    for role in _DISABLED:
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("control"))
    made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Base, theme.colour("window"))
    return made


def style_sheet(theme: Theme) -> str:
    """Return the style sheet, the tokens filled in. Raises KeyError for a token that the theme hasn't got."""
    import string  # only now: a frame needs no style sheet

    folder = paths.resources() / "themes"
    template = string.Template((folder / "window.qss").read_text("utf-8").split("*/", 1)[1])
    values = {token.replace("-", "_"): colour.name() for token, colour in theme.tokens.items()}
    sheet = template.substitute(values, folder=folder.as_posix(), name=theme.name)
    return _HEIGHT.sub(lambda match: f"{match[1]}{fonts.px(int(match[2]))}px", sheet)


class Look(QObject):
    """Keeps the application in the theme the user chose, or in the system's colour scheme where that is the choice.

    The style sheet comes with `dress`, once the first widgets are put together: with it, Qt works out the style of a
    widget and of all in it anew whenever it gets another parent, two fifths of the time that building a window takes.
    """

    changed = Signal(Theme)

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        super().__init__(app)
        self._app = app
        self.choice = choice
        self.theme = current_theme(choice)
        self._dressed = False
        _prepare(app, self.theme)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._refresh)
        app.screenAdded.connect(self._screen_added)

    def dress(self) -> None:
        """Apply the style sheet; widgets made from now on have it too."""
        self._dressed = True
        apply(self._app, self.theme)

    def choose(self, choice: str) -> None:
        """Take `system`, `light` or `dark`; `changed` follows if the theme is another one now."""
        self.choice = choice
        self._refresh()

    def _screen_added(self) -> None:
        """Icons are drawn as fine as the screens that there are."""
        self.changed.emit(self.theme)

    def _refresh(self) -> None:
        theme = current_theme(self.choice)
        if theme is not self.theme:
            self.theme = theme
            (apply if self._dressed else _prepare)(self._app, theme)
            self.changed.emit(theme)
