"""The left side of Analyse: its sections, whose work counts, in which documents, and the button that exports."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.gui import fonts, icons
from annotator.gui.theme import Theme
from annotator.gui.widgets import paint
from annotator.gui.widgets.choice_model import ChoiceModel, offer_many
from annotator.gui.widgets.panes import SIDE, PaneHeader, ground, label, rule
from annotator.gui.widgets.segments import Segments
from annotator.gui.widgets.wording import plain_tooltip

OVERVIEW, LABELS, AGREEMENT = "Overview", "Labels", "Agreement"
_SECTIONS = ((OVERVIEW, "overview"), (LABELS, "bars"), (AGREEMENT, "people"))
GOLD, ANNOTATORS = "Gold", "Annotators"
_NO_GOLD = "Nothing has been decided in Review yet"
_NAME_LENGTH = 40


class _Section(QAbstractButton):
    """A row with an icon, of which one is on."""

    def __init__(self, name: str, icon: str, theme: Theme) -> None:
        super().__init__()
        self._icon, self._theme = icon, theme
        self.setText(name)
        self.setAccessibleName(f"Section {name}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Called by Qt."""
        return QSize(fonts.px(180), fonts.px(32))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt. Enter presses, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        painter, rect = QPainter(self), QRectF(self.rect())
        state = paint.RowState(
            hover=self.underMouse(), pressed=self.isDown(), chosen=self.isChecked(), focused=self.hasFocus()
        )
        ground_ = rect.adjusted(6, 0, -6, 0)
        paint.row_ground(painter, ground_, self._theme, state)
        if state.chosen:
            paint.row_bar(painter, ground_, self._theme)
        size = fonts.px(icons.SIZE)
        icon = QRectF(SIDE + 2, round((rect.height() - size) / 2), size, size)
        icons.paint(painter, icon, self._icon, self._theme.colour("text" if state.chosen else "icon"))
        font = fonts.ui(13, QFont.Weight.Medium if state.chosen else QFont.Weight.Normal)
        tone = self._theme.colour("text" if state.chosen else "text2")
        words = rect.adjusted(icon.right() + 10, 0, -SIDE, 0)
        paint.text_in(painter, words, self.text(), font, tone, Qt.AlignmentFlag.AlignLeft)
        painter.end()


class Side(QWidget):
    """Shows what it is told; each signal carries what was chosen."""

    section_chosen = Signal(str)
    annotator_ticked = Signal(str, bool)
    source_chosen = Signal(str)
    stop_asked = Signal()
    document_chosen = Signal(str)
    """The id, empty for all."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        ground(self, "panel")
        self._theme = theme
        self._names: list[str] | None = None  # it isn't known yet who has worked here
        self.sections = {name: _Section(name, icon, theme) for name, icon in _SECTIONS}
        group = QButtonGroup(self)
        for name, button in self.sections.items():
            group.addButton(button)
            # Assistive technology toggles a button that can be on or off, and doesn't click it.
            button.toggled.connect(lambda on, name=name: self.section_chosen.emit(name) if on else None)
        self.boxes: dict[str, QCheckBox] = {}
        self._people = QVBoxLayout()
        self._people.setSpacing(0)
        self.source = Segments((GOLD, ANNOTATORS), theme)
        self.source.setAccessibleName("Counts from")
        self.source.pressed_option.connect(self.source_chosen)
        self.documents = QComboBox()
        self.documents.setAccessibleName("Documents looked at")
        self._offered = ChoiceModel(self)
        offer_many(self.documents, self._offered)
        self.documents.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.documents.setMinimumContentsLength(8)
        self.documents.activated.connect(lambda at: self.document_chosen.emit(self.documents.itemData(at)))
        self.export = QPushButton(" Export figures")  # the blank keeps it off the icon
        self.export.setAccessibleName("Export figures")
        self.export.setProperty("main", True)
        self.export.setAutoDefault(False)
        self._lay_out(theme)
        self.set_theme(theme)
        self.show_section(OVERVIEW)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.export.setIcon(icons.icon("export", theme, "on-accent"))

    def show_people(self, names: Sequence[str], left_out: Iterable[str]) -> None:
        """Show a check box an annotator."""
        if list(names) != self._names:
            self._names = list(names)
            for box in self.boxes.values():
                self._people.removeWidget(box)
                box.deleteLater()
            self.boxes = {name: self._box(name) for name in names}
            self._nobody.setVisible(not names)
        out = set(left_out)
        for name, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(name not in out)
            box.blockSignals(False)

    def show_source(self, source: str, *, has_gold: bool) -> None:
        self.source.set_option(source)
        gold = self.source.segments[0]
        gold.setEnabled(has_gold)
        gold.setToolTip("" if has_gold else _NO_GOLD)

    def show_documents(self, choices: list[tuple[str, object]], chosen: str) -> None:
        """Offer all documents, or one of them: words and id of each, the id of all being empty."""
        self.documents.blockSignals(True)
        self._offered.offer(choices)
        self.documents.blockSignals(False)
        if self.documents.currentData() != chosen:
            self.documents.setCurrentIndex(self._offered.row_of(chosen))
        self.documents.setToolTip(plain_tooltip(self.documents.currentText()))

    def show_reading(self, said: str) -> None:
        """Say how far reading is, beside a button that stops it; empty when it is over."""
        self._said.setText(said)
        self._reading.setVisible(bool(said))

    def show_section(self, name: str) -> None:
        self.sections[name].setChecked(True)

    def _reading_line(self) -> QWidget:
        self._reading, self._said = QWidget(), label(size=12, tone="second")
        self._said.setWordWrap(True)
        stop = QPushButton("Stop")
        stop.setProperty("small", True)
        stop.setAccessibleName("Stop reading")
        stop.clicked.connect(self.stop_asked)
        row = QHBoxLayout(self._reading)
        row.setContentsMargins(0, 0, 0, 8)
        row.setSpacing(8)
        row.addWidget(self._said, 1)
        row.addWidget(stop)
        self._reading.hide()
        return self._reading

    def _box(self, name: str) -> QCheckBox:
        box = QCheckBox(_without_mnemonic(name))
        box.setAccessibleName(name)
        box.setToolTip(plain_tooltip(name))
        box.toggled.connect(lambda on: self.annotator_ticked.emit(name, on))
        self._people.addWidget(box)
        return box

    def _lay_out(self, theme: Theme) -> None:
        content = QWidget()
        ground(content, "panel")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(0)
        for button in self.sections.values():
            column.addWidget(button)
        column.addSpacing(12)
        column.addWidget(rule())
        self._nobody = label("Nobody has worked here yet.", 12, tone="third")
        self._nobody.setWordWrap(True)
        self._nobody.hide()
        self._people.addWidget(self._nobody)
        groups = (("Annotators", self._people), ("Counts from", self.source), ("Documents", self.documents))
        for title, part in groups:
            inside = QVBoxLayout()
            inside.setContentsMargins(SIDE, 16, SIDE, 0)
            inside.setSpacing(6)
            inside.addWidget(label(title, 11, QFont.Weight.DemiBold, tone="third"))
            if isinstance(part, QWidget):
                inside.addWidget(part)
            else:
                inside.addLayout(part)
            column.addLayout(inside)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(PaneHeader("Analyse", theme, spoken="Figures of the project"))
        whole.addWidget(area, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(SIDE, 8, SIDE, 14)
        foot.addWidget(self._reading_line())
        foot.addWidget(self.export)
        whole.addLayout(foot)
        self.setMinimumWidth(fonts.px(220))
        self.setMaximumWidth(fonts.px(400))


def _without_mnemonic(name: str) -> str:
    short = name if len(name) <= _NAME_LENGTH else f"{name[: _NAME_LENGTH - 1]}…"
    return short.replace("&", "&&")
