"""What can be chosen where an entity is asked for: suggestions for some words, the others, a new one; and its rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.entity import Entity
from annotator.domain.entity_match import EntityBook, Reason, Suggestion
from annotator.domain.entity_rules import as_name, find, key
from annotator.errors import BadArgument
from annotator.gui import fonts, icons
from annotator.gui.annotate.documents_delegate import row_state
from annotator.gui.theme import Theme
from annotator.gui.widgets import paint
from annotator.gui.widgets.wording import plain_tooltip

ROW = 30
_MOST_SUGGESTED = 5
_MOST = 200  # rows: who has more entities types some letters
_LONGEST_NEW = 100  # code points of a span's words that are offered as a name
_CHOICE_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

_WHY = {Reason.FORM: "for these words before", Reason.ACRONYM: "short form", Reason.WORDS: "similar"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: an entity's name with why it is there, or a name for a new one; an empty name is no entity."""

    name: str
    why: str = ""
    new: bool = False

    @property
    def text(self) -> str:
        if self.new:
            return f"New entity “{self.name}”"
        return self.name or "No entity"


def for_words(book: EntityBook, words: str, *, stored: str = "", may_add: bool = True) -> list[Choice]:
    """Return what a span of these words may be, the likeliest first, then every other entity."""
    suggested = book.suggest(words)[:_MOST_SUGGESTED] if words else []
    found = [_suggested(each) for each in suggested]
    if may_add and len(words) <= _LONGEST_NEW:
        found += _new(book, words)
    named = {choice.name for choice in found}
    found += [Choice(each.name) for each in book.entities if each.name not in named]
    return found[:_MOST] + ([Choice("")] if stored else [])


def for_typed(book: EntityBook, typed: str, *, may_add: bool = True) -> list[Choice]:
    """Return what one who has typed this much may want."""
    found = [
        Choice(each.entity.name, "" if each.reason is Reason.NAME else f"also “{each.by}”")
        for each in book.typed(typed)
    ]
    exact = find(book.entities, typed)
    found.sort(key=lambda choice: exact is None or choice.name != exact.name)
    return found[:_MOST] + (_new(book, typed) if may_add else [])


def best(book: EntityBook, words: str) -> tuple[Entity, bool] | None:
    """Return the entity that is offered for these words with one key, and whether it is certain."""
    if certain := book.certain(words):
        return certain, True
    found = book.suggest(words)
    good = [each for each in found if each.reason <= Reason.ACRONYM]
    return (good[0].entity, False) if len(good) == 1 else None


def _suggested(each: Suggestion) -> Choice:
    called = f"also “{each.by}”" if key(each.by) != key(each.entity.name) else ""
    return Choice(each.entity.name, _WHY.get(each.reason, called))


def _new(book: EntityBook, text: str) -> list[Choice]:
    try:
        name = as_name(text)
    except BadArgument:
        return []
    return [] if find(book.entities, name) else [Choice(name, new=True)]


class ChoicesModel(QAbstractListModel):
    """The rows."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.choices: list[Choice] = []

    def show_choices(self, choices: Sequence[Choice]) -> None:
        self.beginResetModel()
        self.choices = list(choices)
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.choices)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        choice = self.choices[index.row()]
        if role == _CHOICE_ROLE:
            return choice
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return choice.text
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return choice.why
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{choice.text}, {choice.why}" if choice.why else choice.text)
        return None


class ChoicesDelegate(QStyledItemDelegate):
    """Paints a name with its reason at the right; a new one with a plus."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, fonts.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        choice: Choice = index.data(_CHOICE_ROLE)
        row = QRectF(option.rect)
        state = replace(row_state(option), active=True)  # the field has the focus, the row is the one Enter takes
        paint.row_ground(painter, row.adjusted(4, 0, -4, 0), self.theme, state)
        left, right = row.left() + 14, row.right() - 12
        if choice.new:
            size = fonts.px(14)
            mark = QRectF(left, row.top() + (row.height() - size) // 2, size, size)
            icons.paint(painter, mark, "plus", self.theme.colour("icon"))
            left += size + 6
        align = Qt.AlignmentFlag
        if choice.why:
            font = fonts.ui(11)
            wide = min(QFontMetricsF(font).horizontalAdvance(choice.why) + 1, (right - left) / 2)
            why = QRectF(right - wide, row.top(), wide, row.height())
            paint.text_in(painter, why, choice.why, font, self.theme.colour("text3"), align.AlignRight)
            right -= wide + 10
        weight = QFont.Weight.Normal if choice.new or not choice.name else QFont.Weight.Medium
        ink = self.theme.colour("text" if choice.name else "text2")
        paint.text_in(
            painter,
            QRectF(left, row.top(), right - left, row.height()),
            choice.text,
            fonts.ui(12, weight),
            ink,
            align.AlignLeft,
        )
