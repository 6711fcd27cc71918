"""The index of spans answers as a plain list would."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.span import Fragment, Span
from annotator.domain.span_index import SpanIndex


def span_at(key: str, *places: tuple[int, int]) -> Span:
    return Span(key, "d", "claim", tuple(Fragment(start, end) for start, end in places), "", "me", "", "")


keys = st.sampled_from("abcdefgh")
spans = st.tuples(keys, st.integers(0, 60), st.one_of(st.integers(1, 4), st.integers(1, 60))).map(
    lambda drawn: span_at(drawn[0], (drawn[1], drawn[1] + drawn[2]))
)
steps = st.one_of(
    st.tuples(st.just("add"), spans),
    st.tuples(st.just("discard"), keys),
    st.tuples(st.just("extend"), st.lists(spans, max_size=10, unique_by=lambda span: span.id)),
)


@given(st.lists(steps, max_size=20), st.integers(0, 60), st.integers(1, 60))
def test_what_overlaps_a_stretch_is_what_a_list_says(done: list, start: int, length: int) -> None:
    index, plain = SpanIndex(), dict[str, Span]()

    def take_out(key: str) -> None:
        if old := plain.pop(key, None):
            index.discard(old)

    for name, value in done:
        added = [] if name == "discard" else [value] if name == "add" else value
        for key in [value] if name == "discard" else [span.id for span in added]:
            take_out(key)
        index.add(*added) if name == "add" else index.extend(added)
        plain |= {span.id: span for span in added}
        stop = start + length
        expected = sorted(span.id for span in plain.values() if span.start < stop and span.end > start)
        assert sorted(span.id for span in index.overlapping(start, stop)) == expected
        assert len(index) == len(plain)


def test_a_span_is_found_in_its_gaps_too() -> None:
    index = SpanIndex([span_at("a", (0, 5), (20, 30))])
    assert [span.id for span in index.overlapping(10, 12)] == ["a"]


def test_spans_that_only_touch_a_stretch_do_not_overlap_it() -> None:
    index = SpanIndex([span_at("before", (0, 5)), span_at("after", (10, 15)), span_at("all", (0, 15))])
    assert [span.id for span in index.overlapping(5, 10)] == ["all"]


def test_a_span_elsewhere_of_the_same_start_stays() -> None:
    index = SpanIndex([span_at("a", (3, 9)), span_at("b", (3, 9)), span_at("c", (3, 10))])
    index.discard(span_at("b", (3, 9)))
    assert {span.id for span in index.overlapping(0, 20)} == {"a", "c"}
