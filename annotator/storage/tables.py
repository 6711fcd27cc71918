"""The tables of a project. A change here needs a migration in `migrations/versions`, and SCHEMA_VERSION one higher.

Every row that two people can change has `version` (counts its writes, only grows) and `change` (the number of the
change that left it as it is; 0 for what the project was made with).
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, MetaData, Table, UniqueConstraint
from sqlalchemy import text as sql

from annotator.storage.types import Count, Identifier, Json, Name, Offset, Sha256, Text, Time

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _table(name: str, *parts: Column[str] | Column[int] | CheckConstraint | UniqueConstraint | Index) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True)


_UNPLACED = sql("text_sha256 is not null")


def _tracked() -> tuple[Column[int], Column[int]]:
    return Column("version", Count, nullable=False), Column("change", Count, nullable=False)


project = _table(
    "project",
    Column("key", Name, primary_key=True),
    Column("value", Text, nullable=False),
)

annotator = _table(
    "annotator",
    Column("id", Identifier, primary_key=True),
    Column("name", Name, nullable=False, unique=True),
    CheckConstraint("name <> ''", name="named"),
)

GOLD_ID = "gold"
"""The annotator whose spans and relations are the gold layer: nobody, and so in nobody's counts or figures."""

text = _table(
    "text",  # immutable: no change copies a text, and undoing an import leaves it for the redo
    Column("sha256", Sha256, primary_key=True),
    Column("content", Text, nullable=False),
    Column("length", Offset, nullable=False),
)

document = _table(
    "document",
    Column("id", Identifier, primary_key=True),
    Column("position", Count, nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("author", Text),
    Column("published", Text),
    Column("language", Text),
    Column("url", Text),
    Column("source_file", Text),
    Column("source_sha256", Sha256),
    Column("text_sha256", Sha256, ForeignKey("text.sha256"), nullable=False),
    Column("created", Time, nullable=False),
    Column("note", Text),
    *_tracked(),
    Column("fields", Json),  # further metadata: [[name, value], …]; null for none
    Index(None, "text_sha256"),
    Index(None, "position"),
)

label = _table(
    "label",
    Column("id", Identifier, primary_key=True),
    Column("position", Count, nullable=False),
    Column("name", Name, nullable=False, unique=True),
    Column("letter", Text, nullable=False),
    Column("colour", Text, nullable=False),
    Column("line_form", Text, nullable=False),
    Column("key", Count),
    Column("guideline", Text, nullable=False),
    Column("parent", Identifier, ForeignKey("label.id", deferrable=True, initially="DEFERRED")),
    *_tracked(),
    CheckConstraint("name <> ''", name="named"),
    CheckConstraint("key between 1 and 9", name="key"),
    CheckConstraint("line_form in ('solid', 'double', 'thick', 'dash', 'dash-dot')", name="line_form"),
)

attribute_type = _table(
    "attribute_type",
    Column("id", Identifier, primary_key=True),
    Column("label", Identifier, ForeignKey("label.id"), nullable=False),
    Column("position", Count, nullable=False),
    Column("name", Name, nullable=False),
    Column("kind", Text, nullable=False),
    Column("options", Json, nullable=False),  # a list of texts
    Column("required", Count, nullable=False),  # 0 or 1
    Column("guideline", Text, nullable=False),
    *_tracked(),
    UniqueConstraint("label", "name"),
    CheckConstraint("name <> ''", name="named"),
    CheckConstraint("required in (0, 1)", name="required"),
    CheckConstraint("kind in ('choice', 'choices', 'text', 'number', 'yes/no', 'entity')", name="kind"),
)

relation_type = _table(
    "relation_type",
    Column("id", Identifier, primary_key=True),
    Column("position", Count, nullable=False),
    Column("name", Name, nullable=False, unique=True),
    Column("sources", Json, nullable=False),  # a list of label ids; empty is any
    Column("targets", Json, nullable=False),
    Column("guideline", Text, nullable=False),
    *_tracked(),
    CheckConstraint("name <> ''", name="named"),
)

entity = _table(
    "entity",
    Column("id", Identifier, primary_key=True),
    Column("name", Name, nullable=False, unique=True),
    Column("aliases", Json, nullable=False),  # a list of texts
    Column("note", Text),
    *_tracked(),
    CheckConstraint("name <> ''", name="named"),
)

span = _table(
    "span",
    Column("id", Identifier, primary_key=True),
    Column("document", Identifier, ForeignKey("document.id"), nullable=False),
    Column("annotator", Identifier, ForeignKey("annotator.id"), nullable=False),
    Column("label", Identifier, ForeignKey("label.id"), nullable=False),
    Column("start", Offset, nullable=False),
    Column("end", Offset, nullable=False),
    Column("fragments", Json),  # [[start, end], …] where there is more than one, else null: start and end say it
    Column("text", Text, nullable=False),
    Column("note", Text),
    Column("attributes", Json),  # values by the attribute type's id: {id: [value, …]} (of entities: ids); null for none
    Column("created", Time, nullable=False),
    Column("modified", Time, nullable=False),
    *_tracked(),
    # The older text that start, end and fragments are of, where a correction left the span without a place in the
    # document's text; null for every span that has its place.
    Column("text_sha256", Sha256, ForeignKey("text.sha256")),
    CheckConstraint('0 <= start and start < "end"', name="offsets"),
    Index(None, "document", "annotator", "start"),
    Index(None, "label"),
    Index(None, "annotator"),
    Index(None, "text_sha256", sqlite_where=_UNPLACED),
)

relation = _table(
    "relation",
    Column("id", Identifier, primary_key=True),
    Column("document", Identifier, ForeignKey("document.id"), nullable=False),  # both spans lie in it
    Column("annotator", Identifier, ForeignKey("annotator.id"), nullable=False),
    Column("type", Identifier, ForeignKey("relation_type.id"), nullable=False),
    Column("source", Identifier, ForeignKey("span.id"), nullable=False),
    Column("target", Identifier, ForeignKey("span.id"), nullable=False),
    Column("created", Time, nullable=False),
    *_tracked(),
    UniqueConstraint("source", "target", "type", "annotator"),
    CheckConstraint("source <> target", name="ends"),
    Index(None, "document", "annotator"),
    Index(None, "target"),
    Index(None, "type"),
    Index(None, "annotator"),
)

revision = _table(
    "revision",  # an earlier text of a document; the document's row has the one that holds now
    Column("id", Identifier, primary_key=True),
    Column("document", Identifier, ForeignKey("document.id"), nullable=False),
    Column("number", Count, nullable=False),  # from 1, the text that was imported
    Column("text_sha256", Sha256, ForeignKey("text.sha256"), nullable=False),
    Column("annotator", Identifier, ForeignKey("annotator.id"), nullable=False),  # who corrected it
    Column("until", Time, nullable=False),  # when
    *_tracked(),
    UniqueConstraint("document", "number"),
    CheckConstraint("number > 0", name="number"),
    Index(None, "annotator"),
    Index(None, "text_sha256"),
)

document_state = _table(
    "document_state",
    Column("id", Identifier, primary_key=True),
    Column("document", Identifier, ForeignKey("document.id"), nullable=False),
    Column("annotator", Identifier, ForeignKey("annotator.id"), nullable=False),
    Column("state", Text, nullable=False),
    *_tracked(),
    UniqueConstraint("document", "annotator"),
    Index(None, "annotator"),
    CheckConstraint("state in ('todo', 'in-progress', 'done')", name="state"),
)

decision = _table(
    "decision",  # what a reviewer decided on an item; the spans are kept as they were, for they may change or go
    Column("id", Identifier, primary_key=True),
    Column("document", Identifier, ForeignKey("document.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column(
        "sources", Json, nullable=False
    ),  # a list of {span, annotator (id), label, fragments, text, attributes, print}
    Column("absent", Json, nullable=False),  # a list of the ids of annotators who had finished without a span there
    Column("chosen", Identifier),  # the source that was accepted or corrected
    Column("gold", Identifier),  # the span of the gold layer, which may be gone by now
    Column("result", Json),  # how that was then: {label, fragments, text, attributes}; null where there was none
    Column("reviewer", Identifier, ForeignKey("annotator.id"), nullable=False),
    Column("at", Time, nullable=False),
    Column("reason", Text),
    Column("superseded", Identifier),  # by which later decision; null for the one that holds
    *_tracked(),
    CheckConstraint("action in ('accept', 'reject', 'correct', 'defer')", name="action"),
    CheckConstraint("rule in ('manual', 'unanimous', 'majority')", name="rule"),
    CheckConstraint("(result is null) = (gold is null)", name="result"),
    Index(None, "document"),
    Index(None, "reviewer"),
)

comment = _table(
    "comment",
    Column("id", Identifier, primary_key=True),
    Column("document", Identifier, ForeignKey("document.id"), nullable=False),
    Column("spans", Json, nullable=False),  # a list of the ids of the spans that it is about; empty: the document
    Column("author", Identifier, ForeignKey("annotator.id"), nullable=False),
    Column("at", Time, nullable=False),
    Column("content", Text, nullable=False),
    *_tracked(),
    CheckConstraint("content <> ''", name="said"),
    Index(None, "document"),
    Index(None, "author"),
)

reveal = _table(
    "reveal",  # that somebody had shown what a review keeps hidden
    Column("id", Identifier, primary_key=True),
    Column("document", Identifier, ForeignKey("document.id"), nullable=False),
    Column("annotator", Identifier, ForeignKey("annotator.id"), nullable=False),
    Column("what", Text, nullable=False),
    Column("at", Time, nullable=False),
    *_tracked(),
    UniqueConstraint("document", "annotator", "what"),
    CheckConstraint("what in ('names', 'spans')", name="what"),
    Index(None, "annotator"),
)

change = _table(
    "change",
    Column("number", Count, primary_key=True, autoincrement=True),
    Column("id", Identifier, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("annotator", Identifier, ForeignKey("annotator.id"), nullable=False),
    Column("at", Time, nullable=False),
    Column("undoes", Count, ForeignKey("change.number"), unique=True),  # also: what a redo takes back, an undo
    CheckConstraint("kind in ('do', 'undo', 'redo')", name="kind"),
    CheckConstraint("(kind = 'do') = (undoes is null)", name="undoes"),
    Index(None, "annotator", "kind", "number"),
)

change_row = _table(
    "change_row",
    Column("change", Count, ForeignKey("change.number"), primary_key=True),
    Column("table_name", Name, primary_key=True),
    Column("row_id", Identifier, primary_key=True),
    Column("operation", Text, nullable=False),
    Column("version_left", Count, nullable=False),  # of the row, or where it was deleted one more than it had
    Column("before", Json),  # the whole row, null for an insert
    CheckConstraint("operation in ('insert', 'update', 'delete')", name="operation"),
    CheckConstraint("(operation = 'insert') = (before is null)", name="before"),
    Index(None, "row_id", "table_name", "change"),
)

_PARENTS_FIRST = (
    document,
    label,
    attribute_type,
    relation_type,
    entity,
    span,
    relation,
    revision,
    document_state,
    decision,
    comment,
    reveal,
)
TRACKED = {table.name: table for table in _PARENTS_FIRST}
"""The tables whose rows changes write, by name; what others refer to comes before them."""
