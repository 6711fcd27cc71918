"""What goes out of a project: documents with their annotations."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.domain.annotated import AnnotatedDocument, WrittenSpan
from annotator.domain.document import AnnotatorState, State
from annotator.domain.relation import Relation
from annotator.domain.review import Decision
from annotator.domain.span import text_order
from annotator.errors import NotFound
from annotator.storage import exporting, reviews
from annotator.storage.exporting import Read
from annotator.storage.store import Store
from annotator.storage.tables import GOLD_ID


def annotated_documents(
    store: Store,
    annotators: Sequence[str],
    labels: Sequence[str],
    states: Sequence[State],
    *,
    gold: bool = False,
) -> Iterator[AnnotatedDocument]:
    """Yield the documents one at a time with the spans that the filters keep, and the relations among these.

    An empty filter keeps all. With `gold` the spans and relations are the reviewed ones, in the name of the reviewer.

    With `states`, a document is kept when one of the annotators asked for (or anybody) gave it one of them; a document
    without a stored state is to do, or in progress where there are spans. Raises NotFound for an unknown annotator.
    """
    unknown = set(annotators) - set(store.names.people.values())
    if unknown:
        known = ", ".join(sorted(store.names.people.values())) or "nobody yet"
        raise NotFound(f"Nobody called “{sorted(unknown)[0]}” has worked in this project. It knows: {known}.")
    wanted = _Wanted(frozenset(annotators), frozenset(labels), frozenset(states), gold)
    people = [key for key, name in store.names.people.items() if not annotators or name in annotators]
    return _annotated(store, [GOLD_ID] if gold else people, wanted)


def _annotated(store: Store, annotator_ids: Sequence[str], wanted: "_Wanted") -> Iterator[AnnotatedDocument]:
    for read in exporting.documents(store, annotator_ids):
        decisions = _as_decided(store, read) if wanted.gold and read.spans else {}
        if annotated := wanted.of(read, decisions):
            yield annotated


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is asked for: names of annotators and labels, states; empty is all."""

    annotators: frozenset[str]
    labels: frozenset[str]
    states: frozenset[State]
    gold: bool

    def of(self, read: Read, decisions: Mapping[str, Decision]) -> AnnotatedDocument | None:
        """Return what is wanted of a document; None where the document isn't."""
        given = read.states
        if self.annotators:
            given = [state for state in given if state.annotator in self.annotators]
        if self.states and not self.states & self._states(given, read.spans):
            return None
        spans, waiting = self._labelled(read.spans), self._labelled(read.waiting)
        left = {span.id for span in waiting}
        at_left = sum(each.source in left or each.target in left for each in read.relations) if left else 0
        among = _among(spans, read.relations) if read.relations else ()
        counts = len(left), at_left
        return AnnotatedDocument(read.document, read.text, tuple(given), tuple(spans), among, *counts, decisions)

    def _labelled(self, spans: list[WrittenSpan]) -> list[WrittenSpan]:
        return [span for span in spans if span.label in self.labels] if self.labels else spans

    def _states(self, given: Sequence[AnnotatorState], spans: Sequence[WrittenSpan]) -> set[State]:
        found = {state.state for state in given}
        with_spans = set() if self.gold else {span.annotator for span in spans}
        if with_spans - {state.annotator for state in given}:
            found.add(State.IN_PROGRESS)
        return found or {State.TODO}


def _as_decided(store: Store, read: Read) -> dict[str, Decision]:
    """Put the reviewer in the place of gold; return what was decided, by the span."""
    with store.told():
        known = reviews.decisions(store.connection, store.names, read.document.id)
    made = {each.result.span: each for each in known if each.result and each.superseded is None}
    read.spans = [span._replace(annotator=made[span.id].reviewer) for span in read.spans if span.id in made]
    by = {span.id: span.annotator for span in read.spans}
    at_both = (each for each in read.relations if each.source in by and each.target in by)
    read.relations = [replace(each, annotator=by[each.source]) for each in at_both]
    return made


def _among(spans: Sequence[WrittenSpan], related: Sequence[Relation]) -> tuple[Relation, ...]:
    """The relations whose two spans are kept, in the order of their first spans, then of their second ones."""
    place = {span.id: number for number, span in enumerate(sorted(spans, key=text_order))}
    kept = (each for each in related if each.source in place and each.target in place)
    return tuple(sorted(kept, key=lambda each: (place[each.source], place[each.target], each.created, each.id)))
