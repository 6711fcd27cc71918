"""One document of a file held against the one here: which of its spans and relations are new, newer, or gone."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, or_, select

from annotator.domain.document import Document
from annotator.domain.span import Span
from annotator.domain.work import Deleted, Tally, Work, WorkDocument
from annotator.errors import BadArgument
from annotator.storage import listing, rows, stored, taking
from annotator.storage.journal import Row, current_rows
from annotator.storage.tables import relation
from annotator.storage.work_arrows import Arrows
from annotator.storage.work_here import Here, Matched, batches, look
from annotator.storage.work_plan import Plan, Values, quoted
from annotator.storage.work_rest import add_rest

_ANOTHER = (
    "1 span was left out: here its id is that of another one.",
    "# spans were left out: here their ids are those of others.",
)
_RELATED = (
    "1 span that was deleted there stays: somebody else has drawn a relation to it.",
    "# spans that were deleted there stay: others have drawn relations to them.",
)
_COMPARED = ("label", "start", "end", "fragments", "text", "note")


def steps(connection: Connection, work: Work, annotators: Collection[str] | None = None) -> Iterator[int | Plan]:
    """Yield how many documents were compared so far, and the plan last; `annotators` are those who are wanted."""
    plan, done = Plan(connection, work, annotators), 0
    gone = {name: _by_document(each) for name, each in _deleted(work).items()}
    listed: list[Document] = []
    for part in listing.document_slices(connection):
        listed += part
        yield done
    for batch in batches(_matched(plan, listed)):
        there = look(plan, batch)
        for of, here, known in batch:
            deleted = {name: each.get(of.document.id, {}) for name, each in gone.items()}
            spans = _Spans(plan, of, here, there, deleted["span"])
            spans.add()
            Arrows(plan, of, here, there, deleted["relation"], spans.there, spans.gone).add()
            add_rest(plan, of, here, there.states_of, known=known, deleted=deleted["comment"])
            done += 1
            yield done
    yield plan


def _deleted(work: Work) -> dict[str, Mapping[str, Deleted]]:
    return {"span": work.deleted_spans, "relation": work.deleted_relations, "comment": work.deleted_comments}


def _by_document(deleted: Mapping[str, Deleted]) -> dict[str, dict[str, Deleted]]:
    found: dict[str, dict[str, Deleted]] = defaultdict(dict)
    for key, each in deleted.items():
        found[each.document][key] = each
    return found


def _matched(plan: Plan, listed: Sequence[Document]) -> Iterator[Matched]:
    """Yield the documents of a file with what they are here, where these are listed."""
    by_id = {each.id: each for each in listed}
    by_text = {each.text_sha256: each for each in reversed(listed)}
    earlier = listing.earlier_texts(plan.connection)
    met: set[str] = set()
    for of in plan.work.documents:
        document = of.document
        same = by_id.get(document.id)
        if same is None or same.text_sha256 != document.text_sha256:
            same = by_text.get(document.text_sha256)
        if same is None and (reason := _why_not(document, by_id.get(document.id), earlier)):
            plan.refuse(of, reason)
            continue
        here = same or document
        if here.id in met:
            plan.refuse(of, "is in the file twice, by its id or its text.")
            continue
        met.add(here.id)
        if same is None:
            if not of.text:
                raise BadArgument(
                    f"{quoted(document.heading)} was deleted or corrected meanwhile. Look at the file again."
                )
            plan.documents.append((document, of.text))
            by_text[document.text_sha256] = document
        yield of, here, same is not None


def _why_not(document: Document, other: Document | None, earlier: Mapping[str, str]) -> str:
    """Why a document that isn't here can't be added, as the end of a sentence; empty where it can."""
    if earlier.get(document.text_sha256) in (document.id, other.id if other else None) and other:
        return "was corrected here after it was handed out: what was done on the earlier text can’t come in."
    if document.text_sha256 in earlier:
        return "has a text here that was corrected since."
    return "has another text here under the same id." if other else ""


@dataclass
class _Spans:
    """The spans and relations of one document."""

    plan: Plan
    of: WorkDocument
    here: Document
    rows: Here
    deleted: Mapping[str, Deleted]
    there: set[str] = field(default_factory=set)
    """The ids of the spans of the file that the document has afterwards."""
    gone: set[str] = field(default_factory=set)
    """The ids of the spans that it hasn't any more afterwards."""

    def add(self) -> None:
        """Plan what becomes of the spans."""
        plan = self.plan
        wanted = [span for span in self.of.spans if plan.wants(span.annotator)]
        self._delete()
        for span in wanted:
            row = self.rows.spans.get(span.id)
            tally = plan.row(span.annotator, self.here).spans
            if row is None:
                gone = self.rows.lost_spans.get(span.id)
                if gone and not gone.undone and gone.at >= span.modified:
                    tally.kept += 1
                    continue
                plan.writes["span"].new.append(self._row(span, gone.version if gone else 1))
                tally.new += 1
                self.there.add(span.id)
            elif self._is_anothers(row, span.annotator):
                plan.left[_ANOTHER] += 1
            else:
                self.there.add(span.id)
                self._compare(span, row, tally)

    def _compare(self, span: Span, row: Row, tally: Tally) -> None:
        if span.modified <= row["modified"] and not self.plan.match.knows(span.label, span.attributes):
            tally.kept += 1  # of a label, say, that was merged into another one here
            return
        new = self._row(span, row["version"])
        alike = row["text_sha256"] is None and all(new[name] == row[name] for name in _COMPARED)
        if alike and self._same_values(new, row):
            tally.same += 1
        elif span.modified > row["modified"]:
            hidden = {**stored.values_by_id(row["attributes"])}
            for key in self.plan.in_sight(new["label"]):
                hidden.pop(key, None)
            values = rows.dumped({**hidden, **stored.values_by_id(new["attributes"])})
            written = {**{name: new[name] for name in _COMPARED}, "attributes": values, "modified": new["modified"]}
            self.plan.writes["span"].changed[span.id] = {**written, "text_sha256": None}
            tally.changed += 1
        else:
            tally.kept += 1

    def _same_values(self, new: Values, row: Row) -> bool:
        if new["attributes"] == row["attributes"]:
            return True
        seen = self.plan.in_sight(row["label"])
        mine, theirs = (
            {key: frozenset(each) for key, each in stored.values_by_id(kept).items() if each and key in seen}
            for kept in (row["attributes"], new["attributes"])
        )
        return mine == theirs

    def _row(self, span: Span, version: int) -> Values:
        plan = self.plan
        values = {}
        for each in span.attributes:
            kind_id, kept = plan.values(span.label, each.name, each.values)
            values[kind_id] = kept
        return {
            "id": span.id,
            "document": self.here.id,
            "annotator": plan.person(span.annotator),
            "label": plan.match.label(span.label).id,
            **rows.placed(span.fragments),
            "text": span.text,
            "note": span.note,
            "attributes": rows.dumped(values) if values else None,
            "created": min(span.created, plan.latest),
            "modified": min(span.modified, plan.latest),
            "version": version,
        }

    def _delete(self) -> None:
        """Plan which spans go, being deleted there later than they were changed here, with their relations."""
        plan, deleted = self.plan, self.deleted
        found = {}
        for key, row in current_rows(plan.connection, "span", list(deleted)).items():
            each = deleted[key]
            if plan.wants(each.annotator) and not self._is_anothers(row, each.annotator):
                if each.at > row["modified"]:
                    found[key] = row
                else:
                    plan.row(each.annotator, self.here).spans.kept += 1
        arrows = _relations_at(plan.connection, list(found))
        for arrow in arrows:
            for end in (arrow["source"], arrow["target"]):
                if end in found and found[end]["annotator"] != arrow["annotator"]:
                    plan.row(deleted[end].annotator, self.here).spans.kept += 1
                    plan.left[_RELATED] += 1
                    del found[end]
        for key in found:
            plan.row(deleted[key].annotator, self.here).spans.deleted += 1
        plan.writes["span"].gone += found
        self.gone = set(found)

    def _is_anothers(self, row: Row, name: str) -> bool:
        return row["document"] != self.here.id or self.plan.names.get(row["annotator"]) != name


def _relations_at(connection: Connection, span_ids: Sequence[str]) -> list[Row]:
    """The relations, by anybody, at these spans."""
    found: dict[str, Row] = {}
    for some in taking.slices(span_ids):
        at = or_(relation.c.source.in_(some), relation.c.target.in_(some))
        found |= {row["id"]: dict(row) for row in connection.execute(select(relation).where(at)).mappings()}
    return list(found.values())
