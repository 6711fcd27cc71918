"""Choosing the encoding of a file: what is likely first, everything else below; nothing is taken unless confirmed."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from annotator.domain.incoming import Known, Source
from annotator.gui import fonts
from annotator.gui.widgets.panes import label

_HOW = {
    Known.MARK: "by its byte-order mark",
    Known.UTF8: "valid UTF-8",
    Known.NAMED: "as you chose",
    Known.SUGGESTED: "only likely",
}


class EncodingRow(QWidget):
    """`chosen` carries the encoding of the file shown; `chosen_for_all` one for every file that asks for one."""

    chosen = Signal(str)
    chosen_for_all = Signal(str)

    def __init__(self, encodings: Mapping[str, str]) -> None:
        super().__init__()
        self._encodings = dict(encodings)
        self.box = QComboBox()
        self.box.setAccessibleName("Encoding")
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(18)
        self.box.setMaxVisibleItems(16)
        self.box.activated.connect(lambda _: self.chosen.emit(self.box.currentData()))
        self.how = label(size=12, tone="third")
        self.use = self._button("Use this encoding", self.chosen)
        self.use_for_all = self._button("", self.chosen_for_all)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(fonts.px(8))
        row.addWidget(label("Encoding", tone="second"))
        row.addWidget(self.box, 1)
        row.addWidget(self.how)
        row.addWidget(self.use)
        row.addWidget(self.use_for_all)

    def show_source(self, source: Source, asking: int) -> None:
        """Show how a file is read; `asking` files ask for an encoding, this one perhaps among them."""
        encoding = source.encoding
        self.setVisible(encoding is not None)
        if encoding is None:
            return
        self.box.clear()
        likely = {each.encoding: each.title for each in encoding.others} or {encoding.name: encoding.title}
        for name, title in likely.items():
            self.box.addItem(title, name)
        self.box.insertSeparator(self.box.count())
        for name, title in self._encodings.items():
            if name not in likely:
                self.box.addItem(title, name)
        self.box.setCurrentIndex(self.box.findData(encoding.name))
        self.box.setEnabled(encoding.how is not Known.MARK)
        self.how.setText(_HOW[encoding.how])
        self.how.setVisible(encoding.certain)
        self.use.setVisible(not encoding.certain)
        self.use_for_all.setVisible(not encoding.certain and asking > 1)
        self.use_for_all.setText(f"Use it for all {asking}")

    def _button(self, text: str, signal: SignalInstance) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("small", True)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: signal.emit(self.box.currentData()))
        return button
