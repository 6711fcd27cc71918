"""What an import would bring in, before it does: documents, where their text came from, and what to look at first."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.domain.document import Document
from annotator.errors import AnnotatorError

FIELDS = ("text", "id", "title", "outlet", "author", "published", "language", "url")
"""What a column of a table can be; `text` is the one that must be there."""


class Known(enum.StrEnum):
    """How the encoding of a file came to be known."""

    MARK = "byte-order mark"
    UTF8 = "valid UTF-8"
    NAMED = "named"
    SUGGESTED = "suggested"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read bytes as text: the encoding's name, what people call it, and how the text then begins."""

    encoding: str
    title: str
    beginning: str


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding of a file. One that is only `SUGGESTED` must be confirmed by a person before anything comes in."""

    name: str
    title: str
    how: Known
    others: tuple[Reading, ...] = ()
    """The suggestion first, then what else the bytes can be read as."""

    @property
    def certain(self) -> bool:
        return self.how is not Known.SUGGESTED


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch that differs between two texts: `start` to `end` in the old, `new_start` to `new_end` in the new."""

    start: int
    end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Repair:
    """The text with its mojibake put right, and where it differs; positions are code points, ends exclusive."""

    text: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a file of rows, which of them is which field, and its first rows as they are written.

    Columns that are no field become further metadata (`further`), except those that can't, or never can in our own
    export (`left_out`).
    """

    columns: tuple[str, ...]
    mapping: Mapping[str, str]
    further: tuple[str, ...]
    left_out: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    total: int = 0
    delimiter: str = ""


class Alike(enum.StrEnum):
    """How one text is nearly another."""

    SAME = "nearly the same"
    PART = "part of it"
    WHOLE = "contains it"


@dataclass(frozen=True, slots=True)
class Near:
    """Another document that is nearly the same; `share` (0 to 1) is how much of the smaller of both is in the other."""

    id: str
    heading: str
    how: Alike
    share: float
    in_batch: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """One document that would come in. `key` is its place: the file's path, with a number where there are more in it.

    `same` is the document that has this very text already, in the project or earlier in the import (`same_in_batch`):
    then this one adds nothing. `mojibake` says what a repair would change in the text as it was read; `document`
    describes the text as it will be stored, so after the repair where `repaired`.
    """

    key: str
    path: str
    line: int | None
    document: Document
    text: str
    mojibake: Repair | None = None
    repaired: bool = False
    same: Document | None = None
    same_in_batch: bool = False
    near: tuple[Near, ...] = ()

    @property
    def stored(self) -> str:
        """The text that will be stored."""
        return self.mojibake.text if self.mojibake and self.repaired else self.text


@dataclass(frozen=True, slots=True)
class Refused:
    """A file, or a row of one, that can't come in, and why. `error` carries the exit code."""

    path: str
    line: int | None
    error: AnnotatorError

    @property
    def reason(self) -> str:
        return str(self.error)


@dataclass(frozen=True, slots=True)
class Source:
    """One file of an import: its format, its encoding, its table where it has rows, and what is to be said of it."""

    path: str
    name: str
    format: str
    encoding: Encoding | None = None
    table: Table | None = None
    notes: tuple[str, ...] = ()
    needs: str = ""
    """What a person must say before anything of it comes in: `encoding`, `columns`, or nothing."""
    problem: str = ""
    """Why that must be said, as a sentence without its end."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What was said about an import.

    `encoding` is for files that neither a byte-order mark nor UTF-8 explains; `encodings` (by path) hold whatever the
    bytes look like. `columns` are columns by field, for every table, and `columns_of` for one path; an empty column
    leaves the field out. `repair` repairs mojibake in every document.
    """

    format: str | None = None
    encoding: str | None = None
    encodings: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    columns_of: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    repair: bool = False


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """Everything that an import would do, and everything that it would not."""

    sources: tuple[Source, ...]
    incoming: tuple[Incoming, ...]
    refused: tuple[Refused, ...]
    notes: tuple[str, ...] = ()

    @property
    def new(self) -> tuple[Incoming, ...]:
        """The documents that would be added."""
        return tuple(each for each in self.incoming if each.same is None)

    @property
    def uncertain(self) -> tuple[Source, ...]:
        """The files about which a person must say something first."""
        return tuple(source for source in self.sources if source.needs)

    @property
    def clean(self) -> bool:
        """Whether there is nothing to look at: plain texts of a certain encoding, none refused, damaged or alike."""
        looked_at = self.refused or self.uncertain or any(source.table or source.notes for source in self.sources)
        return not looked_at and not self.notes and not any(each.mojibake or each.near for each in self.incoming)
