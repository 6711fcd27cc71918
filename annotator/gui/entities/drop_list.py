"""A list that lies below a field while one types there; the field keeps the keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from annotator.gui import fonts
from annotator.gui.entities.choices import ROW, Choice, ChoicesDelegate, ChoicesModel
from annotator.gui.theme import Theme
from annotator.gui.widgets.uniform_list import UniformList

_MOST_ROWS = 8
_WIDEST, _NARROWEST = 420, 280
_EDGE = 5  # px of frame and padding above and below


class DropList(QFrame):
    """`taken` carries the Choice that was clicked. It is a child of the window while open, and so grabs nothing."""

    taken = Signal(object)

    def __init__(self, theme: Theme, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        self._theme = theme
        self._watched: list[QWidget] = []
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.view = UniformList(fonts.px(ROW))
        self.view.setAccessibleName("Entities to choose from")
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.model = ChoicesModel(self)
        self.view.setModel(self.model)
        self.delegate = ChoicesDelegate(theme, self)
        self.view.setItemDelegate(self.delegate)
        self.view.clicked.connect(self._clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, _EDGE - 1, 1, _EDGE - 1)
        column.addWidget(self.view)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self.delegate.theme = theme
        self.view.viewport().update()

    def open_with(self, choices: Sequence[Choice], current: int) -> None:
        """Show these rows, the one at `current` (-1 for none) being what Enter takes; no rows close the list."""
        self.model.show_choices(choices)
        if not choices:
            self.close_list()
            return
        self.view.setCurrentIndex(self.model.index(current) if current >= 0 else QModelIndex())
        self.view.setFixedHeight(min(len(choices), _MOST_ROWS) * fonts.px(ROW))
        self.setParent(self._field.window())
        self._watch()
        self._place()
        self.show()
        self.raise_()

    def close_list(self) -> None:
        """Take the list away."""
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._watched = []
        self.hide()
        self.setParent(self._field)  # it goes with its field

    def is_open(self) -> bool:
        return not self.isHidden()

    def step(self, step: int) -> None:
        """Go up or down, around the ends."""
        rows = len(self.model.choices)
        row = self.view.currentIndex().row()
        wanted = (row + step) % rows if row >= 0 else (0 if step > 0 else rows - 1)
        self.view.setCurrentIndex(self.model.index(wanted))
        self.view.scrollTo(self.model.index(wanted))

    def current(self) -> Choice | None:
        """Return the row that Enter takes."""
        row = self.view.currentIndex().row()
        return self.model.choices[row] if self.is_open() and row >= 0 else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Called by Qt. The list stays at its field while that is scrolled or the window gets another size."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and self.is_open():
            self._place()
        return super().eventFilter(watched, event)

    def _clicked(self, index: QModelIndex) -> None:
        if index.isValid():
            self.taken.emit(self.model.choices[index.row()])

    def _watch(self) -> None:
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._watched = []
        above: QWidget | None = self._field
        while above is not None:
            above.installEventFilter(self)
            self._watched.append(above)
            above = None if above.isWindow() else above.parentWidget()

    def _place(self) -> None:
        window, field = self._field.window(), self._field
        wide = max(field.width(), min(fonts.px(_WIDEST), max(fonts.px(_NARROWEST), field.width())))
        high = self.view.height() + 2 * _EDGE
        below = field.mapTo(window, QPoint(field.width() - wide, field.height() + 2))
        top = below.y()
        if top + high > window.height():
            top = max(0, field.mapTo(window, QPoint(0, -2)).y() - high)
        self.setGeometry(max(0, min(below.x(), window.width() - wide)), top, wide, high)
