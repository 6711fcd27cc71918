"""A widget whose ground can be lain over: a panel at its right edge that takes no room from what is below."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.gui import fonts

_LEFT_FREE = 96  # px of the ground that are always seen


class Over(QWidget):
    """A column of widgets, in `column`; `lay_over` puts a panel on top of them, as high as they are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self._panel: QWidget | None = None
        self._width = 0

    def lay_over(self, panel: QWidget, width: int) -> None:
        """Take `panel` as the one on top, `width` px wide, hidden until it is shown."""
        self._panel, self._width = panel, width
        panel.setParent(self)
        panel.hide()
        self._place()

    def give_back(self) -> None:
        """Forget the panel; who takes it gives it another parent."""
        self._panel = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        if self._panel:
            width = min(fonts.px(self._width), self.width() - fonts.px(_LEFT_FREE))
            self._panel.setGeometry(self.width() - width, 0, width, self.height())
            self._panel.raise_()
