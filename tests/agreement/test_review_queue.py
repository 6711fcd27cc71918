"""The items of the review queue: which spans belong together, and how they differ."""

import time

import pytest

from annotator.agreement.finished import Finished
from annotator.agreement.review_queue import queue
from annotator.domain.relation import Relation
from tests.agreement.builders import finished, span


def items(*documents, relations=()):
    """Each item's kind, its spans' ids, and who has none."""
    return [(each.kind.value, [one.id for one in each.spans], each.missing) for each in queue(documents, relations)]


@pytest.mark.parametrize(
    ("kim", "lee", "kind"),
    [
        (("claim", 0, 10), ("claim", 0, 10), "unanimous"),
        (("claim", 0, 10), ("claim", 0, 12), "boundary"),
        (("claim", 0, 10), ("quote", 0, 10), "label"),
        (("claim", 0, 10), ("quote", 1, 10), "boundary and label"),
        (("claim", (0, 4), (6, 10)), ("claim", 0, 10), "boundary"),
        (("claim", (0, 4), (6, 10)), ("claim", (0, 4), (6, 10)), "unanimous"),
    ],
)
def test_an_item_says_how_its_spans_differ(kim, lee, kind):
    assert items(finished(30, kim=[kim], lee=[lee])) == [(kind, ["kim0", "lee0"], ())]


def test_a_span_that_nobody_else_has_is_missing():
    document = finished(60, kim=[("claim", 0, 10), ("claim", 40, 50)], lee=[("claim", 40, 50)], max=[])
    assert items(document) == [("missing", ["kim0"], ("lee", "max")), ("missing", ["kim1", "lee0"], ("max",))]


def test_spans_far_from_one_another_are_two_items():
    document = finished(60, kim=[("claim", 0, 10)], lee=[("claim", 40, 50)])
    assert items(document) == [("missing", ["kim0"], ("lee",)), ("missing", ["lee0"], ("kim",))]


def test_who_isn_t_done_is_not_missing():
    assert items(finished(30, kim=[("claim", 0, 10)])) == []
    document = finished(30, kim=[("claim", 0, 10)], lee=[("claim", 0, 10)])
    assert items(document) == [("unanimous", ["kim0", "lee0"], ())]


def test_three_who_differ_in_place_and_label_are_one_item():
    document = finished(30, kim=[("claim", 0, 10)], lee=[("claim", 0, 11)], max=[("quote", 0, 10)])
    assert items(document) == [("boundary and label", ["kim0", "lee0", "max0"], ())]


def test_nested_spans_find_their_own_kind():
    document = finished(60, kim=[("quote", 0, 50), ("actor", 10, 14)], lee=[("actor", 10, 14), ("quote", 0, 48)])
    assert items(document) == [("boundary", ["kim0", "lee1"], ()), ("unanimous", ["kim1", "lee0"], ())]


def test_stacked_spans_are_taken_one_by_one():
    document = finished(30, kim=[("claim", 0, 10)] * 3, lee=[("claim", 0, 10)] * 2)
    assert sorted(kind for kind, _, _ in items(document)) == ["missing", "unanimous", "unanimous"]
    held = [one for _, spans, _ in items(document) for one in spans]
    assert sorted(held) == ["kim0", "kim1", "kim2", "lee0", "lee1"]


def with_attributes(**spans):
    made = {
        name: tuple(
            span("claim", (0, 10), by=name, key=f"{name}{number}", attributes=[("kind", value)] if value else ())
            for number, value in enumerate(values)
        )
        for name, values in spans.items()
    }
    return Finished("d", 30, made)


def test_other_values_of_an_attribute_are_a_difference():
    assert items(with_attributes(kim=["causal"], lee=["factual"])) == [("attribute", ["kim0", "lee0"], ())]
    assert items(with_attributes(kim=["causal"], lee=[None])) == [("attribute", ["kim0", "lee0"], ())]
    assert items(with_attributes(kim=["causal"], lee=["causal"])) == [("unanimous", ["kim0", "lee0"], ())]


def test_stacked_spans_go_together_by_their_attributes():
    document = with_attributes(kim=["causal", "factual"], lee=["factual", "causal"], max=["factual", "causal"])
    found = items(document)
    assert {kind for kind, _, _ in found} == {"unanimous"}
    assert sorted(spans for _, spans, _ in found) == [["kim0", "lee1", "max1"], ["kim1", "lee0", "max0"]]


@pytest.mark.parametrize("wholes", [{"lee": [("claim", 0, 40)]}, {name: [("claim", 0, 40)] for name in ("lee", "max")}])
def test_one_span_against_two_pieces_is_a_split(wholes):
    document = finished(60, kim=[("claim", 0, 22), ("claim", 24, 40)], **wholes)
    assert [kind for kind, _, _ in items(document)] == ["split", "split"]


def test_a_longer_span_beside_another_one_is_no_split():
    document = finished(60, kim=[("claim", 0, 20), ("actor", 22, 30)], lee=[("claim", 0, 30)])
    assert [kind for kind, _, _ in items(document)] == ["boundary", "missing"]


def relation(number, source, target, kind="said by"):
    return Relation(f"r{number}", "d", kind, source, target, "", "")


def test_a_relation_that_only_one_has_is_a_difference_of_the_span_it_goes_out_from():
    spans = [("quote", 0, 10), ("actor", 20, 25), ("actor", 40, 45)]
    document = finished(60, kim=spans, lee=spans)
    both = [relation(1, "kim0", "kim1"), relation(2, "lee0", "lee1")]
    assert [kind for kind, _, _ in items(document, relations=both)] == ["unanimous"] * 3
    assert [kind for kind, _, _ in items(document, relations=both[:1])] == ["relation", "unanimous", "unanimous"]
    elsewhere = [relation(1, "kim0", "kim1"), relation(2, "lee0", "lee2")]
    assert [kind for kind, _, _ in items(document, relations=elsewhere)] == ["relation", "unanimous", "unanimous"]


def test_items_come_document_by_document_in_text_order():
    one = finished(60, "one", kim=[("claim", 30, 40), ("claim", 0, 10)], lee=[("claim", 50, 55)])
    two = finished(60, "two", kim=[("claim", 5, 10)], lee=[])
    assert [(each.document, each.spans[0].start) for each in queue([one, two])] == [
        ("one", 0),
        ("one", 30),
        ("one", 50),
        ("two", 5),
    ]


def test_a_stack_too_dense_to_try_everything_is_put_together_all_the_same():
    people = {
        name: [("claim", start, start + 40 + start % step) for start in range(40)]
        for name, step in (("a", 7), ("b", 5), ("c", 3))
    }
    found = queue([finished(200, **people)], deadline=time.monotonic())
    assert sorted(one.id for each in found for one in each.spans) == sorted(
        f"{name}{number}" for name in people for number in range(40)
    )
