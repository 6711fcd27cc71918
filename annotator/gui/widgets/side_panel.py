"""A panel at the right of a mode: beside the text, or over it in a narrow window."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from annotator.gui.widgets.over import Over
from annotator.gui.widgets.panes import ground

NARROWEST, WIDEST = 280, 460


class SidePanel(QFrame):
    """Put what it shows into `column`.

    It stands in `place`, which is for the splitter, or lies over the page; `place` stays in the splitter all the time,
    hidden while the panel lies elsewhere: taking children out of a QSplitter and back has crashed.
    """

    def __init__(self, width: int) -> None:
        """`width` in px is what it has over the page."""
        super().__init__()
        ground(self, "panel")
        self._wide = width
        self.place = QWidget()
        self.place.setMinimumWidth(NARROWEST)
        self.place.setMaximumWidth(WIDEST)
        self._place = QVBoxLayout(self.place)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.addWidget(self)
        self._beside = True
        self._shown_beside = True
        self._edge = QFrame()
        self._edge.setProperty("rule", True)
        self._edge.setFixedWidth(1)
        self._edge.hide()
        self.column = QVBoxLayout()
        self.column.setSpacing(0)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._edge)
        whole.addLayout(self.column, 1)

    def beside(self) -> bool:
        """Whether the panel has a place of its own, in the splitter."""
        return self._beside

    def shown(self) -> bool:
        """Whether the panel is to be seen, where it is now."""
        return not (self.place if self._beside else self).isHidden()

    def show_panel(self, shown: bool) -> None:
        """Show or hide the panel where it is now."""
        (self.place if self._beside else self).setVisible(shown)

    def float_over(self, page: Over) -> None:
        """Lie over the page, hidden until it is asked for; the place in the splitter is given up."""
        if self._beside:
            self._shown_beside = self.shown()
            self._beside = False
            self.place.hide()
            self._edge.show()
            page.lay_over(self, self._wide)

    def dock(self, page: Over) -> None:
        """Go back into the splitter, seen as it was there."""
        if not self._beside:
            self._beside = True
            page.give_back()
            self._edge.hide()
            self._place.addWidget(self)
            self.show()
            self.place.setVisible(self._shown_beside)
