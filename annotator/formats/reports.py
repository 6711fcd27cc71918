"""What an import or export did, and what a format could not carry."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.document import Document

if TYPE_CHECKING:
    from annotator.domain.incoming import Refused


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of thing that was left out, `count` times. `sentence` says it in plain words, with the number."""

    what: str
    count: int
    sentence: str


@dataclass(frozen=True, slots=True)
class LossReport:
    """What the format of this name could not carry; empty (and false) when nothing was lost."""

    format: str
    losses: tuple[Loss, ...] = ()

    def __iter__(self) -> Iterator[Loss]:
        return iter(self.losses)

    def __len__(self) -> int:
        return len(self.losses)

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(loss.sentence for loss in self.losses)


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote. `files` has the data first; it is empty when the data went to a stream."""

    documents: int
    spans: int
    files: tuple[Path, ...]
    losses: LossReport
    relations: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import added, and which documents were there already (found by the hash of their text).

    `refused` were left out because that was asked for; `repaired` counts texts whose mojibake was put right.
    """

    added: tuple[Document, ...]
    present: tuple[Document, ...]
    notes: tuple[str, ...] = ()
    refused: "tuple[Refused, ...]" = ()
    repaired: int = 0
