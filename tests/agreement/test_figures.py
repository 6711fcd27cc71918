"""Figures: what is counted, pooled, averaged, refused; and their intervals."""

import random
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

from annotator.agreement import alignment
from annotator.agreement.finished import Finished
from annotator.agreement.gamma import gamma, sample, units_of
from annotator.agreement.matching import matches, score
from annotator.agreement.measures import MEASURES, QUICK, Survey, checked, figures
from annotator.agreement.resampling import SAMPLES, interval
from annotator.errors import NotFound
from tests.agreement.builders import annotated, finished

SAME = [("claim", 0, 10), ("quote", 12, 20)]


def figure(documents, measure, label=None, annotators=("a", "b")):
    return Survey(documents).figure(measure, label, annotators)


def width(found):
    """How wide a figure's interval is."""
    assert found.low is not None
    return found.high - found.low


def within(found):
    """Whether a figure lies in its interval."""
    return width(found) >= 0 and found.low <= found.value <= found.high


def test_the_names_are_those_that_were_agreed():
    assert (
        *("f1-exact", "f1-partial", "f1-type", "f1-strict"),
        *("cohen", "fleiss", "alpha", "cohen-tagged", "fleiss-tagged", "alpha-tagged"),
        *("u-alpha", "u-alpha-given", "cu-alpha", "ku-alpha"),
    ) == QUICK
    ways = ("exact", "partial", "type", "strict")
    asked_for = {f"{name}-{way}" for name in ("precision", "recall") for way in ways}
    assert set(MEASURES) - set(QUICK) == {"gamma", *asked_for}


@given(annotated())
def test_precision_and_recall_are_the_matches_by_the_spans_of_one(document):
    found = matches(document.spans["a"], document.spans["b"])
    for way in ("exact", "partial", "type", "strict"):
        plain = score(getattr(found, way), found.second, found.first)  # of the first, if the second is right
        for name in ("precision", "recall"):
            wanted = getattr(plain, name)
            assert figure([document], f"{name}-{way}").value == (None if wanted is None else float(wanted))


def test_precision_of_who_tagged_nothing_says_so():
    document = finished(40, a=[], b=SAME)
    assert figure([document], "precision-type").reason == "a tagged nothing"
    assert figure([document], "recall-type").value == 0
    assert figure([document], "precision-type", "claim").reason == "a never used “claim”"


def test_an_unknown_measure_is_refused_with_the_nearest():
    with pytest.raises(NotFound, match="Did you mean “f1-type”"):
        checked("f1-types")


@pytest.mark.parametrize("measure", MEASURES)
def test_who_agrees_in_everything_gets_one(measure):
    label = "claim" if measure == "ku-alpha" else None
    found = figure([finished(40, a=SAME, b=SAME)], measure, label)
    assert (found.value, found.reason) == (1.0, None)


@pytest.mark.parametrize("measure", MEASURES)
def test_who_tagged_nothing_gets_no_figure_instead_of_one(measure):
    found = figure([finished(40, a=[], b=[])], measure, "claim" if measure == "ku-alpha" else None)
    assert (found.value, found.low, found.high) == (None, None, None)
    assert "neither" in found.reason


@pytest.mark.parametrize("measure", [name for name in MEASURES if name not in ("cu-alpha", "ku-alpha")])
def test_a_label_that_nobody_used_gets_no_figure(measure):
    found = figure([finished(40, a=SAME, b=SAME)], measure, "actor")
    assert (found.value, found.reason) == (None, "neither used “actor”")


def test_one_category_everywhere_gets_no_kappa():
    found = figure([finished(10, a=[("claim", 0, 10)], b=[("claim", 0, 10)])], "cohen")
    assert found.value is None
    assert "chance would agree as well" in found.reason


def test_counts_of_documents_are_pooled_not_averaged():
    one = finished(40, "one", a=[("claim", 0, 10)], b=[("claim", 0, 10)])
    two = finished(40, "two", a=[("claim", 0, 5)] * 3, b=[("claim", 20, 25)] * 5)
    assert figure([one, two], "f1-exact").value == 2 / 10


def test_a_partial_match_counts_one_half():
    found = matches(*finished(40, a=[("claim", 0, 10)], b=[("quote", 5, 15)]).spans.values())
    assert (found.exact, found.strict, found.type, found.partial) == (0, 0, 0, 1)
    assert score(found.partial, found.first, found.second).f1 == Fraction(1, 2)


def test_precision_and_recall_are_of_the_second_annotator():
    found = score(2, first=4, second=1)
    assert [found.precision, found.recall, found.f1] == [Fraction(1), Fraction(1, 4), Fraction(2, 5)]


def test_a_long_chain_of_overlaps_is_matched_to_the_end():
    first = [("claim", at, at + 10) for at in range(0, 300, 5)]
    second = [("claim", at + 7, at + 11) for at in range(0, 300, 5)]
    found = matches(*finished(400, a=first, b=second).spans.values())
    assert found.type == 2 * 60


def test_own_overlaps_refuse_the_unitizing_alphas_with_the_name():
    document = finished(40, a=[("claim", 0, 10), ("quote", 5, 15)], b=SAME)
    found = figure([document], "u-alpha")
    assert found.value is None
    assert found.reason == "spans of one annotator overlap (a), and this measure needs spans that don’t"
    assert figure([document], "u-alpha", "claim").value is not None


def test_ku_alpha_has_a_figure_for_each_label_or_one_reason_for_all():
    apart, over = finished(40, a=SAME, b=SAME), finished(40, a=[*SAME, ("claim", 5, 15)], b=SAME)

    def listed(document):
        return list(figures([document], ["ku-alpha"], [None], ["a", "b"], codebook=["claim", "quote", "actor"]))

    assert [(each.label, each.value) for each in listed(apart)] == [("claim", 1.0), ("quote", 1.0), ("actor", None)]
    assert [(each.label, each.value) for each in listed(over)] == [(None, None)]
    assert "overlap" in str(listed(over)[0].reason)


def test_touching_units_do_not_overlap():
    document = finished(40, a=[("claim", 0, 10), ("claim", 10, 15)], b=SAME)
    assert figure([document], "u-alpha").value is not None


def test_cu_alpha_is_of_all_labels_and_ku_alpha_of_one():
    documents = [finished(40, a=SAME, b=SAME)]
    assert "one label alone has none" in figure(documents, "cu-alpha", "claim").reason
    assert "one label at a time" in figure(documents, "ku-alpha").reason


def test_the_mean_is_that_of_the_pairs_that_are_shown():
    documents = [
        finished(60, "one", a=SAME, b=SAME, c=[("claim", 0, 9)]),
        finished(60, "two", a=SAME, b=[("claim", 0, 10)]),
    ]
    whole, *pairs = figures(documents, ["f1-strict"], [None], ["a", "b", "c"])
    assert [each.documents for each in (whole, *pairs)] == [2, 2, 1, 1]
    assert whole.value == pytest.approx(sum(each.value or 0 for each in pairs) / 3)
    assert whole.items == 8
    assert within(whole)


def test_a_pair_without_a_common_document_stays_out_of_the_mean():
    documents = [finished(60, "one", a=SAME, b=SAME), finished(60, "two", b=SAME, c=[("claim", 0, 10)])]
    whole, *pairs = figures(documents, ["f1-strict"], [None], ["a", "b", "c"])
    assert [each.value for each in pairs] == [1.0, None, pytest.approx(2 / 3)]
    assert pairs[1].reason == "no document was finished by both"
    assert whole.value == pytest.approx((1 + 2 / 3) / 2)


def test_a_pair_without_a_value_leaves_the_mean_without_one():
    documents = [finished(60, a=SAME, b=[], c=[])]
    whole = next(figures(documents, ["f1-strict"], [None], ["a", "b", "c"]))
    assert (whole.value, whole.reason) == (None, "b and c: neither tagged anything")


def test_measures_of_several_annotators_take_documents_that_all_finished():
    documents = [finished(60, "one", a=SAME, b=SAME, c=SAME), finished(60, "two", a=SAME, b=SAME)]
    assert [each.documents for each in figures(documents, ["alpha"], [None], ["a", "b", "c"])] == [1, 2, 1, 1]


def test_the_interval_is_the_same_each_time_and_wider_for_fewer_documents():
    def corpus(count):
        return [finished(60, f"d{at}", a=SAME, b=SAME if at % 3 else [("claim", 2, 10)]) for at in range(count)]

    few, many = figure(corpus(6), "alpha"), figure(corpus(60), "alpha")
    assert figure(corpus(6), "alpha") == few
    assert width(few) > width(many) > 0
    assert within(few)


def test_a_single_document_has_no_interval():
    found = figure([finished(60, a=SAME, b=SAME)], "alpha")
    assert (found.low, found.high) == (None, None)


def test_an_interval_leaves_two_and_a_half_in_a_hundred_out_at_either_end():
    assert interval([float(each) for each in range(SAMPLES)]) == (25.0, 974.0)
    assert interval([None] * 3 + [1.0] * 2) == (None, None)


def test_items_are_characters_spans_or_stretches():
    document = finished(60, a=[("claim", (0, 5), (8, 10))], b=[("claim", 0, 5)])
    survey = Survey([document])
    counted = {name: survey.figure(name, None, ("a", "b")).items for name in ("alpha", "alpha-tagged", "f1-type")}
    assert counted == {"alpha": 60, "alpha-tagged": 7, "f1-type": 2}
    assert survey.figure("u-alpha", None, ("a", "b")).items == 3


# Gamma.


def test_gamma_is_the_same_each_time():
    document = finished(80, a=SAME, b=[("claim", 2, 10), ("actor", 30, 40)])
    assert gamma([document], ("a", "b")) == gamma([document], ("a", "b"))


def test_gamma_of_chance_is_about_nothing():
    source = random.Random(5)

    def somebody():
        starts = [source.randrange(900) for _ in range(12)]
        return [(source.choice(["claim", "quote"]), start, start + source.randrange(5, 60)) for start in starts]

    found = gamma([finished(1000, f"d{at}", a=somebody(), b=somebody()) for at in range(8)], ("a", "b"))
    assert found.value == pytest.approx(0, abs=0.15)
    assert within(found)


def test_gamma_passes_over_a_document_without_text():
    documents = [finished(80, "one", a=SAME, b=SAME), finished(0, "two", a=[], b=[])]
    assert gamma(documents, ("a", "b")).value == 1.0


def test_gamma_falls_with_the_distance_of_the_ends():
    values: list[Any] = [
        gamma([finished(200, a=[("claim", 20, 40)], b=[("claim", 20 + by, 40 + by)])], ("a", "b")).value
        for by in (0, 2, 6, 30)
    ]
    assert values == sorted(values, reverse=True)
    assert values[0] == 1.0


def test_gamma_says_when_it_takes_too_long():
    found = gamma([finished(80, a=SAME, b=SAME)], ("a", "b"), seconds=0)
    assert (found.value, found.reason) == (None, "it took longer than 0 seconds")


def test_gamma_says_when_the_best_alignment_could_not_be_proven(monkeypatch):
    monkeypatch.setattr(alignment, "_MOST_SETS", 5)
    stack = [("claim", at, at + 20) for at in range(8)]
    found = gamma([finished(80, a=stack, b=stack)], ("a", "b"))
    assert found.value is None
    assert "could be proven to be the best" in str(found.reason)


def test_gamma_tells_how_far_it_is():
    heard: list[int] = []
    gamma([finished(80, a=SAME, b=SAME)], ("a", "b"), progress=heard.append)
    assert heard == list(range(1, len(heard) + 1))
    assert len(heard) >= 31


def test_a_sample_keeps_somebody_s_spans_and_moves_them_apart():
    document = finished(100, a=SAME, b=[("claim", 90, 99)], c=SAME)
    by_annotator = [units_of(spans) for spans in document.spans.values()]
    source = random.Random(1)
    for _ in range(200):
        drawn = sample(by_annotator, 100, source)
        assert len(drawn) == 3
        for units in drawn:
            shapes = [(unit.length, unit.label) for unit in units]
            assert shapes in [[(each.length, each.label) for each in mine] for mine in by_annotator]
            assert all(0 <= unit.start < 100 for unit in units)


def test_a_document_that_somebody_left_open_is_not_theirs():
    open_ = Finished("d", 40, {"a": ()})
    assert figure([open_], "alpha").reason == "no document was finished by both"
