"""The ten pairs of colour and line to choose from, and a label's own colour as an eleventh."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QGuiApplication, QIcon, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from annotator.domain.codebook import Label
from annotator.gui import fonts, icons
from annotator.gui.codebook.choices import PAIRS
from annotator.gui.theme import LabelStyle, Theme
from annotator.gui.widgets import paint

_WIDE, _HIGH, _RING = 46, 38, 3  # px of a swatch, and how much smaller its box is inside the focus ring


LINE_ICON = (26, 16)
"""Width and height (px) of the sample of a line."""


class Swatch(QRadioButton):
    """One colour with its line. It is on while the label has it; a press only asks."""

    left = Signal()

    def __init__(self, label: Label, spoken: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.label = label
        self._theme = theme
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def nextCheckState(self) -> None:
        """Called by Qt on a press: it's the stored label that says which is on."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # the row's
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        QWidget.focusInEvent(self, event)  # a button's own would change where Tab stops

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def hitButton(self, point: object) -> bool:  # noqa: ARG002 - all of it
        return True

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(_WIDE), fonts.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(fonts.px(32), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        style = self._theme.label_style(self.label)
        inset = _RING if self.hasFocus() else 0
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        hot = self.underMouse() and self.isEnabled()
        paint.box(painter, box, 6, style.strong if hot else style.tint, None)
        if self.isChecked():
            paint.box(painter, box, 5, None, self._theme.colour("accent"), 2)
            self._paint_tick(painter, box)
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()), self._theme, 7)
        font = fonts.reading_font(fonts.px(17))
        font.setItalic(True)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text"))
        wide = QFontMetricsF(font).horizontalAdvance("Aa")
        painter.drawText(QPointF(round(box.center().x() - wide / 2), round(self.height() * 0.54)), "Aa")
        line = QRectF(box.center().x() - fonts.px(13), self.height() - fonts.px(12), fonts.px(26), 4)
        paint.line_form(painter, line, style)
        painter.end()

    def _paint_tick(self, painter: QPainter, box: QRectF) -> None:
        """Draw a tick in the corner: the ring alone would be taken for the focus."""
        size = fonts.px(13)
        place = QRectF(box.right() - size + 1, box.top(), size, size)
        paint.box(painter, place, 4, self._theme.colour("accent"), None)
        inside = place.adjusted(2, 2, -2, -2)
        icons.paint(painter, inside, "check", self._theme.colour("on-accent"))


class SwatchRow(QWidget):
    """`picked` carries the colour and the line form. The arrow keys go from one to the next, Space takes it."""

    picked = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Colour and line")
        self._swatches = [
            Swatch(Label(pair.name, "A", pair.colour, pair.form), pair.spoken, theme, self) for pair in PAIRS
        ]
        own = Label("own", "A", "#808080", PAIRS[0].form)
        self._own = Swatch(own, "own colour", theme, self)
        self._own.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        for swatch in (*self._swatches, self._own):
            swatch.clicked.connect(lambda _checked=False, one=swatch: self._pressed(one))
            swatch.left.connect(self._stop_at_chosen)
            row.addWidget(swatch)
        row.addStretch(1)

    def set_stored(self, label: Label) -> None:
        """Show which pair the label has; a colour or a combination of its own stands at the end."""
        chosen = self._own
        for swatch in self._swatches:
            same = swatch.label.colour == label.colour.upper() and swatch.label.line_form is label.line_form
            chosen = swatch if same else chosen
        own = chosen is self._own
        if own:
            self._own.label = label
            self._own.setAccessibleName(f"own colour {label.colour}, {label.line_form}")
            self._own.setToolTip(self._own.accessibleName())
            self._own.update()
        elif self._own.hasFocus():
            chosen.setFocus()
        self._own.setVisible(own)
        for swatch in (*self._swatches, self._own):
            swatch.setChecked(swatch is chosen)
        self._stop_at_chosen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt with what a swatch lets through."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(
            Qt.Key(event.key()), 0
        )
        shown = [swatch for swatch in (*self._swatches, self._own) if not swatch.isHidden()]
        focused = next((at for at, swatch in enumerate(shown) if swatch.hasFocus()), None)
        if step and focused is not None:
            wanted = shown[(focused + step) % len(shown)]
            wanted.setFocus(Qt.FocusReason.TabFocusReason)
            self._stop_at(wanted)
            return
        super().keyPressEvent(event)

    def _stop_at_chosen(self) -> None:
        self._stop_at(next((each for each in self._swatches if each.isChecked()), self._own))

    def _stop_at(self, stop: Swatch) -> None:
        """Let Tab stop at one swatch only: the arrow keys reach the others."""
        for swatch in (*self._swatches, self._own):
            policy = Qt.FocusPolicy.StrongFocus if swatch is stop else Qt.FocusPolicy.ClickFocus
            swatch.setFocusPolicy(policy)

    def _pressed(self, swatch: Swatch) -> None:
        if not swatch.isChecked():
            self.picked.emit(swatch.label.colour, swatch.label.line_form)


def line_icon(style: LabelStyle) -> QIcon:
    """Return a sample of a label's line, for lists of line forms."""
    ratio = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    wide, high = (fonts.px(measure) for measure in LINE_ICON)
    picture = QPixmap(round(wide * ratio), round(high * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint.line_form(painter, QRectF(0, 0, wide, high), style)
    painter.end()
    return QIcon(picture)
