"""A box to choose one entry of a filter from, which gives way in a narrow panel and can be filled anew."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QSizePolicy


def choice_box(name: str) -> QComboBox:
    """Return an empty box of this spoken name."""
    made = QComboBox()
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(6)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


def refill(choice: QComboBox, entries: Sequence[tuple[str, object]]) -> None:
    """Offer other entries, each (words, what they stand for); what was chosen stays chosen, if it is still there."""
    chosen = choice.currentData()
    if [(choice.itemText(n), choice.itemData(n)) for n in range(choice.count())] == list(entries):
        return
    choice.blockSignals(True)
    choice.clear()
    for text, data in entries:
        choice.addItem(text, data)
    choice.setCurrentIndex(next((n for n, (_, data) in enumerate(entries) if data == chosen), 0))
    choice.blockSignals(False)
