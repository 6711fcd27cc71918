"""What a change did, for whoever shows the project, from the rows before and after it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from annotator.domain.change import Change, ChangeSet, SpansToMake, UndoState
from annotator.domain.span import Span
from annotator.storage import afterwards, reading, relations, reviews
from annotator.storage.history import WrittenRow
from annotator.storage.journal import Row
from annotator.storage.tables import GOLD_ID

_AS_SPAN = itemgetter(
    *("id", "document", "label", "start", "end", "fragments", "text", "annotator"),
    *("created", "modified", "note", "attributes", "version"),
)
_AS_RELATION = itemgetter("id", "document", "type", "source", "target", "annotator", "created", "version")

_DECIDING = {"decision", "span", "relation"}
_FEW = 20

_NOTING = {"note", "version", "change"}  # the columns of a document that a new note changes

_MADE_AT_ONCE = 1_000

Left = Mapping[str, Mapping[str, Row]]
"""By table and id, the rows as a change left them; those that it deleted, or that are gone since, are not there."""


class Effect:
    """The rows that a change wrote, and how it left them."""

    def __init__(self, written: Mapping[str, Sequence[WrittenRow]], left: Left) -> None:
        self._written, self._left = written, left

    def naming(self) -> bool:
        """Whether names that spans show may be others now."""
        return not self._written.keys().isdisjoint(afterwards.NAMING)

    def counts(self, annotator_id: str | None) -> dict[str, int]:
        """Return, by document, how many spans with a place one annotator has more than before."""
        found: dict[str, int] = {}
        for rows, sign in ((self._before("span"), -1), (self._after("span"), 1)):
            for row in rows:
                if row["annotator"] == annotator_id and row["text_sha256"] is None:
                    found[row["document"]] = found.get(row["document"], 0) + sign
        return found

    def change_set(
        self, change: Change, names: reading.Names, undo_state: UndoState, *, foreign: bool = False
    ) -> ChangeSet:
        """Return it as the views are told of it."""
        placed = [row for row in self._after("span") if row["text_sha256"] is None]
        mine = [row for row in placed if row["annotator"] != GOLD_ID]
        arrows = [row for row in self._after("relation") if row["annotator"] != GOLD_ID]
        removed = self._removed("span", {row["id"] for row in placed})
        gone = self._removed("relation", self._left.get("relation", {}).keys())
        noted = self._noted()
        return ChangeSet(
            change=change,
            spans=_spans(mine, names),
            removed=removed,
            relations=tuple(relations.as_relation(_AS_RELATION(row), names) for row in arrows),
            removed_relations=gone,
            documents=frozenset(
                {row["document"] for row in mine}
                | {document for _, document in (*removed, *gone)}
                | {row["document"] for row in self._after("span") if row["text_sha256"] is not None}
                | {row["document"] for row in arrows}
                | self._documents_of("document_state")
                | {row.row_id for row in self._written.get("document", ())}
            ),
            codebook=not self._written.keys().isdisjoint(afterwards.CODEBOOK),
            listing="document" in self._written and not noted,
            noted=noted,
            entities="entity" in self._written,
            undo_state=undo_state,
            foreign=foreign,
            texts=self._corrected(),
            gone=frozenset(row["id"] for row in self._before("document")) - self._left.get("document", {}).keys(),
            review=frozenset(
                {document for name in afterwards.REVIEW for document in self._documents_of(name)}
                | {row["document"] for row in placed if row["annotator"] == GOLD_ID}
            ),
            decisions=self._decisions(),
        )

    def _decisions(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """The decisions that were written, with the spans that they are about, unless there is more to look at."""
        if not self._written.keys() <= _DECIDING or len(self._written.get("decision", ())) > _FEW:
            return ()
        others = (rows for name in ("span", "relation") for rows in (self._before(name), self._after(name)))
        if any(row["annotator"] != GOLD_ID for rows in others for row in rows):
            return ()
        about: dict[str, set[str]] = {}
        for row in (*self._before("decision"), *self._after("decision")):
            spans = (record["span"] for record in reviews.source_records(row["sources"]))
            about.setdefault(row["id"], set()).update(spans)
        return tuple((key, frozenset(spans)) for key, spans in about.items())

    def _before(self, table_name: str) -> Iterator[Row]:
        """The rows of a table as they were, but for the new ones."""
        return (row.before for row in self._written.get(table_name, ()) if row.before is not None)

    def _after(self, table_name: str) -> Iterator[Row]:
        """The rows of a table as they are now, but for those that are gone."""
        left = self._left.get(table_name, {})
        return (left[row.row_id] for row in self._written.get(table_name, ()) if row.row_id in left)

    def _removed(self, table_name: str, present: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """The rows, other than gold's, that are not there any more: (id, document id)."""
        there = set(present)
        mine = (row for row in self._before(table_name) if row["annotator"] != GOLD_ID)
        return tuple((row["id"], row["document"]) for row in mine if row["id"] not in there)

    def _documents_of(self, table_name: str) -> set[str]:
        """The documents of rows, also of those that are gone."""
        return {row["document"] for rows in (self._before(table_name), self._after(table_name)) for row in rows}

    def _noted(self) -> tuple[tuple[str, str | None], ...]:
        """The documents with their notes, where nothing else of any document is another now."""
        left, noted = self._left.get("document", {}), []
        for row in self._written.get("document", ()):
            before, now = row.before, left.get(row.row_id)
            if before is None or now is None or any(now[name] != before[name] for name in now.keys() - _NOTING):
                return ()
            noted.append((row.row_id, now["note"]))
        return tuple(noted)

    def _corrected(self) -> frozenset[str]:
        """The documents that have another text now."""
        left = self._left.get("document", {})
        before = ((row, left.get(row["id"])) for row in self._before("document"))
        return frozenset(was["id"] for was, now in before if now and now["text_sha256"] != was["text_sha256"])


def _spans(rows: Sequence[Row], names: reading.Names) -> Sequence[Span]:
    """Return the spans of these rows; of many, each when it is asked for."""
    if len(rows) <= _MADE_AT_ONCE:
        return tuple(reading.as_span(_AS_SPAN(row), names) for row in rows)
    for known, column in ((names.labels, "label"), (names.annotators, "annotator")):
        for key in {row[column] for row in rows}:
            known[key]  # else it would be looked up later, perhaps in another thread
    described = [place for place, row in enumerate(rows) if row["attributes"]]
    documents = [row["document"] for row in rows]
    return SpansToMake([_AS_SPAN(row) for row in rows], lambda row: reading.as_span(row, names), documents, described)
