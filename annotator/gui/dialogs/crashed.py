"""What is said on a bug: that the work is safe, where the log is, and the traceback for who wants to report it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from annotator.gui import fonts
from annotator.gui.dialogs.frame import Dialog
from annotator.gui.widgets.panes import label


class CrashDialog(Dialog):
    """`text` is the traceback, `log` the file that has it too."""

    def __init__(self, text: str, log: str, parent: QWidget) -> None:
        super().__init__("Something went wrong", parent, other="Go on")
        heading = label("Something went wrong in annotator", 15, QFont.Weight.DemiBold)
        safe = label("Your work is saved up to the last time shown at the bottom. You can go on.")
        where = label(f"What happened is in the log: {log}", 12, tone="second")
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details = QPlainTextEdit(text)
        self.details.setAccessibleName("Details")
        self.details.setReadOnly(True)
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.details.setMinimumHeight(fonts.px(200))
        self.details.hide()
        self.more = QPushButton("Show details")
        self.more.setProperty("small", True)
        self.more.setAutoDefault(False)
        self.more.clicked.connect(self._toggle)
        self.column.setSpacing(8)
        for widget in (heading, safe, where):
            widget.setWordWrap(True)
            self.column.addWidget(widget)
        self.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.details, 1)
        self.main.setFocus()
        self.setMinimumWidth(fonts.px(440))

    def _toggle(self) -> None:
        self.details.setVisible(self.details.isHidden())
        self.more.setText("Show details" if self.details.isHidden() else "Hide details")
        self.adjustSize()
