"""Agreement on what two annotators say of the spans that both have: attribute values, and relations between them.

Spans match when the best alignment (see `alignment`) puts them together, they overlap and have the same label.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from annotator.agreement.alignment import align
from annotator.agreement.coding import cohen_of
from annotator.agreement.finished import Finished, by_all
from annotator.agreement.gamma import units_of
from annotator.agreement.matching import Score, score
from annotator.agreement.ratio import exact
from annotator.domain.relation import Relation
from annotator.domain.span import Span

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class AttributeAgreement:
    """Of the matched spans of a label how many have the same values of an attribute; no value is one of the values.

    `share` and `kappa` (Cohen 1960) are None where they are undefined; so is kappa where both always say one thing.
    """

    label: str
    attribute: str
    matched: int
    alike: int
    kappa: Fraction | None

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.alike, self.matched) if self.matched else None


@dataclass(frozen=True, slots=True)
class RelationAgreement:
    """How many relations of a type each annotator has between matched spans, and how many both have."""

    type: str
    first: int
    second: int
    both: int

    @property
    def score(self) -> Score:
        """Precision, recall and F1 of the second annotator if the first was right."""
        return score(2 * self.both, self.first, self.second)


def matched(documents: Iterable[Finished], annotators: Pair) -> Iterator[tuple[Span, Span]]:
    """Yield the spans of two annotators that match, in the documents that both finished."""
    for document in by_all(documents, annotators):
        first, second = (document.spans[name] for name in annotators)
        for one, other in align([units_of(first), units_of(second)]).sets:
            if one is not None and other is not None and _same(first[one], second[other]):
                yield first[one], second[other]


def attributes(pairs: Sequence[tuple[Span, Span]], label: str, attribute: str) -> AttributeAgreement:
    """Return the agreement on one attribute of matched spans of a label."""
    values: Counter[tuple[Hashable | None, ...]] = Counter(
        (_values(one, attribute), _values(other, attribute)) for one, other in pairs if one.label == label
    )
    alike = sum(count for pair, count in values.items() if pair[0] == pair[1])
    return AttributeAgreement(label, attribute, values.total(), alike, exact(cohen_of(values)))


def relations(
    pairs: Sequence[tuple[Span, Span]],
    drawn: Iterable[Relation],
    type: str,  # noqa: A002 - the word for it
) -> RelationAgreement:
    """Return the agreement on the relations of a type whose ends are matched spans; `drawn` are of both annotators."""
    place: dict[str, tuple[int, int]] = {}
    for number, pair in enumerate(pairs):
        for side, span in enumerate(pair):
            place[span.id] = number, side
    found: tuple[set[tuple[int, int]], set[tuple[int, int]]] = (set(), set())
    for relation in drawn:
        source, target = place.get(relation.source), place.get(relation.target)
        if relation.type == type and source and target and source[1] == target[1]:
            found[source[1]].add((source[0], target[0]))
    first, second = found
    return RelationAgreement(type, len(first), len(second), len(first & second))


def _values(span: Span, attribute: str) -> tuple[str, ...]:
    return next((each.values for each in span.attributes if each.name == attribute), ())


def _same(one: Span, other: Span) -> bool:
    meet = any(part.start < piece.end and piece.start < part.end for part in one.fragments for piece in other.fragments)
    return meet and one.label == other.label
