"""What the window's own dialogs share: margins, and a row of buttons of which one is the main one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.gui import fonts


class Dialog(QDialog):
    """A column of content in `column`, the buttons below. Enter presses the main button, Escape the other one.

    `danger` is the text of a third button, apart from the others, that gives the result DANGER; `extra` that of another
    way to go on, beside the main one, that gives EXTRA.
    """

    DANGER = 2
    EXTRA = 3

    def __init__(
        self,
        title: str,
        parent: QWidget,
        *,
        main: str = "",
        other: str = "Cancel",
        danger: str = "",
        extra: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column = QVBoxLayout()
        self.column.setSpacing(fonts.px(16))
        self.main = _button(main or other)
        self.main.clicked.connect(self.accept if main else self.reject)
        self.main.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        if danger:
            away = _button(danger)
            away.setProperty("danger", True)
            away.clicked.connect(lambda: self.done(self.DANGER))
            row.addWidget(away)
        row.addStretch(1)
        if main:
            self.main.setProperty("main", True)
            refuse = _button(other)
            refuse.clicked.connect(self.reject)
            row.addWidget(refuse)
        if extra:
            second = _button(extra)
            second.clicked.connect(lambda: self.done(self.EXTRA))
            row.addWidget(second)
        row.addWidget(self.main)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 20)
        whole.setSpacing(fonts.px(20))
        whole.addLayout(self.column, 1)
        whole.addLayout(row)


def _button(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setMinimumWidth(fonts.px(80))
    button.setAutoDefault(False)
    return button
