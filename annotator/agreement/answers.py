"""What a process that measures is asked, and what it answers: see `apart`."""

from dataclasses import dataclass

from annotator.agreement.figure import Figure

ALL = ""
"""The scope of figures over all documents of a request; others have a document's id."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to measure. `documents` are packed (see `apart.pack`), `annotators` in the order of the figures.

    `gold` are documents packed with their gold, against which each of those `reviewed` is measured; `codebook` the
    labels, each with its figures besides those of all labels together. `attributes` are (label, name), `relations`
    names of types.
    """

    documents: tuple[bytes, ...]
    measure: str
    codebook: tuple[str, ...]
    annotators: tuple[str, ...]
    gold: tuple[bytes, ...] = ()
    reviewed: tuple[str, ...] = ()
    gold_name: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    relations: tuple[str, ...] = ()
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure, over all documents or of the one whose id is `scope`."""

    scope: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Matched:
    """Agreement of a pair on what it says of spans that both have: an attribute's values, or a type's relations.

    `value` is the share of matched spans with the same values, or the F1 of the relations; `kappa` is of attributes
    alone. `alike` of `matched` spans, or of the relations that either drew, are the same.
    """

    what: str
    label: str
    annotators: tuple[str, str]
    value: float | None
    kappa: float | None
    matched: int
    alike: int


@dataclass(frozen=True, slots=True)
class Alignments:
    """How many alignments of the gamma that is being computed are done."""

    alignments: int


Answer = Measured | Matched | Alignments
