"""Each measure is what a slow and direct definition says, on small random annotations."""

from fractions import Fraction
from itertools import combinations, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import resampling
from annotator.agreement.alignment import align
from annotator.agreement.coding import alpha_of
from annotator.agreement.dissimilarity import combined, positional
from annotator.agreement.gamma import units_of
from annotator.agreement.matching import matches
from annotator.agreement.measures import QUICK, Survey
from annotator.agreement.packing import pack
from annotator.agreement.pricing import Candidate
from annotator.agreement.ratio import exact
from tests.agreement.builders import annotated, corpus, labels, unitized


@pytest.fixture(autouse=True, scope="module")
def few_samples():
    """Intervals are not what is tried here."""
    kept = resampling.SAMPLES
    resampling.SAMPLES = 10
    resampling._draws.cache_clear()
    yield
    resampling.SAMPLES = kept
    resampling._draws.cache_clear()


ANY_LABEL = st.one_of(st.none(), labels)


def exactly(documents, measure, label):
    """The value as a fraction, out of the same counts as the figure."""
    people = tuple(documents[0].spans)
    survey = Survey(documents)
    value = survey._tally(measure, label, people).value(measure)
    figure = survey.figure(measure, label, people)
    assert figure.value == (None if value is None else float(value))
    assert (figure.reason is None) == (value is not None)
    return value


def one_less(observed, expected):
    return None if not expected else 1 - Fraction(observed) / Fraction(expected)


# Characters, each one looked at.


def judgements(documents, label, tagged):
    """For each character what each annotator gave it."""
    found = []
    for document in documents:
        for at in range(document.length):
            sets = [
                frozenset(span.label for span in spans for part in span.fragments if part.start <= at < part.end)
                for spans in document.spans.values()
            ]
            if tagged and not any(sets):
                continue
            found.append(tuple(sets if label is None else (label in each for each in sets)))
    return found


def plain_cohen(items):
    if not items:
        return None
    total = len(items)
    kinds = {kind for item in items for kind in item}
    agreed = Fraction(sum(one == other for one, other in items), total)
    chance = sum(
        Fraction(sum(item[0] == kind for item in items), total)
        * Fraction(sum(item[1] == kind for item in items), total)
        for kind in kinds
    )
    return None if chance == 1 else (agreed - chance) / (1 - chance)


def plain_fleiss(items):
    if not items:
        return None
    people = len(items[0])
    kinds = {kind for item in items for kind in item}
    pairs = [Fraction(sum(a == b for a, b in permutations(item, 2)), people * (people - 1)) for item in items]
    share = [Fraction(sum(item.count(kind) for item in items), len(items) * people) for kind in kinds]
    observed, chance = sum(pairs) / len(items), sum(each * each for each in share)
    return None if chance == 1 else (observed - chance) / (1 - chance)


def plain_alpha(items):
    """Unlike pairs within items, by unlike pairs of all judgements, of items that two or more judged."""
    items = [[each for each in item if each is not None] for item in items]
    items = [item for item in items if len(item) > 1]
    everything = [each for item in items for each in item]
    total = len(everything)
    observed = sum(Fraction(sum(a != b for a, b in permutations(item, 2)), len(item) - 1) for item in items)
    expected = Fraction(sum(a != b for a, b in permutations(everything, 2)), total - 1) if total > 1 else 0
    return one_less(observed, expected)


PLAIN = {"cohen": plain_cohen, "fleiss": plain_fleiss, "alpha": plain_alpha}


@given(corpus(), ANY_LABEL)
def test_two_annotators_over_characters(documents, label):
    for measure, tagged in product(PLAIN, (False, True)):
        name = measure + "-tagged" * tagged
        assert exactly(documents, name, label) == PLAIN[measure](judgements(documents, label, tagged)), name


@given(corpus(3), ANY_LABEL)
def test_three_annotators_over_characters(documents, label):
    for measure, tagged in product(("fleiss", "alpha"), (False, True)):
        name = measure + "-tagged" * tagged
        assert exactly(documents, name, label) == PLAIN[measure](judgements(documents, label, tagged)), name


@given(st.lists(st.lists(st.sampled_from([None, 1, 2, 3]), min_size=3, max_size=3).map(tuple), max_size=8))
def test_alpha_with_missing_judgements(items):
    counted = {item: items.count(item) for item in items}
    assert exact(alpha_of(counted)) == plain_alpha(items)


# Spans, every matching tried.


def characters(span):
    return {at for part in span.fragments for at in range(part.start, part.end)}


WORTH = {
    "exact": lambda one, other: 2 * (one.fragments == other.fragments),
    "strict": lambda one, other: 2 * (one.fragments == other.fragments and one.label == other.label),
    "type": lambda one, other: 2 * (one.label == other.label and bool(characters(one) & characters(other))),
    "partial": lambda one, other: (one.fragments == other.fragments) + bool(characters(one) & characters(other)),
}


def best_matching(first, second, worth):
    if len(first) > len(second):
        first, second = second, first
    options = permutations(range(len(second)), len(first))
    return max(sum(worth(one, second[at]) for one, at in zip(first, order, strict=True)) for order in options)


@given(annotated(most=4))
def test_a_matching_is_one_to_one_and_the_best_there_is(document):
    first, second = document.spans.values()
    for way, worth in WORTH.items():
        assert getattr(matches(first, second), way) == best_matching(first, second, worth), way


@given(corpus(), ANY_LABEL)
def test_f1_is_twice_the_matches_by_all_spans(documents, label):
    pairs = [[document.of(name, label) for name in "ab"] for document in documents]
    total = sum(len(spans) for pair in pairs for spans in pair)
    for way in WORTH:
        matched = sum(getattr(matches(*pair), way) for pair in pairs)
        assert exactly(documents, f"f1-{way}", label) == (Fraction(matched, total) if total else None), way


# Units and gaps, every two of them.


def segments(document, name, wanted):
    """One annotator's units and gaps from the first character to the last: value (None for a gap), start, end."""
    units = sorted(
        (part.start, part.end, span.label)
        for span in document.spans[name]
        for part in span.fragments
        if span.label in wanted
    )
    found, at = [], 0
    for start, end, label in units:
        found += [(None, at, start)] if start > at else []
        found.append((label, start, end))
        at = end
    return [*found, (None, at, document.length)] if at < document.length else found


def shared(one, other):
    return max(0, min(one[2], other[2]) - max(one[1], other[1]))


def continuum(documents, wanted):
    """Each document's segments by annotator."""
    return [[segments(document, name, wanted) for name in document.spans] for document in documents]


def observed(documents, one, other):
    """The coincidences of two values (equation 1)."""
    others = len(documents[0]) - 1
    return sum(
        Fraction(shared(a, b), others)
        for people in documents
        for mine, theirs in permutations(people, 2)
        for a, b in product(mine, theirs)
        if a[0] == one and b[0] == other
    )


def plain_u(documents, wanted, *, given_units=False):
    values = [None, *wanted]
    length = {v: sum(e - s for people in documents for mine in people for x, s, e in mine if x == v) for v in values}
    total = sum(length.values())
    alone = sum(
        (end - start) ** (1 if value is None else 2)
        for people in documents
        for mine in people
        for value, start, end in mine
    )

    def unlike(one, other):
        return (one is None) != (other is None) if given_units else one != other

    pairs = [(one, other) for one in values for other in values if unlike(one, other)]
    found = sum(observed(documents, *pair) for pair in pairs)
    by_chance = sum(Fraction(total * length[one] * length[other], total**2 - alone or 1) for one, other in pairs)
    return one_less(found, by_chance)


def valued(documents, wanted):
    """The coincidences of units alone, and by chance (equations 9 and 10)."""
    others = len(documents[0]) - 1
    found = {(one, other): observed(documents, one, other) for one in wanted for other in wanted}
    margin = {one: sum(found[one, other] for other in wanted) for one in wanted}
    total = sum(margin.values())
    crossed = dict.fromkeys(wanted, Fraction())
    for people in documents:
        for mine, theirs in permutations(people, 2):
            for unit in mine:
                if unit[0] is not None:
                    met = sum(shared(unit, other) for other in theirs if other[0] is not None)
                    crossed[unit[0]] += Fraction(met**2, others)
    below = max(0, total - sum(crossed.values()) / total) if total else 0
    by_chance = {
        (one, other): (margin[one] * margin[other] - (crossed[one] if one == other else 0)) / below if below else 0
        for one in wanted
        for other in wanted
    }
    return found, margin, by_chance


def plain_cu(documents, wanted):
    found, _, by_chance = valued(documents, wanted)
    return one_less(
        sum(value for (one, other), value in found.items() if one != other),
        sum(value for (one, other), value in by_chance.items() if one != other),
    )


def plain_ku(documents, wanted, label):
    found, margin, by_chance = valued(documents, wanted)
    if label not in wanted or not margin[label]:
        return None
    unlike = sum(found[label, other] for other in wanted if other != label) / margin[label]
    chance = sum(by_chance[label, other] for other in wanted)
    return one_less(
        unlike, sum(by_chance[label, other] for other in wanted if other != label) / chance if chance > 0 else 0
    )


@given(st.integers(2, 4).flatmap(unitized))
def test_the_unitizing_alphas(documents):
    wanted = sorted({span.label for document in documents for spans in document.spans.values() for span in spans})
    plain = continuum(documents, wanted)
    assert exactly(documents, "u-alpha", None) == plain_u(plain, wanted)
    assert exactly(documents, "u-alpha-given", None) == plain_u(plain, wanted, given_units=True)
    assert exactly(documents, "cu-alpha", None) == plain_cu(plain, wanted)
    for label in wanted:
        assert exactly(documents, "ku-alpha", label) == plain_ku(plain, wanted, label)
        assert exactly(documents, "u-alpha", label) == plain_u(continuum(documents, [label]), [label])


# The alignment, every partition tried.


def best_disorder(by_annotator):
    """The least disorder of all partitions into sets of at most one unit an annotator."""
    people = range(len(by_annotator))
    pairs = list(combinations(people, 2))

    def disorder(members):
        return sum(
            1.0 if members[one] is None or members[other] is None else combined(members[one], members[other])
            for one, other in pairs
        ) / len(pairs)

    def least(left):
        first = next((person for person in people if left[person]), None)
        if first is None:
            return 0.0
        best = float("inf")
        options = [[None, *range(len(left[person]))] if person != first else [0] for person in people]
        for choice in product(*options):
            members = [None if at is None else left[person][at] for person, at in enumerate(choice)]
            rest = [mine if at is None else mine[:at] + mine[at + 1 :] for mine, at in zip(left, choice, strict=True)]
            best = min(best, disorder(members) + least(rest))
        return best

    return least([list(units) for units in by_annotator])


def units_by_annotator(document):
    return [units_of(spans) for spans in document.spans.values()]


@given(annotated(2, most=4))
def test_the_alignment_of_two_is_the_best_there_is(document):
    people = units_by_annotator(document)
    alignment = align(people)
    assert alignment.proven
    assert alignment.disorder == pytest.approx(best_disorder(people), abs=1e-7)


@given(annotated(3, most=3))
def test_the_alignment_of_three_is_the_best_there_is(document):
    people = units_by_annotator(document)
    alignment = align(people)
    assert alignment.proven
    assert alignment.disorder == pytest.approx(best_disorder(people), abs=1e-7)


@given(st.integers(2, 5).flatmap(annotated))
def test_an_alignment_holds_every_unit_once_and_its_disorder_is_that_of_its_sets(document):
    people = units_by_annotator(document)
    alignment = align(people)
    for person, units in enumerate(people):
        places = [place for each in alignment.sets if (place := each[person]) is not None]
        assert sorted(places) == list(range(len(units)))
    pairs = list(combinations(range(len(people)), 2))
    total = 0.0
    for each in alignment.sets:
        members = [None if at is None else people[person][at] for person, at in enumerate(each)]
        for one, other in pairs:
            first, second = members[one], members[other]
            total += (combined(first, second) if first and second else 1.0) / len(pairs)
    assert alignment.disorder == pytest.approx(total, abs=1e-7)


candidates = st.lists(
    st.tuples(st.sets(st.integers(0, 5), min_size=1, max_size=3), st.integers(1, 12)), max_size=7
).map(lambda drawn: [Candidate(tuple(sorted(things)), float(gain)) for things, gain in drawn])


@given(candidates, st.lists(st.integers(1, 2), min_size=6, max_size=6))
def test_a_packing_is_the_best_there_is(offered, counts):
    def best(at, left):
        if at == len(offered):
            return 0.0
        gain = best(at + 1, left)
        if all(left[thing] for thing in offered[at].things):
            fewer = [count - (thing in offered[at].things) for thing, count in enumerate(left)]
            gain = max(gain, offered[at].gain + best(at, fewer))
        return gain

    packing = pack(counts, offered)
    assert packing.proven
    assert packing.gain == pytest.approx(best(0, counts))
    for thing, count in enumerate(counts):
        assert sum(thing in candidate.things for candidate in packing.chosen) <= count


@given(annotated())
def test_the_place_of_spans_with_fragments_is_compared_by_the_text_that_one_has_alone(document):
    for one, other in product(*units_by_annotator(document)):
        mine, theirs = ({at for start, end in unit.fragments for at in range(start, end)} for unit in (one, other))
        gap = 0 if mine & theirs else min(abs(a - b) - 1 for a in mine for b in theirs)
        plain = ((len(mine ^ theirs) + 2 * gap) / (len(mine) + len(theirs))) ** 2
        assert positional(one, other) == pytest.approx(plain)
        assert positional(one, other) == positional(other, one)


@given(corpus(3), ANY_LABEL)
def test_no_figure_is_more_than_one_or_without_either_value_or_reason(documents, label):
    survey = Survey(documents)
    for measure in QUICK:
        figure = survey.figure(measure, label, ("a", "b", "c"))
        assert (figure.value is None) != (figure.reason is None)
        assert figure.value is None or figure.value <= 1
        assert figure.documents == len(documents)
        assert (figure.low is None) == (figure.high is None)
        assert figure.low is None or figure.high is None or figure.low <= figure.high <= 1
