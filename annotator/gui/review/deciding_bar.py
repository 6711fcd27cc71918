"""The buttons that decide, and the reason that is kept with the decision."""

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.gui.review.message_edit import MessageEdit
from annotator.gui.theme import Theme
from annotator.gui.widgets.buttons import KeyCapButton
from annotator.gui.widgets.panes import SIDE, label

_HINT = "Reason, kept with the decision"


class DecidingBar(QWidget):
    """Accept, edit, nobody is right, defer; while a draft is edited: take it, another label, cancel.

    `reject_asked` also comes with Enter in the field, where a reason had been asked for; `left` says: back to the list.
    """

    accept_asked = Signal()
    edit_asked = Signal()
    reject_asked = Signal()
    defer_asked = Signal()
    take_asked = Signal()
    relabel_asked = Signal()
    cancel_asked = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.accept = _button("Accept", "A", theme, self.accept_asked, main=True)
        self.edit = _button("Edit", "E", theme, self.edit_asked)
        self.reject = _button("Nobody is right", "X", theme, self.reject_asked)
        self.defer = _button("Defer", "S", theme, self.defer_asked)
        self.take = _button("Take it", "↵", theme, self.take_asked, main=True)
        self.cancel = _button("Cancel", "Esc", theme, self.cancel_asked)
        self.relabel = _button("Another label", "L", theme, self.relabel_asked)
        self.problem = label("Say why: whoever did it will read it.", 12, tone="danger")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.reason = MessageEdit("Reason", _HINT, "", theme)
        self.reason.sent.connect(lambda _: self._reason_sent())
        self.reason.left.connect(self._reason_left)
        self.reason.textChanged.connect(lambda: self.problem.hide() if self.reason.typed() else None)
        self._asking = False
        self._lay_out()
        self.show_editing(editing=False)

    def show_choice(self, chosen: int, *, single: bool) -> None:
        """Show which candidate would be taken: its place, -1 for none. `single`: one annotator's work is reviewed."""
        self.accept.set_text(f"Accept {chosen + 1}" if chosen >= 0 and not single else "Accept")
        self.accept.setEnabled(chosen >= 0)
        self.reject.set_text("Reject" if single else "Nobody is right")

    def show_editing(self, *, editing: bool) -> None:
        """Show the buttons for a draft, or those that decide."""
        self._deciding.setVisible(not editing)
        self._editing.setVisible(editing)
        self.stop_asking()

    def ask_reason(self) -> None:
        """Ask, in place, for a reason before what was to be rejected is."""
        self._asking = True
        self.problem.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop_asking(self) -> None:
        """Reject no more with Enter: another item is shown, or it was thought better of."""
        self._asking = False
        self.problem.hide()

    def _reason_sent(self) -> None:
        if self._asking:
            self.reject_asked.emit()
        else:
            self.left.emit()

    def _reason_left(self) -> None:
        self.stop_asking()
        self.left.emit()

    def _lay_out(self) -> None:
        self._deciding = _rows([self.accept, self.edit], [self.reject, self.defer])
        self._editing = _rows([self.take, self.cancel], [self.relabel])
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 0, SIDE, 16)
        column.setSpacing(8)
        for widget in (self._deciding, self._editing, self.reason, self.problem):
            column.addWidget(widget)


def _button(text: str, key: str, theme: Theme, pressed: SignalInstance, *, main: bool = False) -> KeyCapButton:
    button = KeyCapButton(text, key, theme)
    button.setProperty("main", main)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus where it was
    button.clicked.connect(pressed)
    return button


def _rows(*rows: list[KeyCapButton]) -> QWidget:
    """Return buttons in rows; the first of a row is the wider one."""
    widget = QWidget()
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    for buttons in rows:
        row = QHBoxLayout()
        row.setSpacing(8)
        for place, button in enumerate(buttons):
            row.addWidget(button, 5 if place == 0 else 4)
        column.addLayout(row)
    return widget
