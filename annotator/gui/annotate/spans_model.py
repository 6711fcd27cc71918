"""A document's spans in text order as Qt's views want them; made for 100,000 of them."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.domain.attributes import missing
from annotator.domain.codebook import Codebook
from annotator.domain.span import Span, in_text_order, text_order
from annotator.domain.text import first_words
from annotator.gui.text.tips import tip

SPAN_ROLE = Qt.ItemDataRole.UserRole
LACKS_ROLE = Qt.ItemDataRole.UserRole + 1
"""The names of the required attributes that have no value."""

_SHOWN = 120  # code points of a span's words that a row is given
_SPOKEN = 60
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


def spoken(span: Span) -> str:
    """Return what assistive technology reads for a span: `claim: “the first words…”`."""
    return f"{span.label}: “{first_words(span.text, _SPOKEN)}”"


def details(span: Span) -> str:
    """Return a span's attributes and note in words: `kind: causal, stance: opposes, note: Scare quotes?`."""
    said = [f"{each.name}: {', '.join(each.values)}" for each in span.attributes]
    return ", ".join([*said, *([f"note: {first_words(span.note, _SHOWN)}"] if span.note else [])])


def row_data(span: Span, role: int, lacks: tuple[str, ...] = ()) -> object:
    """Return what a list row of a span has for a role; `lacks` names the attributes that need a value."""
    said = f"lacks a value: {', '.join(lacks)}" if lacks else ""
    if role == LACKS_ROLE:
        return lacks
    if role == SPAN_ROLE:
        return span
    if role == Qt.ItemDataRole.DisplayRole:
        return first_words(span.text, _SHOWN)
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return spoken(span)
    if role == Qt.ItemDataRole.AccessibleDescriptionRole:
        return ", ".join(filter(None, (said, details(span))))
    if role == Qt.ItemDataRole.ToolTipRole:
        return tip([span], span.start, said)
    return None


class SpansModel(QAbstractListModel):
    """Spans by id, and in text order those whose label the filter leaves. One change moves one row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._by_id: dict[str, Span] = {}
        self._shown: list[Span] = []
        self._only: str | None = None
        self._codebook = Codebook(())

    def set_codebook(self, codebook: Codebook) -> None:
        """Take the codebook, which says what values spans need."""
        self._codebook = codebook
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    @property
    def only(self) -> str | None:
        """The label that is shown alone, None for all."""
        return self._only

    def set_spans(self, spans: Iterable[Span]) -> None:
        """Show these spans in place of all others."""
        self._by_id = {span.id: span for span in spans}
        self._rebuild()

    def add_spans(self, spans: Sequence[Span]) -> None:
        """Add a slice; one in text order after all that is there keeps the rows in place."""
        new = {span.id: span for span in spans}
        for key in new.keys() & self._by_id.keys():
            del new[key]
        self._by_id |= new
        shown = [*new.values()] if self._only is None else [span for span in new.values() if self._passes(span)]
        if not shown:
            return
        if not in_text_order([*self._shown[-1:], *shown]):
            self._rebuild()
            return
        self.beginInsertRows(QModelIndex(), len(self._shown), len(self._shown) + len(shown) - 1)
        self._shown += shown
        self.endInsertRows()

    def put(self, span: Span) -> None:
        """Add a span, or take its new state."""
        row = self.row_of(span.id)
        self._by_id[span.id] = span
        if row >= 0 and self._passes(span) and self._stays(row, span):
            self._shown[row] = span
            self.dataChanged.emit(self.index(row), self.index(row))
            return
        if row >= 0:
            self._drop(row)
        if self._passes(span):
            row = self._place(span)
            self.beginInsertRows(QModelIndex(), row, row)
            self._shown.insert(row, span)
            self.endInsertRows()

    def remove(self, span_id: str) -> None:
        """Take a span away; one that isn't there is no error."""
        row = self.row_of(span_id)
        self._by_id.pop(span_id, None)
        if row >= 0:
            self._drop(row)

    def show_only(self, label: str | None) -> None:
        """Show the spans of one label, or of all with None."""
        if label != self._only:
            self._only = label
            self._rebuild()

    def row_of(self, span_id: str | None) -> int:
        """Return the row where a span is shown, -1 if it isn't."""
        span = self._by_id.get(span_id) if span_id is not None else None
        if span is None or not self._passes(span):
            return -1
        return self._place(span)

    def span_at(self, row: int) -> Span:
        return self._shown[row]

    def total(self) -> int:
        """Return the number of spans, shown or not."""
        return len(self._by_id)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        span = self._shown[index.row()]
        asks = role in (LACKS_ROLE, Qt.ItemDataRole.AccessibleDescriptionRole, Qt.ItemDataRole.ToolTipRole)
        lacks = missing(self._codebook.attributes_of(span.label), span.attributes) if asks else ()
        return row_data(span, role, lacks)

    def _stays(self, row: int, span: Span) -> bool:
        """Whether a span belongs where `row` is, between the rows beside it."""
        key, beside = text_order(span), [text_order(shown) for shown in self._shown[max(0, row - 1) : row + 2]]
        return (row == 0 or beside[0] < key) and (row == len(self._shown) - 1 or key < beside[-1])

    def _place(self, span: Span) -> int:
        return bisect_left(self._shown, text_order(span), key=text_order)

    def _passes(self, span: Span) -> bool:
        return self._only is None or span.label == self._only

    def _drop(self, row: int) -> None:
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._shown[row]
        self.endRemoveRows()

    def _rebuild(self) -> None:
        self.beginResetModel()
        self._shown = sorted((s for s in self._by_id.values() if self._passes(s)), key=text_order)
        self.endResetModel()


class FewSpans(QAbstractListModel):
    """A handful of spans that stay as they are: those under one click."""

    def __init__(self, spans: Sequence[Span], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.spans = list(spans)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.spans)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return row_data(self.spans[index.row()], role) if index.isValid() else None
