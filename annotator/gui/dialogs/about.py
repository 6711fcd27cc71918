"""What the program is, and which project is open."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

import annotator
from annotator.gui import fonts, icons
from annotator.gui.dialogs.frame import Dialog
from annotator.gui.widgets.panes import label

_LICENCE = "Software: MIT licence. The sample texts belong to their authors and are given for research."


class AboutDialog(Dialog):
    """The icon beside name, version, purpose, licence; below, where the project lies."""

    def __init__(self, project: Path | None, parent: QWidget) -> None:
        super().__init__("About annotator", parent, other="Close")
        size = fonts.px(48)
        icon = QLabel()
        icon.setFixedSize(QSize(size, size))
        icon.setPixmap(icons.application_icon().pixmap(QSize(size, size), parent.devicePixelRatioF()))
        name = label(f"annotator {annotator.__version__}", 15, QFont.Weight.DemiBold)
        purpose = label("Open articles, tag spans, take a labelled dataset away.")
        licence = label(_LICENCE, 12, tone="second")
        where = label(f"Project: {project or 'none open'}", 12, tone="second")
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words = QVBoxLayout()
        words.setSpacing(8)
        for widget in (name, purpose, licence, where):
            widget.setWordWrap(True)
            words.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(fonts.px(16))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.column.addLayout(row)
        self.setFixedWidth(fonts.px(440))
