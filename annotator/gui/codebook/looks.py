"""The right side of the codebook editor: how a label looks in either theme, its contrast, what clashes."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from annotator.domain.codebook import Codebook, Label
from annotator.gui import colour as colours
from annotator.gui import fonts, icons
from annotator.gui.codebook import sheets
from annotator.gui.codebook.choices import same_letter, same_look
from annotator.gui.codebook.sample import Sample
from annotator.gui.theme import Theme
from annotator.gui.widgets.panes import SIDE, ground, label, rule

_MEASURES = (("Text on the tint", 7.0), ("Line on the tint", 3.0), ("Text of the chip", 4.5))


class ThemeSwitch(QWidget):
    """Light or Dark, for the preview alone."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.light, self.dark = QRadioButton("Light"), QRadioButton("Dark")
        for button, end in ((self.light, "left"), (self.dark, "right")):
            button.setProperty("end", end)
            button.setAccessibleName(f"{button.text()} preview")
            row.addWidget(button)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.setStyleSheet(sheets.segment(theme))


class Looks(QWidget):
    """360 px: head with the switch, the sample, the figures, the warnings."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, "panel")
        self._theme = theme
        self._label: Label | None = None
        self._codebook = Codebook(())
        self._picked = False
        self.switch = ThemeSwitch(theme)
        self.sample = Sample(theme)
        self.head_row = QHBoxLayout()
        self._figures: list[tuple[QLabel, QLabel]] = []
        self.warnings = [label(), label()]
        self._marks = [QLabel(), QLabel()]
        self._body = QWidget()
        self._lay_out()
        self.switch.light.clicked.connect(self._pick)
        self.switch.dark.clicked.connect(self._pick)
        self.set_theme(theme)

    def show_label(self, shown: Label | None, codebook: Codebook) -> None:
        """Show how a label looks; None for nothing to show."""
        self._label, self._codebook = shown, codebook
        self._body.setVisible(shown is not None)
        self.switch.setEnabled(shown is not None)
        if shown is not None:
            others = [each for each in codebook if each.name != shown.name]
            wanted = "policy recommendation" if shown.name == "actor" else "actor"
            other = next((each for each in others if each.name == wanted), others[0] if others else None)
            self.sample.set_labels(shown, other)
            self._show()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        if not self._picked:
            (self.switch.dark if theme.dark else self.switch.light).setChecked(True)
        self._show()

    def _pick(self) -> None:
        self._picked = True
        self._show()

    def _show(self) -> None:
        if self._label is None:
            return
        theme = Theme.load("dark" if self.switch.dark.isChecked() else "light")
        self.sample.show_in(theme)
        style = theme.label_style(self._label)
        ratios = (
            colours.contrast(theme.colour("text"), style.tint),
            colours.contrast(style.line, style.tint),
            colours.contrast(style.chip_text, style.strong),
        )
        for (mark, figure), (name, needed), ratio in zip(self._figures, _MEASURES, ratios, strict=True):
            enough = ratio >= needed
            figure.setText(f"{ratio:.1f}")
            figure.setAccessibleName(f"{name}: {ratio:.1f}, needs {needed:g}, {'enough' if enough else 'too little'}")
            self._mark(mark, "check" if enough else "warning", "ok" if enough else "warn")
        self._warn()

    def _warn(self) -> None:
        shown = self._label
        if shown is None:
            return
        letters, looks = same_letter(self._codebook, shown), same_look(self._codebook, shown)
        texts = (
            f"The letter {shown.letter} is also that of {_listed(letters)}." if letters else "",
            f"Colour and line are also those of {_listed(looks)}." if looks else "",
        )
        for widget, mark, text in zip(self.warnings, self._marks, texts, strict=True):
            widget.setText(text)
            widget.setVisible(bool(text))
            mark.setVisible(bool(text))
            self._mark(mark, "warning", "warn")

    def _mark(self, place: QLabel, icon: str, token: str) -> None:
        place.setPixmap(icons.pixmap(icon, self._theme.colour(token), fonts.px(16), self.devicePixelRatioF()))

    def _lay_out(self) -> None:
        head = QWidget()
        head.setFixedHeight(fonts.px(48))
        head.setLayout(self.head_row)
        self.head_row.setContentsMargins(SIDE, 0, SIDE, 0)
        self.head_row.setSpacing(10)
        self.head_row.addWidget(label("How it looks", weight=QFont.Weight.DemiBold))
        self.head_row.addStretch(1)
        self.head_row.addWidget(self.switch)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        for part in (self.sample, rule()):
            body.addWidget(part)
        below = QVBoxLayout()
        below.setContentsMargins(SIDE, 16, SIDE, 16)
        below.setSpacing(10)
        below.addWidget(label("Contrast", weight=QFont.Weight.DemiBold))
        below.addLayout(self._make_figures())
        below.addSpacing(6)
        for mark, text in zip(self._marks, self.warnings, strict=True):
            text.setWordWrap(True)
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(text, 1)
            below.addLayout(row)
        body.addLayout(below)
        body.addStretch(1)
        area = QScrollArea()
        area.setWidget(self._body)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground(self._body, "panel")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for widget in (head, rule()):
            whole.addWidget(widget)
        whole.addWidget(area, 1)
        self.setMinimumWidth(fonts.px(300))
        self.setMaximumWidth(fonts.px(460))

    def _make_figures(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (name, needed) in enumerate(_MEASURES):
            mark, figure = QLabel(), label()
            figure.setFont(fonts.tabular(fonts.ui(13)))
            grid.addWidget(mark, row, 0)
            grid.addWidget(label(name, tone="second"), row, 1)
            grid.addWidget(figure, row, 2, Qt.AlignmentFlag.AlignRight)
            needs = label(f"needs {needed:g}", 12, tone="third")
            needs.setMinimumWidth(fonts.px(72))
            grid.addWidget(needs, row, 3)
            needs.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._figures.append((mark, figure))
        return grid


def _listed(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
