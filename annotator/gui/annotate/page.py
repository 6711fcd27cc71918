"""The middle of the window: whose text this is, notices, and the text."""

from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.document import DocumentStatus, State
from annotator.gui import fonts
from annotator.gui.actions import Actions
from annotator.gui.text.view import TextView
from annotator.gui.theme import Theme
from annotator.gui.widgets.banner import Banner
from annotator.gui.widgets.buttons import IconButton, KeyCapButton
from annotator.gui.widgets.elided import Elided
from annotator.gui.widgets.over import Over
from annotator.gui.widgets.panes import EmptyState, ground, label, rule
from annotator.gui.widgets.wording import shown_date

_IMPORT = "Import documents…"
_TITLE = 400  # px of a long title that must be seen beside outlet and date


class Page(QWidget):
    """Head, banner and text of the open document; an empty state where there is none."""

    def __init__(self, actions: Actions, theme: Theme) -> None:
        super().__init__()
        ground(self, "surface")
        self._actions = actions
        self.text = TextView()
        bar = (
            self.text.verticalScrollBar()
        )  # always there, so that lines don't break anew; unseen where all is in sight
        bar.rangeChanged.connect(lambda low, high: bar.setEnabled(high > low))
        self.banner = Banner(theme)
        self.empty = EmptyState(
            "No documents yet",
            "Drop texts, tables (CSV, JSONL) or folders here,\nor paste a text with Ctrl+Shift+V.",
            _IMPORT,
            middle=True,
        )
        self.empty.pressed.connect(actions["import"].trigger)
        self._title = Elided(QFont.Weight.DemiBold)
        self._source = label(size=12, tone="third")
        self.note = IconButton.of(actions["document_note"], theme)
        self.done = KeyCapButton("Mark done", "Ctrl ↵", theme)
        self.done.clicked.connect(actions["done"].trigger)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head(theme))
        self._rule = rule()
        column.addWidget(self._rule)
        column.addWidget(self.banner)
        self.body = Over()
        self.body.column.addWidget(self.text, 1)
        self.body.column.addWidget(self.empty, 1)
        column.addWidget(self.body, 1)
        self.show_status(None)

    def put_above_text(self, bar: QWidget) -> None:
        """Lay a bar over the text, below head and notices."""
        self.body.column.insertWidget(0, bar)

    def show_status(self, status: DocumentStatus | None) -> None:
        """Show the head of a document, or that there is none."""
        self.text.setVisible(status is not None)
        self.empty.setVisible(status is None)
        self._head_widget.setVisible(status is not None)
        self._rule.setVisible(status is not None)
        if status is None:
            return
        self._title.set_text(status.document.heading)
        self._source.setText(f"{status.document.outlet or 'no outlet'} · {shown_date(status.document.published)}")
        self.note.setVisible(bool(status.document.note))
        self.done.set_text("Done" if status.state is State.DONE else "Mark done")
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Where the head is narrow the title needs the room more than outlet and date."""
        margins, gap = self._row.contentsMargins(), self._row.spacing()
        room = self.width() - margins.left() - margins.right() - self._buttons.sizeHint().width() - 3 * gap
        left = room - self._source.sizeHint().width()
        self._source.setVisible(left >= min(self._title.sizeHint().width(), fonts.px(_TITLE)))

    def _head(self, theme: Theme) -> QWidget:
        self._head_widget = QWidget()
        self._head_widget.setFixedHeight(fonts.px(48))
        self._buttons = QWidget()
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(8)
        for name in ("previous_document", "next_document"):
            buttons.addWidget(IconButton.of(self._actions[name], theme, self._buttons))
        buttons.addSpacing(4)
        buttons.addWidget(self.done)
        self._row = QHBoxLayout(self._head_widget)
        self._row.setContentsMargins(24, 0, 16, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._title)
        self._row.addWidget(self._source)
        self._row.addWidget(self.note)
        self._row.addStretch(1)
        self._row.addWidget(self._buttons)
        return self._head_widget
