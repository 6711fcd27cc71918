"""Work that comes back from elsewhere: what a file holds, and what taking it in would do."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.domain.codebook import Codebook
from annotator.domain.codebook_merge import Entry
from annotator.domain.document import Document, State
from annotator.domain.incoming import Refused
from annotator.domain.relation import Relation
from annotator.domain.review import Comment
from annotator.domain.span import Span


@dataclass(frozen=True, slots=True)
class GivenState:
    """The state that an annotator gave a document, and when: empty where the file doesn't say."""

    annotator: str
    state: State
    at: str = ""


@dataclass(frozen=True, slots=True)
class WrittenNote:
    """The note that an annotator wrote on a document, and when."""

    annotator: str
    at: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """What an annotator deleted in a file, when, and of which document there."""

    annotator: str
    document: str
    at: str


@dataclass(frozen=True, slots=True)
class WorkDocument:
    """One document of a file with everybody's work on it, by the names that annotators and labels have there.

    `modified` of a span, and `touched` of a relation by its id, are when it came to be as it is. `line` is that of the
    file, where it has lines.
    """

    document: Document
    text: str
    states: tuple[GivenState, ...] = ()
    spans: tuple[Span, ...] = ()
    relations: tuple[Relation, ...] = ()
    touched: Mapping[str, str] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()
    note: WrittenNote | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """A file of work as it was read.

    The deleted are by id; a file without a history has none. `newest` is when the last thing in it was done.
    """

    path: str
    kind: str
    documents: tuple[WorkDocument, ...]
    codebook: Codebook
    deleted_spans: Mapping[str, Deleted] = field(default_factory=dict)
    deleted_relations: Mapping[str, Deleted] = field(default_factory=dict)
    deleted_comments: Mapping[str, Deleted] = field(default_factory=dict)
    newest: str = ""
    origin: str = ""
    """The id of the project from which it was handed out, where it was."""
    refused: tuple[Refused, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Tally:
    """How much of one kind is new, changed, deleted, the same; `kept` was left as it is here, being newer."""

    new: int = 0
    changed: int = 0
    deleted: int = 0
    same: int = 0
    kept: int = 0

    @property
    def taken(self) -> int:
        """How much of it is another after taking it."""
        return self.new + self.changed + self.deleted


@dataclass(slots=True)
class WorkRow:
    """One annotator's work on one document: what of it comes in. `state` is the new one, None where it stays."""

    annotator: str
    document: str
    heading: str
    spans: Tally = field(default_factory=Tally)
    relations: Tally = field(default_factory=Tally)
    comments: Tally = field(default_factory=Tally)
    state: State | None = None
    note: bool = False

    @property
    def taken(self) -> bool:
        """Whether anything of it comes in."""
        counts = self.spans.taken + self.relations.taken + self.comments.taken
        return bool(counts or self.state is not None or self.note)

    @property
    def kept(self) -> int:
        """How much is newer here than in the file, and stays."""
        return self.spans.kept + self.relations.kept + self.comments.kept


@dataclass(frozen=True, slots=True)
class WorkPreview:
    """What taking a file in does, or would do.

    `documents` are those that are added, `codebook` what the codebook lacked; `refused` can't come in, with the
    reasons; `notes` are sentences about the rest. `plan` is the project's own: what carries it out as it
    is, where nothing was changed meanwhile.
    """

    work: Work
    rows: tuple[WorkRow, ...]
    documents: tuple[Document, ...] = ()
    codebook: tuple[Entry, ...] = ()
    refused: tuple[Refused, ...] = ()
    notes: tuple[str, ...] = ()
    plan: object = field(default=None, compare=False, repr=False)

    @property
    def path(self) -> str:
        return self.work.path

    @property
    def kind(self) -> str:
        """`project` or `jsonl`."""
        return self.work.kind

    @property
    def empty(self) -> bool:
        """Whether nothing of it is new here."""
        return not self.documents and not self.codebook and not any(row.taken for row in self.rows)

    @property
    def older(self) -> int:
        """How much of it is older than what is here, which therefore stays."""
        return sum(row.kept for row in self.rows)

    @property
    def annotators(self) -> tuple[str, ...]:
        """Those whose work comes in, sorted."""
        return tuple(sorted({row.annotator for row in self.rows if row.taken}))
