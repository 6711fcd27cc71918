"""Which label or relation type the editor shows, through new names, removals and changes by other programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from annotator.domain.codebook import Codebook


class Named(Protocol):
    """A label, an attribute or a relation type. The id is empty until it is stored."""

    @property
    def name(self) -> str: ...

    @property
    def id(self) -> str: ...


@dataclass(frozen=True)
class Chosen:
    """The label or relation type that the form shows. Its id outlives a new name; `row` is where it stood."""

    relation: bool
    name: str
    id: str = ""
    row: int = 0


def same(one: Named, other: Named) -> bool:
    """Whether two are the same one, perhaps under another name."""
    return one.id == other.id if one.id and other.id else one.name == other.name


def row_of(rows: Sequence[Named], name: str | None) -> int | None:
    """Return where the one of that name stands."""
    return next((at for at, row in enumerate(rows) if row.name == name), None)


def found(codebook: Codebook, chosen: Chosen | None) -> Chosen | None:
    """Find it in the codebook of now: by its id, else by its name."""
    if chosen is None:
        return None
    rows = enumerate(_rows(codebook, relation=chosen.relation))
    return next((Chosen(chosen.relation, row.name, row.id, at) for at, row in rows if same(row, chosen)), None)


def nearest(codebook: Codebook, gone: Chosen | None) -> Chosen | None:
    """Return what stands where something was that is gone; the first label where there was nothing."""
    relation = bool(gone and gone.relation and codebook.relations)
    rows = _rows(codebook, relation=relation)
    if not rows:
        return None
    at = min(gone.row, len(rows) - 1) if gone and relation == gone.relation else 0
    return Chosen(relation, rows[at].name, rows[at].id, at)


def _rows(codebook: Codebook, *, relation: bool) -> Sequence[Named]:
    return codebook.relations if relation else codebook.labels
