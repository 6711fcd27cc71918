"""The bottom of the window: when the project was last saved, who annotates, and where in the project one is."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from annotator.gui import fonts, icons
from annotator.gui.theme import Theme
from annotator.gui.widgets.key import Key
from annotator.gui.widgets.panes import ground, label, rule
from annotator.gui.widgets.wording import counted

_HINT_MS = 5_000
_ROOMY = 1100  # px from which on there is room for a mode's keys


class Foot(QWidget):
    """28 px of plain facts. "Keys" gives `keys_asked`, "Cancel", while something takes its time, `cancel_asked`."""

    keys_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, "window")
        self._theme = theme
        self._icon_name: str | None = None
        self._icon = QLabel()
        self._icon.setFixedSize(QSize(fonts.px(14), fonts.px(16)))
        self.saved = label(size=12, tone="third")
        self.saved.setAccessibleName("No project open")
        self._stated: tuple[str, str | None, str] = ("", None, "third")
        self.bar, self.cancel = _work_bar(), _cancel_button()
        self.cancel.clicked.connect(self.cancel_asked)
        self.annotator, self.spans, self.document, self.zoom = (label(size=12, tone="third") for _ in range(4))
        self.hint = label(size=12, tone="second")
        self.hint.setMinimumWidth(0)
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._hint_over = QTimer(self)
        self._hint_over.setSingleShot(True)
        self._hint_over.setInterval(_HINT_MS)
        self._hint_over.timeout.connect(self.hint.clear)
        self._mode_keys = QWidget()
        self._mode_row = QHBoxLayout(self._mode_keys)
        self._mode_row.setContentsMargins(0, 0, 0, 0)
        self._mode_row.setSpacing(6)
        self._shown_keys: tuple[tuple[str, tuple[str, ...]], ...] = ()
        self._keys = _keys_button(theme)
        self._keys.clicked.connect(self.keys_asked)
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(0)
        row.addWidget(self._icon)
        row.addSpacing(5)
        row.addWidget(self.saved)
        row.addSpacing(8)
        row.addWidget(self.bar)
        row.addWidget(self.cancel)
        row.addSpacing(16)
        row.addWidget(self.annotator)
        row.addSpacing(24)
        row.addWidget(self.hint, 1)
        for widget in (self._mode_keys, self.spans, self.document, self.zoom, self._keys):
            row.addSpacing(20)
            row.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(rule())
        whole.addLayout(row, 1)
        self.setFixedHeight(fonts.px(28))
        self.set_no_project()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._show_icon()

    def set_no_project(self) -> None:
        self._say("No project open", None, "third")
        for widget in (self.annotator, self.spans, self.document, self.zoom):
            widget.clear()

    def set_opening(self) -> None:
        """Say that what is shown is still being opened."""
        self._say("Opening…", None, "third")

    def set_saved(self, clock: str | None) -> None:
        """Say that everything is saved, since `clock` ("14:03:22", local time); None where nothing was changed yet."""
        self._say(f"Saved {clock}" if clock else "All changes saved", "check", "third")

    def set_unsaved(self, text: str = "Not saved: retrying") -> None:
        """Warn that the last change has not reached the file."""
        self._say(text, "warning", "warn")

    def show_working(self, words: str, share: float) -> None:
        """Say what takes its time and how much of it is done, 0 to 1, and let it be cancelled, until `end_working`.

        Not while something is not saved, which is worse news.
        """
        if self._stated[2] == "warn":
            return
        self._show(words, None, "second")
        self.bar.setValue(round(100 * share))
        self.bar.show()
        self.cancel.show()

    def end_working(self) -> None:
        """Say what there was to say meanwhile, or before."""
        self.bar.hide()
        self.cancel.hide()
        self._show(*self._stated)

    def set_annotator(self, name: str, role: str = "") -> None:
        self.annotator.setText(f"{role}: {name}" if role else name)
        self.annotator.setToolTip("Whose decisions these are" if role else "Whose spans these are")

    def set_spans(self, number: int | None) -> None:
        self.spans.setText("" if number is None else counted(number, "span"))
        self.spans.setVisible(number is not None)

    def set_mode_keys(self, keys: tuple[tuple[str, tuple[str, ...]], ...] = ()) -> None:
        """Show what a mode is mostly done with: words, and the keys for them."""
        if keys == self._shown_keys:
            return
        self._shown_keys = keys
        while (taken := self._mode_row.takeAt(0)) is not None:
            if widget := taken.widget():
                widget.hide()
                widget.deleteLater()
        for words, caps in keys:
            self._mode_row.addSpacing(10 if self._mode_row.count() else 0)
            self._mode_row.addWidget(label(words, 12, tone="third"))
            for cap in caps:
                self._mode_row.addWidget(Key(cap, self._theme))
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """In a narrow window what a mode is done with stands on the key sheet alone."""
        self._mode_keys.setVisible(bool(self._shown_keys) and self.width() >= fonts.px(_ROOMY))

    def set_document(self, place: int, of: int, done: int = 0) -> None:
        """Show `Document 1 of 5 · 2 done`; nothing where there are no documents."""
        progress = f" · {'all' if done == of else f'{done:,}'} done" if done else ""
        self.document.setText(f"Document {place:,} of {of:,}{progress}" if of else "")

    def show_place(self, text: str) -> None:
        """Say something else of where one is: no spans are counted, and no document is open."""
        self.spans.clear()
        self.document.setText(text)

    def set_zoom(self, percent: int) -> None:
        self.zoom.setText(f"{percent} %")

    def show_hint(self, text: str) -> None:
        """Say for a few seconds what to do; an empty text takes that back."""
        self.hint.setText(text)
        self._hint_over.start()

    def keep_hint(self, text: str) -> None:
        """Say what to do until something else is said; an empty text takes that back."""
        self.hint.setText(text)
        self._hint_over.stop()

    def _say(self, text: str, icon: str | None, tone: str) -> None:
        self._stated = text, icon, tone
        if self.cancel.isHidden():
            self._show(text, icon, tone)
        elif tone == "warn":
            self.end_working()

    def _show(self, text: str, icon: str | None, tone: str) -> None:
        if self.saved.text() == text:
            return
        self.saved.setText(text)
        self.saved.setAccessibleName(text)
        if self.saved.property("tone") != tone:
            self.saved.setProperty("tone", tone)
            self.saved.style().polish(self.saved)
        self._icon_name = icon
        self._show_icon()

    def _show_icon(self) -> None:
        self._icon.setVisible(self._icon_name is not None)
        if self._icon_name:
            tone = self._theme.colour("warn" if self._icon_name == "warning" else "icon")
            self._icon.setPixmap(icons.pixmap(self._icon_name, tone, fonts.px(13), self.devicePixelRatioF()))


def _work_bar() -> QProgressBar:
    bar = QProgressBar()
    bar.setRange(0, 100)
    bar.setTextVisible(False)
    bar.setAccessibleName("How much is done")
    bar.setFixedSize(fonts.px(96), 4)
    bar.hide()
    return bar


def _cancel_button() -> QPushButton:
    button = QPushButton("Cancel")
    button.setAccessibleName("Cancel what is under way")
    button.setToolTip("Nothing will be changed")
    button.setObjectName("cancel_work")
    button.setProperty("flat", True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.hide()
    return button


def _keys_button(theme: Theme) -> QPushButton:
    button = QPushButton()
    button.setAccessibleName("Keys")
    button.setToolTip("Every key on one sheet (F1)")
    button.setObjectName("keys_button")
    button.setProperty("flat", True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    row = QHBoxLayout(button)
    row.setContentsMargins(6, 0, 6, 0)
    row.setSpacing(6)
    for widget in (label("Keys", 12, tone="third"), Key("F1", theme)):
        widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(widget)
    button.setFixedSize(row.sizeHint().width(), fonts.px(25))
    return button
