"""Agreement on attributes and relations of the spans that two annotators both have."""

from fractions import Fraction

from annotator.agreement.finished import Finished
from annotator.agreement.matched import attributes, matched, relations
from annotator.domain.relation import Relation
from tests.agreement.builders import finished, span

PAIR = ("kim", "lee")


def claims(kim, lee):
    """A document in which both have the same claims, with these values of `kind`."""
    made = {
        name: tuple(
            span(
                "claim",
                (20 * at, 20 * at + 10),
                by=name,
                key=f"{name}{at}",
                attributes=[("kind", value)] if value else (),
            )
            for at, value in enumerate(values)
        )
        for name, values in (("kim", kim), ("lee", lee))
    }
    return Finished("d", 200, made)


def test_spans_match_that_overlap_under_one_label():
    document = finished(
        100,
        kim=[("claim", 0, 10), ("quote", 20, 30), ("claim", 40, 50)],
        lee=[("claim", 2, 10), ("actor", 20, 30), ("claim", 50, 60)],
    )
    assert [(one.id, other.id) for one, other in matched([document], PAIR)] == [("kim0", "lee0")]


def test_values_are_compared_where_spans_match():
    pairs = list(matched([claims(["a", "a", "b", None], ["a", "b", "b", None])], PAIR))
    found = attributes(pairs, "claim", "kind")
    assert (found.matched, found.alike, found.share) == (4, 3, Fraction(3, 4))
    # a a, a b, b b, none none: chance is (2·1 + 1·2 + 1·1) / 16
    assert found.kappa == Fraction(Fraction(3, 4) - Fraction(5, 16)) / (1 - Fraction(5, 16))


def test_without_matched_spans_there_is_no_agreement():
    found = attributes([], "claim", "kind")
    assert (found.share, found.kappa) == (None, None)


def test_where_both_always_say_one_thing_kappa_is_undefined():
    pairs = list(matched([claims(["a", "a"], ["a", "a"])], PAIR))
    found = attributes(pairs, "claim", "kind")
    assert found.share == 1
    assert found.kappa is None


def relation(number, source, target, kind="said by"):
    return Relation(f"r{number}", "d", kind, source, target, "", "")


def test_relations_are_the_same_between_spans_that_match():
    spans = [("quote", 0, 10), ("actor", 20, 25), ("actor", 40, 45)]
    pairs = list(matched([finished(60, kim=spans, lee=spans)], PAIR))
    drawn = [
        relation(1, "kim0", "kim1"),
        relation(2, "kim0", "kim2"),
        relation(3, "lee0", "lee1"),
        relation(4, "lee1", "lee2", "part of"),
        relation(5, "lee0", "elsewhere"),
    ]
    found = relations(pairs, drawn, "said by")
    assert (found.first, found.second, found.both) == (2, 1, 1)
    assert [found.score.precision, found.score.recall, found.score.f1] == [Fraction(1), Fraction(1, 2), Fraction(2, 3)]
    assert relations(pairs, [], "said by").score.f1 is None
