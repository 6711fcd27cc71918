"""The list of an item's candidates: one of them is the one that would be taken."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QCursor, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QSizePolicy

from annotator.domain.codebook import Codebook
from annotator.gui import fonts
from annotator.gui.review.card_delegate import CARD_ROLE, CardDelegate
from annotator.gui.review.cards import Card
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.widgets.wording import plain_tooltip

_FEWEST = 120  # px that the list keeps where there is little room
_TIP = 500  # code points of a candidate's words in its tooltip
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class CardsModel(QAbstractListModel):
    """The cards, put anew as a whole."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cards: list[Card] = []

    def set_cards(self, cards: Sequence[Card]) -> None:
        self.beginResetModel()
        self.cards = list(cards)
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        card = self.cards[index.row()]
        if role == CARD_ROLE:
            return card
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return card.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{', '.join(card.names)}\n“{card.whole[:_TIP]}”")
        return None


class CandidatesList(QListView):
    """As high as its cards, if there is room, else it scrolls.

    `pointed` carries the place of the card under the pointer, else of the chosen one, -1 for none; `taken` the place of
    the one that Enter was pressed on.
    """

    pointed = Signal(int)
    taken = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Candidates")
        self.cards = CardsModel(self)
        self.setModel(self.cards)
        self._codebook, self._said = Codebook(()), -1
        self._pointer = QCursor.pos()  # where it rests it points at nothing, whatever comes to lie under it
        self._delegate = CardDelegate(self, theme, LabelStyles((), theme))
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        self.selectionModel().selectionChanged.connect(lambda: self._point(self.chosen()))

    def show_cards(self, cards: Sequence[Card], chosen: int | None) -> None:
        """Show these candidates with one of them chosen, or none; the same again stay where they are."""
        self._said = -1 if chosen is None else chosen
        self._pointer = QCursor.pos()
        if list(cards) != self.cards.cards:
            self.cards.set_cards(cards)
            self.scrollToTop()
            self.updateGeometry()
        self.choose(chosen)

    def choose(self, place: int | None) -> None:
        """Choose the card at a place, or none."""
        if place is None:
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        elif place != self.chosen():
            self.setCurrentIndex(self.cards.index(place))

    def chosen(self) -> int:
        """Return the place of the chosen card, -1 for none."""
        rows = self.selectionModel().selectedRows()
        return rows[0].row() if rows else -1

    def set_codebook(self, codebook: Codebook, theme: Theme) -> None:
        """Take the labels that cards are painted with."""
        self._codebook = codebook
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self._delegate.styles = LabelStyles(self._codebook, theme)
        self.viewport().update()

    def set_sans(self, sans: bool) -> None:
        """Take the interface font for the words, for readers who chose it for the text."""
        self._delegate.sans = sans
        self._lay_out_anew()

    def keyboardSearch(self, _text: str) -> None:
        """No search by typing: letters and figures are the window's keys."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Called by Qt. Enter takes the chosen candidate."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen() >= 0:
            self.taken.emit(self.chosen())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        super().mouseMoveEvent(event)
        if event.globalPosition().toPoint() != self._pointer:
            self._pointer = event.globalPosition().toPoint()
            under = self.indexAt(event.position().toPoint())
            self._point(under.row() if under.isValid() else self.chosen())

    def leaveEvent(self, event: QEvent) -> None:
        """Called by Qt."""
        super().leaveEvent(event)
        self._point(self.chosen())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt. Another width breaks the words otherwise."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out_anew()

    def sizeHint(self) -> QSize:
        """Called by Qt."""
        high = sum(self._delegate.height(card, self.width()) for card in self.cards.cards)
        return QSize(fonts.px(280), high)

    def minimumSizeHint(self) -> QSize:
        """Called by Qt."""
        return QSize(0, min(fonts.px(_FEWEST), self.sizeHint().height()))

    def _lay_out_anew(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()

    def _point(self, place: int) -> None:
        if place != self._said:
            self._said = place
            self.pointed.emit(place)
