"""The middle of the codebook editor: head with what can be done to the chosen label, notices, and its form."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from annotator.gui import fonts
from annotator.gui.codebook.form_grid import Form
from annotator.gui.codebook.label_form import LabelForm
from annotator.gui.codebook.relation_form import RelationForm
from annotator.gui.codebook.requests import CodebookRequests
from annotator.gui.theme import Theme
from annotator.gui.widgets.banner import Banner
from annotator.gui.widgets.buttons import KeyCapButton
from annotator.gui.widgets.panes import ground, label, rule

_SIDE = 32


class CloseButton(KeyCapButton):
    """`Close`, with its key."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Close", "Esc", theme)


class Middle(QWidget):
    """Shows one of the two forms; what the buttons are pressed for, the editor knows."""

    merge_pressed = Signal()
    delete_pressed = Signal()

    def __init__(self, requests: CodebookRequests, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, "surface")
        self.banner = Banner(theme, self)
        self.title = label(size=15, weight=QFont.Weight.DemiBold)
        self.count = label(size=12, tone="third")
        for part in (self.title, self.count):
            part.setMinimumWidth(1)  # gives way before the buttons do
        self.merge = QPushButton("Merge into…")
        self.delete = QPushButton("Delete…")
        self.close_button = CloseButton(theme)
        self.label_form = LabelForm(requests, theme)
        self.relation_form = RelationForm(requests, theme)
        self._areas = QStackedWidget()
        self._name = ""
        self._lay_out()
        self.merge.clicked.connect(lambda: self.merge_pressed.emit())
        self.delete.clicked.connect(lambda: self.delete_pressed.emit())
        for form in (self.label_form, self.relation_form):
            form.edited.connect(self.banner.clear)

    def form(self) -> Form:
        """The form that is shown."""
        return self.label_form if self._areas.currentIndex() == 0 else self.relation_form

    def show_form(self, form: Form, name: str, count: str) -> None:
        """Show a form, with that name and count above it."""
        self._areas.setCurrentIndex(0 if form is self.label_form else 1)
        self.merge.setVisible(form is self.label_form and self.merge.isEnabled())
        self._name = name
        self.count.setText(count)
        self._elide()

    def set_read_only(self, read_only: bool) -> None:
        self.merge.setEnabled(not read_only)
        self.delete.setVisible(not read_only)
        self.label_form.set_read_only(read_only)
        self.relation_form.set_read_only(read_only)

    def focus_name(self, *, select: bool) -> None:
        """Put the caret into the name."""
        field = self.label_form.name if self.form() is self.label_form else self.relation_form.name
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if select:
            field.selectAll()

    def resizeEvent(self, _event: object) -> None:
        self._elide()

    def _elide(self) -> None:
        """The name in full where there is room; the count gives way first."""
        self._head.activate()
        metrics = self.title.fontMetrics()
        buttons = sum(
            b.sizeHint().width() + 8 for b in (self.merge, self.delete, self.close_button) if not b.isHidden()
        )
        room = self.width() - 2 * _SIDE - buttons - 24
        wide = metrics.horizontalAdvance(self._name) + 4
        self.count.setVisible(wide + 12 + self.count.sizeHint().width() <= room)
        self.title.setMaximumWidth(max(40, min(wide, room)))
        self.title.setText(metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, max(40, room)))
        self.title.setAccessibleName(self._name)

    def _lay_out(self) -> None:
        head = QWidget()
        head.setFixedHeight(fonts.px(48))
        self._head = row = QHBoxLayout(head)
        row.setContentsMargins(_SIDE, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addSpacing(4)
        row.addWidget(self.count)
        row.addStretch(1)
        self.delete.setProperty("danger", True)
        for button in (self.merge, self.delete):
            button.setProperty("flat", True)
            button.setAutoDefault(False)
            button.setAccessibleName(button.text().removesuffix("…"))
            row.addWidget(button)
        row.addWidget(self.close_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(rule())
        whole.addWidget(self.banner)
        whole.addWidget(self._areas, 1)
        for form in (self.label_form, self.relation_form):
            area = QScrollArea()
            area.setWidget(form)
            area.setWidgetResizable(True)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            ground(form, "surface")
            self._areas.addWidget(area)
