"""A span gets other ends and fragments, by whole words or characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.characters import cuts_character
from annotator.domain.shaping import End, Fragments, dragged, nudged, with_stretch, without_fragment_at
from annotator.domain.span import Fragment, span_text
from annotator.domain.words import snap
from tests.unit.strategies import texts

TEXT = "They said the “new” program, in the U.S., distracts police."
WORDS = pytest.mark.parametrize("words", [True, False])


def of(*words: str) -> Fragments:
    return tuple(Fragment(TEXT.index(w), TEXT.index(w) + len(w)) for w in words)


def shown(fragments: Fragments) -> str:
    return " | ".join(span_text(TEXT, [fragment]) for fragment in fragments)


@pytest.mark.parametrize(
    ("start", "end", "step", "words", "expected"),
    [
        ("program", End.END, 1, True, "program, in"),
        ("new” program", End.END, -1, True, "new"),
        ("program", End.START, -1, True, "new” program"),
        ("new” program", End.START, 1, True, "program"),
        ("program", End.END, -1, True, "program"),
        ("program", End.START, 1, True, "program"),
        ("program", End.END, 1, False, "program,"),
        ("program", End.START, 1, False, "rogram"),
        ("police", End.END, 1, True, "police"),
        ("They", End.START, -1, False, "They"),
    ],
)
def test_a_nudge(start: str, end: End, step: int, words: bool, expected: str) -> None:
    assert shown(nudged(TEXT, of(start), end, step, words=words)) == expected


@pytest.mark.parametrize(
    ("spans", "end", "to", "words", "expected"),
    [
        (("program",), End.END, "n the U.S", True, "program, in"),
        (("program",), End.END, ", in", True, "program"),
        (("program",), End.END, "istracts", False, "program, in the U.S., d"),
        (("said the", "program", "police"), End.END, "gram", True, "said the | program"),
        (("said the", "program", "police"), End.END, "distracts", True, "said the | program"),
        (("said the", "program", "police"), End.START, "“new”", True, "program | police"),
        (("said the", "program", "police"), End.START, "ice", True, "police"),
        (("said the", "program"), End.END, "They", True, "said"),
        (("said the", "program"), End.START, "police", True, "program"),
        (("program",), End.START, ".", False, "m"),
        (("program",), End.START, "new”", True, "new” program"),
        (("program",), End.START, "“new”", True, "“new” program"),
    ],
)
def test_a_drag(spans: tuple[str, ...], end: End, to: str, words: bool, expected: str) -> None:
    assert shown(dragged(TEXT, of(*spans), end, TEXT.index(to), words=words)) == expected


def test_a_stretch_is_added_by_whole_words_and_joins_what_it_touches() -> None:
    assert (
        shown(with_stretch(TEXT, of("said"), TEXT.index("ogram"), TEXT.index(", in"), words=True)) == "said | program"
    )
    assert shown(with_stretch(TEXT, of("said"), TEXT.index(" the"), TEXT.index("he "), words=False)) == "said t"
    assert with_stretch(TEXT, of("said"), 4, 5, words=True) == of("said")


def test_a_fragment_goes_but_never_the_last_one() -> None:
    two = of("said", "program")
    assert shown(without_fragment_at(two, TEXT.index("aid"))) == "program"
    assert shown(without_fragment_at(two, TEXT.index(", in"))) == "said"
    assert without_fragment_at(two, TEXT.index("police")) == two
    assert without_fragment_at(of("said"), TEXT.index("said")) == of("said")


@st.composite
def spans(draw: st.DrawFn) -> tuple[str, Fragments]:
    """A text and a span in it; its ends stand anywhere, as those of an import may."""
    text = draw(texts.filter(bool))
    edges = draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True).map(sorted))
    return text, tuple(Fragment(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))


def covered(fragments: Fragments) -> set[int]:
    return {at for fragment in fragments for at in range(fragment.start, fragment.end)}


def well_formed(text: str, fragments: Fragments) -> bool:
    edges = [edge for fragment in fragments for edge in (fragment.start, fragment.end)]
    return bool(fragments) and edges == sorted(set(edges)) and edges[0] >= 0 and edges[-1] <= len(text)


def edge(fragments: Fragments, end: End) -> int:
    return fragments[0].start if end is End.START else fragments[-1].end


ENDS = st.sampled_from(End)


@given(spans(), ENDS, st.data(), st.booleans())
def test_a_drag_moves_one_end_and_leaves_text(
    span: tuple[str, Fragments], end: End, data: st.DataObject, words: bool
) -> None:
    text, before = span
    position = data.draw(st.integers(0, len(text)))
    after = dragged(text, before, end, position, words=words)
    other = End.START if end is End.END else End.END
    assert well_formed(text, after)
    assert edge(after, other) == edge(before, other)
    was = edge(before, end)
    if position == was or (position < was) == (end is End.END):
        assert covered(after) <= covered(before)
    else:
        assert covered(before) <= covered(after)
    inner = {f.end if end is End.END else f.start for f in before}
    assert edge(after, end) in inner or not cuts_character(text, edge(after, end))


@given(spans(), ENDS, st.booleans())
def test_an_end_that_is_let_go_where_it_stands_stays_there(span: tuple[str, Fragments], end: End, words: bool) -> None:
    text, before = span
    snapped = all(snap(text, f.start, f.end) == (f.start, f.end) for f in before)
    if snapped and not any(cuts_character(text, at) for f in before for at in (f.start, f.end)):
        assert dragged(text, before, end, edge(before, end), words=words) == before


@given(spans(), ENDS, st.sampled_from([1, -1]), st.booleans())
def test_a_nudge_moves_one_end_the_asked_way_and_never_into_a_character(
    span: tuple[str, Fragments], end: End, step: int, words: bool
) -> None:
    text, before = span
    after = nudged(text, before, end, step, words=words)
    other = End.START if end is End.END else End.END
    assert well_formed(text, after)
    assert edge(after, other) == edge(before, other)
    moved = edge(after, end)
    assert after == before or (moved - edge(before, end)) * step > 0
    assert moved in {f.end if end is End.END else f.start for f in before} or not cuts_character(text, moved)


@given(spans(), ENDS)
def test_nudges_by_characters_there_and_back_end_where_they_began(span: tuple[str, Fragments], end: End) -> None:
    text, before = span
    step = 1 if end is End.END else -1
    once = nudged(text, before, end, step, words=False)
    if not cuts_character(text, edge(before, end)):
        back = nudged(text, once, end, -step, words=False)
        assert back == before or once == before


@given(spans(), st.data(), st.booleans())
def test_an_added_stretch_keeps_all_that_was_there(
    span: tuple[str, Fragments], data: st.DataObject, words: bool
) -> None:
    text, before = span
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    after = with_stretch(text, before, start, end, words=words)
    assert well_formed(text, after)
    assert covered(before) <= covered(after)
    assert words or covered(after) >= set(range(start, end))
