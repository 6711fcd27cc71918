"""What a reviewer decides, item by item: the spans of several annotators that belong together, and how they differ.

The items come from the alignment of gamma, over everybody who finished the document: who isn't done is not missing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from annotator.agreement.alignment import align
from annotator.agreement.finished import Finished
from annotator.agreement.gamma import units_of
from annotator.agreement.matching import overlapping
from annotator.domain.relation import Relation
from annotator.domain.review import Candidate, Kind, candidates_of
from annotator.domain.span import Span


@dataclass(frozen=True, slots=True)
class Item:
    """At most one span of each annotator, in the order of their names; `missing` finished the document without one.

    What one annotator has as one span and another as two pieces is two items of the kind split: one that holds both
    annotators' spans, and one for the other piece.
    """

    document: str
    kind: Kind
    spans: tuple[Span, ...]
    missing: tuple[str, ...]
    candidates: tuple[Candidate, ...]


def queue(
    documents: Iterable[Finished], relations: Iterable[Relation] = (), deadline: float | None = None
) -> list[Item]:
    """Return the items of every document that two or more finished, document by document, in text order.

    After `deadline`, by `time.monotonic`, spans that lie densely upon each other are put together as well as was found
    so far. 50 documents with 100 spans of each of three annotators take about two seconds.
    """
    by_source: dict[str, list[Relation]] = {}
    for relation in relations:
        by_source.setdefault(relation.source, []).append(relation)
    return [item for document in documents if len(document.spans) > 1 for item in _items(document, by_source, deadline)]


def _items(document: Finished, relations: dict[str, list[Relation]], deadline: float | None) -> list[Item]:
    names = sorted(document.spans)
    spans = [document.spans[name] for name in names]
    alignment = align([units_of(mine) for mine in spans], deadline)
    groups = [
        tuple(mine[place] for mine, place in zip(spans, places, strict=True) if place is not None)
        for places in alignment.sets
    ]
    groups = sorted(_with_like_attributes(groups), key=_in_text)
    arrows = _arrows(groups, relations)
    items = []
    for group in groups:
        present = {span.annotator for span in group}
        missing = tuple(name for name in names if name not in present)
        kind = _kind(group, missing, arrows)
        candidates = candidates_of(group, arrows if kind is Kind.RELATION else {})
        items.append(Item(document.document, kind, group, missing, candidates))
    for place in _split(items):
        items[place] = replace(items[place], kind=Kind.SPLIT)
    return items


_Group = tuple[Span, ...]
_Arrows = dict[str, frozenset[tuple[str, object]]]
"""By span, the relations that go out from it: type, and the item (or unaligned span) that it goes to."""


def _in_text(group: _Group) -> tuple[int, int, str, str]:
    first = min(group, key=lambda span: (span.start, -span.end))
    return first.start, -first.end, first.label, group[0].id


def _kind(group: _Group, missing: Sequence[str], arrows: _Arrows) -> Kind:
    if missing:
        return Kind.MISSING
    moved = len({span.fragments for span in group}) > 1
    renamed = len({span.label for span in group}) > 1
    if moved or renamed:
        return Kind.BOUNDARY_AND_LABEL if moved and renamed else Kind.BOUNDARY if moved else Kind.LABEL
    if len({frozenset(span.attributes) for span in group}) > 1:
        return Kind.ATTRIBUTE
    return Kind.RELATION if len({arrows.get(span.id, frozenset()) for span in group}) > 1 else Kind.UNANIMOUS


def _arrows(groups: Sequence[_Group], relations: dict[str, list[Relation]]) -> _Arrows:
    """Relations are alike when they have one type and go to spans of one item: only then annotators mean the same."""
    item_of = {span.id: place for place, group in enumerate(groups) for span in group}
    return {
        span.id: frozenset((each.type, item_of.get(each.target, each.target)) for each in relations[span.id])
        for group in groups
        for span in group
        if span.id in relations
    }


def _with_like_attributes(groups: Sequence[_Group]) -> list[_Group]:
    """Of spans of one annotator that lie upon each other and look alike, let each go where its attributes are."""
    members = [{span.annotator: span for span in group} for group in groups]
    stacks: dict[tuple[object, ...], list[int]] = {}
    for place, group in enumerate(groups):
        for span in group:
            stacks.setdefault((span.annotator, span.label, span.fragments), []).append(place)
    for (annotator, *_), places in stacks.items():
        if len(places) > 1:
            name = str(annotator)
            pool = [members[place][name] for place in places]
            for place in sorted(places, key=lambda each: -len(members[each])):
                others = Counter(frozenset(span.attributes) for whose, span in members[place].items() if whose != name)
                chosen = max(pool, key=lambda span: others[frozenset(span.attributes)])
                pool.remove(chosen)
                members[place][name] = chosen
    return [tuple(each.values()) for each in members]


def _split(items: Sequence[Item]) -> Iterator[int]:
    """Yield the places of the items that hold a piece of what somebody else has as one span, or that one span."""
    spans = [span for item in items for span in item.spans]
    item_of = {span.id: place for place, item in enumerate(items) for span in item.spans}
    for one, other in sorted(overlapping(spans, spans)):
        piece, whole = spans[one], spans[other]
        lonely = items[item_of[piece.id]]
        if whole.annotator not in lonely.missing or piece.label != whole.label or not _mostly_in(piece, whole):
            continue
        partner = next((each for each in items[item_of[whole.id]].spans if each.annotator == piece.annotator), None)
        if partner and partner.label == whole.label and _mostly_in(partner, whole) and not _shared(partner, piece):
            yield item_of[piece.id]
            yield item_of[whole.id]


def _mostly_in(piece: Span, whole: Span) -> bool:
    """Whether at least half of a shorter span lies in a longer one."""
    return piece.length < whole.length and 2 * _shared(piece, whole) >= piece.length


def _shared(one: Span, other: Span) -> int:
    return sum(
        max(0, min(part.end, piece.end) - max(part.start, piece.start))
        for part in one.fragments
        for piece in other.fragments
    )
