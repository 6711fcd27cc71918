"""What was said about an item and its document, the oldest first, and the field for more."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.review import Comment
from annotator.gui import fonts
from annotator.gui.review.message_edit import MessageEdit
from annotator.gui.theme import Theme
from annotator.gui.widgets import paint
from annotator.gui.widgets.buttons import IconButton
from annotator.gui.widgets.panes import SIDE, ground, label
from annotator.gui.widgets.signs import Sign
from annotator.gui.widgets.wording import counted, shown_time

_FEWEST, _FEWEST_SAID = 92, 150  # px: head and field, and two comments
_HEAD = 20
_MOST = 20  # comments shown at once, the newest
_WORDS = 4_000  # code points of a comment that are shown


class CommentRow(QWidget):
    """One comment: sign, author, time and words; a button to delete one's own."""

    deleted = Signal()

    def __init__(self, comment: Comment, sign: str, name: str, theme: Theme, *, own: bool) -> None:
        super().__init__()
        self.comment = comment
        when = shown_time(comment.at).removeprefix("today ")
        about = "" if comment.spans else " · document"
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(_Byline(name, f"{when}{about}", theme), 1)
        self._delete = IconButton("trash", "Delete your comment", theme) if own else None
        if self._delete:
            self._delete.setFixedSize(fonts.px(_HEAD), fonts.px(_HEAD))
            self._delete.clicked.connect(self.deleted)
            head.addWidget(self._delete)
        words = label(comment.text[:_WORDS] + ("…" if len(comment.text) > _WORDS else ""), tone="second")
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAccessibleName(f"{name}, {when}{about}: {comment.text[:_WORDS]}")
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Sign(sign, theme), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)


class _Byline(QWidget):
    """Author and time on one line; the author's name gives way."""

    def __init__(self, name: str, when: str, theme: Theme) -> None:
        super().__init__()
        self._name, self._when, self._theme = name, when, theme
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(fonts.px(_HEAD))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        font, small = fonts.ui(weight=QFont.Weight.Medium), fonts.ui(12)
        time = min(self.width(), round(QFontMetricsF(small).horizontalAdvance(self._when)) + 2)
        name = min(self.width() - time - 6, round(QFontMetricsF(font).horizontalAdvance(self._name)) + 2)
        left = Qt.AlignmentFlag.AlignLeft
        rect = QRectF(0, 0, max(0, name), self.height())
        paint.text_in(painter, rect, self._name, font, self._theme.colour("text"), left)
        rect = QRectF(max(0, name) + 6, 0, time, self.height())
        paint.text_in(painter, rect, self._when, small, self._theme.colour("text3"), left)
        painter.end()


class Conversation(QWidget):
    """`sent` carries a new comment, `deleted` the id of one's own that is to go; `left` says: back to the list."""

    sent = Signal(str)
    deleted = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[object, ...] = ()
        self._comments: Sequence[Comment] = ()
        self._signs: Mapping[str, str] = {}
        self._names: Mapping[str, str] = {}
        self._me, self._all, self._read_only = "", False, False
        self.title = label("Conversation", weight=QFont.Weight.DemiBold)
        self.count = label(tone="third")
        self.field = MessageEdit("Comment", "Comment", "C", theme)
        self.field.sent.connect(self._send)
        self.field.left.connect(self.left)
        self._rows: list[CommentRow] = []
        self._follows = True
        self._lay_out()
        self._fill()

    def set_annotator(self, name: str) -> None:
        """Say whose comments can be deleted here."""
        self._me = name

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def show_comments(
        self, comments: Sequence[Comment], signs: Mapping[str, str], names: Mapping[str, str], *, read_only: bool
    ) -> None:
        """Show these comments; `signs` and `names` say, by annotator, what they are called here."""
        wanted = tuple(comments), dict(signs), dict(names), self._me, read_only
        if wanted != self._shown:
            self._all = self._all and bool(self._shown) and self._shown[0] == wanted[0]
            self._shown = wanted
            self._comments, self._signs, self._names, self._read_only = comments, signs, names, read_only
            self._fill()
        self.field.setVisible(not read_only)

    def rows(self) -> list[CommentRow]:
        """Return the comments as they are shown."""
        return self._rows

    def _send(self, text: str) -> None:
        if text:
            self.field.put("")
            self.sent.emit(text)

    def _fill(self) -> None:
        while (taken := self._list.takeAt(0)) is not None:
            if widget := taken.widget():
                widget.hide()
                widget.deleteLater()
        hidden = 0 if self._all else max(0, len(self._comments) - _MOST)
        if hidden:
            more = QPushButton(f"Show {counted(hidden, 'earlier comment')}")
            more.setProperty("small", True)
            more.clicked.connect(self._show_all)
            self._list.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self._rows = [self._row(comment) for comment in self._comments[hidden:]]
        for row in self._rows:
            self._list.addWidget(row)
        self._list.addStretch(1)
        self.setMinimumHeight(fonts.px(_FEWEST_SAID if self._comments else _FEWEST))
        self.count.setText(f"{len(self._comments):,}" if self._comments else "")
        self.title.setAccessibleName(f"Conversation, {counted(len(self._comments), 'comment')}")
        self._follows = True
        self._to_end()

    def _row(self, comment: Comment) -> CommentRow:
        name = self._names.get(comment.author, comment.author)
        sign = self._signs.get(comment.author, comment.author[:1].upper())
        own = comment.author == self._me and not self._read_only
        row = CommentRow(comment, sign, name, self._theme, own=own)
        row.deleted.connect(lambda key=comment.id: self.deleted.emit(key))
        return row

    def _show_all(self) -> None:
        self._all = True
        self._fill()

    def _to_end(self) -> None:
        """Show the newest comment, until one scrolls oneself."""
        bar = self._scroll.verticalScrollBar()
        if self._follows:
            bar.setValue(bar.maximum())

    def _scrolled(self) -> None:
        self._follows = False

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(SIDE, 12, SIDE, 6)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.count)
        inner = QWidget()
        ground(inner, "panel")
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(SIDE, 4, SIDE, 8)
        self._list.setSpacing(12)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setMinimumHeight(1)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bar = self._scroll.verticalScrollBar()
        bar.rangeChanged.connect(lambda *_: self._to_end())
        bar.actionTriggered.connect(lambda _: self._scrolled())
        self._scroll.setAccessibleName("Comments")
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        foot = QHBoxLayout()
        foot.setContentsMargins(SIDE, 4, SIDE, 12)
        foot.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addLayout(foot)
