"""Gold: the layer of reviewed spans that decisions make, and the relations between them."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from sqlalchemy import select

from annotator.domain.codebook import Codebook
from annotator.domain.relation import Relation, misfit
from annotator.domain.review import Decision, Kind, ReviewItem
from annotator.domain.span import Span
from annotator.domain.time import now
from annotator.errors import Stale
from annotator.storage import prints, relations, reviews
from annotator.storage.journal import Row, Step, current_rows
from annotator.storage.reading import Names
from annotator.storage.tables import GOLD_ID, relation, span

__all__ = ["GOLD_ID", "Layer"]

_KEPT = ("id", "created")  # of a gold span that a later decision changes
_COMPARED = ("label", "start", "end", "fragments", "attributes", "text_sha256")

_Pair = tuple[str, str, str]  # of gold: source, relation type's id, target


class Layer:
    """Gold as decisions change it, inside the transaction of one step."""

    def __init__(self, step: Step, names: Names, reviewer: str, many: Collection[str]) -> None:
        """`many` are the documents in which many items are decided on: they are read whole, once."""
        self._step, self._names, self._reviewer, self._many = step, names, reviewer, many
        self._ids = {name: key for key, name in names.annotators.items()}
        self._live: dict[str, dict[str, Decision]] = {}
        self._signs: dict[str, Mapping[str, str]] = {}
        self._documents: set[str] = set()

    def put(self, item: ReviewItem, decided: Decision, new: Span | None, row: Row | None) -> Decision:
        """Write a decision, and into gold the span that it makes (`row` is its row), or take out what gold has there.

        The decisions that held for the item's spans are superseded. Returns the decision as it is kept. Raises Stale
        where the item is not as it was read.
        """
        whole = item.document in self._many
        live = self._in(item.document) if whole else self._about(item)
        before = self._held(item, live)
        self._check(item, before)
        there = [each.result.span for each in before if each.result]
        rows = current_rows(self._step.connection, "span", there)
        there = [key for key in there if key in rows]
        if new is not None and row is not None:
            result = replace(reviews.result_of(new), span=self._write(row, rows[there[0]] if there else None))
            decided = replace(decided, result=result)
        gone = [key for key in there if not decided.result or key != decided.result.span]
        relations.delete_at_spans(self._step, gone)
        self._step.delete("span", *gone)
        for each in before:
            self._step.update("decision", each.id, {"superseded": decided.id})
            del live[each.id]
        self._step.insert("decision", [reviews.decision_row(decided, self._ids)])
        live[decided.id] = decided
        self._documents.add(item.document)
        return decided

    def relate(self, codebook: Codebook) -> None:
        """Give gold, in the documents that were decided on, the relations between the spans that were chosen."""
        for document_id in self._documents:
            if not self._related(document_id):
                continue
            live = self._in(document_id)
            labels = self._labels(document_id)
            wanted = {pair for pair in self._wanted(document_id, live) if self._fits(codebook, pair, labels)}
            of_gold = relation.c.document == document_id, relation.c.annotator == GOLD_ID
            columns = relation.c.id, relation.c.source, relation.c.type, relation.c.target
            there = {
                (source, kind, target): key
                for key, source, kind, target in self._step.connection.execute(select(*columns).where(*of_gold))
            }
            self._step.delete("relation", *(key for pair, key in there.items() if pair not in wanted))
            self._step.insert("relation", [_row(document_id, pair) for pair in sorted(wanted - there.keys())])

    def _in(self, document_id: str) -> dict[str, Decision]:
        """The decisions that hold in a document, by id."""
        if document_id not in self._live:
            known = reviews.decisions(self._step.connection, self._names, document_id)
            self._live[document_id] = {each.id: each for each in known if each.superseded is None}
            self._signs[document_id] = prints.of_document(self._step.connection, document_id)
        return self._live[document_id]

    def _about(self, item: ReviewItem) -> dict[str, Decision]:
        """The decisions that hold for one item: what else is in its document is not looked at."""
        connection, keys = self._step.connection, [source.span for source in item.sources]
        known = [each.id for each in (item.decision, *item.earlier) if each]
        found = [
            *reviews.decisions_about(connection, self._names, item.document, keys),
            *reviews.decisions_with(connection, self._names, known),
        ]
        self._signs[item.document] = prints.of_spans(connection, keys)
        return {each.id: each for each in found if each.superseded is None}

    def _related(self, document_id: str) -> bool:
        """Whether a document has relations at all."""
        there = select(relation.c.id).where(relation.c.document == document_id).limit(1)
        return self._step.connection.execute(there).first() is not None

    @staticmethod
    def _held(item: ReviewItem, live: Mapping[str, Decision]) -> list[Decision]:
        """What holds for an item's spans, or for the item itself where it has none."""
        keys = {source.span for source in item.sources}
        known = {each.id for each in (item.decision, *item.earlier) if each}
        return [
            each
            for each in live.values()
            if keys & {source.span for source in each.sources} or (not keys and each.id in known)
        ]

    def _check(self, item: ReviewItem, before: list[Decision]) -> None:
        signs = self._signs[item.document]
        if any(signs.get(source.span) != source.print for source in item.sources):
            raise Stale("The spans of this item have changed since they were shown. Nothing was decided: look again.")
        known = {each.id for each in (item.decision, *item.earlier) if each}
        if later := next((each for each in before if each.id not in known), None):
            who = "You have decided" if later.reviewer == self._reviewer else f"{later.reviewer} has decided"
            raise Stale(f"{who} on this item meanwhile ({later.action.value}). Nothing was overwritten: look again.")
        expected = {each.id for each in (item.decision, *item.earlier) if each and each.superseded is None}
        if expected - {each.id for each in before} and not item.sources:
            raise Stale("What was decided here has been decided anew meanwhile. Nothing was overwritten: look again.")

    def _write(self, new: Row, there: Row | None) -> str:
        """Write a gold span: a new one, or the one that is there, which keeps its id; return the id."""
        if there is None:
            self._step.insert("span", [dict(new)])
            return str(new["id"])
        if any(new.get(name) != there[name] for name in _COMPARED):
            values = {name: value for name, value in new.items() if name not in _KEPT}
            self._step.update("span", there["id"], {**values, "text_sha256": None})
        return str(there["id"])

    def _wanted(self, document_id: str, live: Mapping[str, Decision]) -> Iterator[_Pair]:
        """The relations of the spans that were chosen, between the gold spans that they became."""
        became = {source.span: each.result.span for each in live.values() if each.result for source in each.sources}
        arrows: dict[str, set[tuple[str, str]]] = defaultdict(set)
        columns = relation.c.source, relation.c.type, relation.c.target
        people = relation.c.document == document_id, relation.c.annotator != GOLD_ID
        for source, kind, target in self._step.connection.execute(select(*columns).where(*people)).all():
            if target in became:
                arrows[source].add((kind, became[target]))
        for each in live.values():
            if each.result:
                for kind, target in _agreed(each, arrows):
                    if target != each.result.span:
                        yield each.result.span, kind, target

    def _labels(self, document_id: str) -> dict[str, str]:
        """The labels of a document's gold spans, by the span's id."""
        of_gold = span.c.document == document_id, span.c.annotator == GOLD_ID
        rows = self._step.connection.execute(select(span.c.id, span.c.label).where(*of_gold)).all()
        return {span_id: self._names.labels[label_id] for span_id, label_id in rows}

    def _fits(self, codebook: Codebook, pair: _Pair, labels: Mapping[str, str]) -> bool:
        source, kind, target = pair
        if source not in labels or target not in labels or kind not in self._names.relation_types:
            return False
        type_ = codebook.relation(self._names.relation_types[kind])
        return misfit(codebook, type_, labels[source], labels[target]) is None


def _agreed(decided: Decision, arrows: Mapping[str, set[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    """The relations of what was chosen: of those who have it alike, at least half must have drawn one.

    Where relations were all that differed, they are those of the chosen span.
    """
    chosen = next((source for source in decided.sources if source.span == decided.chosen), None)
    if chosen is None:
        return
    shape = chosen.label, chosen.fragments, frozenset(chosen.attributes)
    alike = [
        source
        for source in decided.sources
        if (source.label, source.fragments, frozenset(source.attributes)) == shape
        and (decided.kind is not Kind.RELATION or source is chosen)
    ]
    for arrow in {each for source in alike for each in arrows.get(source.span, ())}:
        if 2 * sum(arrow in arrows.get(source.span, ()) for source in alike) >= len(alike):
            yield arrow


def _row(document_id: str, pair: _Pair) -> dict[str, object]:
    source, kind, target = pair
    made = Relation(str(uuid.uuid4()), document_id, "", source, target, "", now())
    return relations.row(made, GOLD_ID, kind)
