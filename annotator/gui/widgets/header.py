"""The top of the window: the menu bar, the switch between modes in the very middle, and the window's buttons."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QMenuBar,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.gui import fonts
from annotator.gui.theme import Theme
from annotator.gui.widgets.buttons import IconButton
from annotator.gui.widgets.panes import ground, rule

_SIDE, _GAP = 12, 8  # px at the ends of the row, and between its three parts
MODES = ("Annotate", "Review", "Analyse")


class ModeSwitch(QFrame):
    """The buttons `Annotate`, `Review`, `Analyse`, one of them on. `mode_chosen` tells what the user pressed.

    They are plain buttons that wear the look of a switch: checkable ones would be read out as three check boxes.
    """

    mode_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mode_switch")
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        self._buttons: dict[str, QToolButton] = {}
        for name in MODES:
            button = QToolButton()
            button.setText(name)
            button.setAccessibleName(name)
            button.setFixedHeight(fonts.px(26))
            button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, name=name: self._pressed(name))
            row.addWidget(button)
            self._buttons[name] = button
        self.set_mode(MODES[0])

    def set_mode(self, name: str) -> None:
        """Show `name` as the mode that is on, without a signal."""
        self._mode = name
        for mode, button in self._buttons.items():
            button.setProperty("on", mode == name)
            button.setAccessibleDescription("the mode that is on" if mode == name else "")
            button.style().polish(button)

    def mode(self) -> str:
        return self._mode

    def _pressed(self, name: str) -> None:
        self.set_mode(name)
        self.mode_chosen.emit(name)


class Header(QWidget):
    """44 px: the menu bar at the left, the mode switch in the middle of the window, buttons of actions at the right."""

    def __init__(self, menu_bar: QMenuBar, actions: Iterable[QAction | None], theme: Theme) -> None:
        """`actions` have icons by `name_icon`; None stands for a dividing line."""
        super().__init__()
        ground(self, "window")
        self.modes = ModeSwitch()
        self._menu_bar = menu_bar
        menu_bar.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        menu_bar.setFixedHeight(fonts.px(28))
        self._right = QWidget()
        row = QHBoxLayout(self._right)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addStretch(1)
        for action in actions:
            row.addWidget(_divider() if action is None else IconButton.of(action, theme, self._right))
        self._grid = grid = QGridLayout()
        grid.setContentsMargins(_SIDE, 0, _SIDE, 0)
        grid.setSpacing(_GAP)
        for column, widget in enumerate((menu_bar, self.modes, self._right)):
            grid.addWidget(widget, 0, column, Qt.AlignmentFlag.AlignVCenter)
        self._share_room()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(grid, 1)
        whole.addWidget(rule())
        self.setFixedHeight(fonts.px(44) + 1)

    def show_tools(self, shown: bool) -> None:
        """Show the mode switch and the buttons, or, where no project is open, the menu alone."""
        self.modes.setVisible(shown)
        self._right.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._share_room()

    def changeEvent(self, event: QEvent) -> None:
        """Called by Qt. Another style or font gives the menus another width."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._share_room()

    def _share_room(self) -> None:
        """Keep the switch in the very middle; where the menus need more room than that leaves them, it gives way."""
        menus = self._menu_bar.sizeHint().width()
        beside = (self.width() - self.modes.sizeHint().width()) // 2 - _SIDE - _GAP
        fits = menus <= beside
        self._grid.setColumnStretch(0, int(fits))
        self._grid.setColumnStretch(2, 1)
        self._grid.setColumnMinimumWidth(0, 0 if fits else menus)


def _divider() -> QWidget:
    holder = QWidget()
    holder.setFixedSize(17, fonts.px(18))
    line = QFrame(holder)
    line.setProperty("rule", True)
    line.setGeometry(8, 0, 1, fonts.px(18))
    return holder
