"""The guideline one key away: what a label and its attributes mean, in a small frame near the text."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from annotator.domain.attributes import NO, YES
from annotator.domain.codebook import AttributeKind, AttributeType, Codebook, Label
from annotator.gui import fonts
from annotator.gui.theme import LabelStyle, Theme
from annotator.gui.widgets import paint
from annotator.gui.widgets.panes import label as words
from annotator.gui.widgets.panes import rule
from annotator.gui.widgets.popup import Popup

NOT_WRITTEN = "No guideline is written yet."

_WIDTH = 420
_HIGHEST = 480
_SIDE = 16
_CHIP = 18
_KINDS = {AttributeKind.TEXT: "text", AttributeKind.NUMBER: "a number", AttributeKind.YES_NO: f"{YES} or {NO}"}


class GuidelinePopup(Popup):
    """Closes with Escape, G or a click; arrows scroll."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column.addWidget(self.area)
        self.setFixedWidth(fonts.px(_WIDTH))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def open_with(self, codebook: Codebook, labels: Sequence[Label], place: QPoint, *, above: int = 0) -> None:
        """Open at `place` (global) with the guidelines of these labels and of their attributes."""
        content = _content(codebook, labels, self._theme)
        self.area.setWidget(content)
        self.area.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        layout = content.layout()
        wanted = layout.totalHeightForWidth(self.width() - 2) if layout else 0
        self.area.setFixedHeight(min(wanted, fonts.px(_HIGHEST)))
        self.setAccessibleName(f"Guideline of {labels[0].name}" if len(labels) == 1 else "Guidelines")
        self.open_at(place, above=above)
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def texts(self) -> list[str]:
        """Return what is to be read, from top to bottom."""
        return [found.text() for found in self.area.findChildren(QLabel)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.area.verticalScrollBar()
        line, page = fonts.px(20), self.area.height() - fonts.px(20)
        steps = {
            Qt.Key.Key_Up: -line,
            Qt.Key.Key_Down: line,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Space: page,
        }
        if event.key() == Qt.Key.Key_G:
            self.close()
        elif step := steps.get(Qt.Key(event.key())):
            bar.setValue(bar.value() + step)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.close()


class _Chip(QWidget):
    """A label's letter."""

    def __init__(self, style: LabelStyle) -> None:
        super().__init__()
        self._style = style
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(_CHIP), fonts.px(_CHIP))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.letter_chip(painter, QRectF(self.rect()), self._style)
        painter.end()


def _content(codebook: Codebook, labels: Sequence[Label], theme: Theme) -> QWidget:
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(0, 0, 0, _SIDE)
    column.setSpacing(0)
    for number, label in enumerate(labels):
        if number:
            column.addSpacing(_SIDE)
            column.addWidget(rule())
        column.addLayout(_of_label(label, codebook.attributes_of(label.name), theme.label_style(label)))
    column.addStretch(1)
    return content


def _of_label(label: Label, attributes: Sequence[AttributeType], style: LabelStyle) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(_SIDE, 14, _SIDE, 0)
    column.setSpacing(8)
    head = QHBoxLayout()
    head.setSpacing(10)
    head.addWidget(_Chip(style), 0, Qt.AlignmentFlag.AlignTop)
    head.addWidget(_wrapped(label.name, weight=QFont.Weight.DemiBold), 1)
    column.addLayout(head)
    column.addWidget(_wrapped(label.guideline, tone="") if label.guideline else _wrapped(NOT_WRITTEN, tone="third"))
    for kind in attributes:
        column.addSpacing(4)
        column.addLayout(_of_attribute(kind))
    return column


def _of_attribute(kind: AttributeType) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    name = f"{kind.name} (required)" if kind.required else kind.name
    column.addWidget(_wrapped(name, weight=QFont.Weight.Medium))
    column.addWidget(_wrapped(_KINDS.get(kind.kind) or " · ".join(kind.options), size=12, tone="third"))
    if kind.guideline:
        column.addWidget(_wrapped(kind.guideline, tone="second"))
    return column


def _wrapped(
    text: str, *, size: float = fonts.BASE, weight: QFont.Weight = QFont.Weight.Normal, tone: str = ""
) -> QLabel:
    made = words(text, size, weight, tone)
    made.setWordWrap(True)
    return made
