"""The interval index answers as a plain list would."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.intervals import IntervalIndex

keys = st.sampled_from("abcdefgh")
intervals = st.tuples(keys, st.integers(0, 60), st.one_of(st.integers(1, 4), st.integers(1, 60))).map(
    lambda drawn: (drawn[0], drawn[1], drawn[1] + drawn[2])
)
steps = st.one_of(
    st.tuples(st.just("add"), intervals),
    st.tuples(st.just("discard"), keys),
    st.tuples(st.just("extend"), st.lists(intervals, max_size=10)),
)


@given(st.lists(intervals, max_size=10), st.lists(steps, max_size=20), st.integers(0, 60), st.integers(1, 60))
def test_what_overlaps_a_stretch_is_what_a_list_says(first: list, done: list, start: int, length: int) -> None:
    index = IntervalIndex(first)
    plain = {key: (begin, end) for key, begin, end in first}
    for name, value in done:
        if name == "add":
            index.add(*value)
            plain[value[0]] = value[1:]
        elif name == "discard":
            index.discard(value)
            plain.pop(value, None)
        else:
            index.extend(value)
            plain |= {key: (begin, end) for key, begin, end in value}
        stop = start + length
        expected = sorted(key for key, (begin, end) in plain.items() if begin < stop and end > start)
        assert sorted(index.overlapping(start, stop)) == expected
        assert len(index) == len(plain)
    assert all((key in index) == (key in plain) for key in "abcdefgh")


def test_of_two_intervals_with_one_key_the_last_counts() -> None:
    index = IntervalIndex([("a", 0, 5), ("a", 20, 30)])
    assert list(index.overlapping(0, 10)) == []
    assert list(index.overlapping(25, 26)) == ["a"]
    index.discard("a")
    assert list(index.overlapping(0, 100)) == []


def test_intervals_that_only_touch_a_stretch_do_not_overlap_it() -> None:
    index = IntervalIndex([("before", 0, 5), ("after", 10, 15), ("all", 0, 15)])
    assert list(index.overlapping(5, 10)) == ["all"]
