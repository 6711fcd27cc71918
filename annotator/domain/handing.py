"""Handing documents out to one annotator, in a project file of their own."""

from dataclasses import dataclass
from pathlib import Path

from annotator.domain.document import Document


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What went into a file for one annotator: the documents, and the work of theirs that was there already.

    `left_out` counts spans of theirs without a place in the text since that was corrected. `replaced` is the file that
    was there before, under its new name.
    """

    path: Path
    annotator: str
    documents: tuple[Document, ...]
    spans: int
    relations: int
    left_out: int = 0
    replaced: Path | None = None


@dataclass(frozen=True, slots=True)
class HandedBack:
    """What went into a file for the annotator whose work was reviewed: see HandedOut; and what was said of it."""

    path: Path
    annotator: str
    documents: tuple[Document, ...]
    spans: int
    decisions: int
    comments: int
    left_out: int = 0
    replaced: Path | None = None
