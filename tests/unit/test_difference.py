"""What a candidate's words have that another's haven't, and how little of long ones is shown."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.characters import cuts_character
from annotator.domain.span import Fragment, fragments_of
from annotator.gui.review.difference import ELISION, GAP, Mark, Piece, compared, shortened, without_middle

TEXT = "ICE should not pursue people for traffic offenses, and ensure that victims are protected."


def at(*words: str, text: str = TEXT) -> tuple[Fragment, ...]:
    return tuple(Fragment(text.index(each), text.index(each) + len(each)) for each in words)


def told(pieces: list[Piece]) -> list[tuple[str, str]]:
    return [(piece.mark.value, piece.text) for piece in pieces]


def test_a_longer_one_has_more_at_its_end() -> None:
    short, long = at("pursue people"), at("pursue people for traffic offenses")
    assert told(compared(TEXT, long, short)) == [("same", "pursue people"), ("own", " for traffic offenses")]
    assert told(compared(TEXT, short, long)) == [("same", "pursue people"), ("lacking", " for traffic offenses")]
    assert told(compared(TEXT, long)) == [("same", "pursue people for traffic offenses")]


def test_between_fragments_stands_an_ellipsis_or_what_the_other_has_there() -> None:
    pieces, whole = at("should not", "people for"), at("should not pursue people for")
    assert told(compared(TEXT, pieces)) == [("same", "should not"), ("gap", GAP), ("same", "people for")]
    assert told(compared(TEXT, pieces, whole)) == [
        ("same", "should not"),
        ("lacking", " pursue "),
        ("same", "people for"),
    ]


def test_where_two_share_nothing_all_is_its_own() -> None:
    assert told(compared(TEXT, at("victims"), at("ICE"))) == [("own", "victims")]


def test_lines_are_put_together() -> None:
    assert told(compared("one\n\n  two \n", [Fragment(0, 12)])) == [("same", "one two")]


texts = st.text(st.sampled_from("ab \ne\u0301😀👨\u200d👩é"), min_size=1, max_size=80)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, tuple[Fragment, ...], tuple[Fragment, ...]]:
    text = draw(texts)
    place = st.integers(0, len(text) - 1).flatmap(
        lambda start: st.tuples(st.just(start), st.integers(start + 1, len(text)))
    )
    some = st.lists(place, min_size=1, max_size=5).map(lambda found: fragments_of(found, len(text)))
    return text, draw(some), draw(some)


def covered(fragments: tuple[Fragment, ...]) -> set[int]:
    return {at for each in fragments for at in range(each.start, each.end)}


@given(pairs())
def test_each_character_has_the_mark_that_is_its_due(
    found: tuple[str, tuple[Fragment, ...], tuple[Fragment, ...]],
) -> None:
    text, mine, theirs = found
    pieces = compared(text, mine, theirs)
    inked = {at for at in range(len(text)) if not text[at].isspace()}

    def marked(mark: Mark) -> set[int]:
        return {at for piece in pieces if piece.mark is mark for at in range(piece.start, piece.end)} & inked

    own, other = covered(mine), covered(theirs)
    assert marked(Mark.SAME) == own & other & inked
    assert marked(Mark.OWN) == (own - other) & inked
    assert marked(Mark.LACKING) == ((other - own) & inked if own & other else set())
    assert [piece.start for piece in pieces] == sorted(piece.start for piece in pieces)


@given(pairs())
def test_the_pieces_say_what_the_text_says(found: tuple[str, tuple[Fragment, ...], tuple[Fragment, ...]]) -> None:
    text, mine, theirs = found
    for piece in compared(text, mine, theirs):
        if piece.mark is not Mark.GAP:
            assert "".join(piece.text.split()) == "".join(text[piece.start : piece.end].split())


@given(pairs(), st.integers(20, 60))
def test_what_is_shortened_is_short_and_keeps_its_marks(
    found: tuple[str, tuple[Fragment, ...], tuple[Fragment, ...]], most: int
) -> None:
    pieces = compared(*found)
    shown = shortened(pieces, most)
    assert len(shown) <= 9
    assert all(len(piece.text) <= max(36, most) + len(ELISION) for piece in shown)
    assert {piece.mark for piece in shown} <= {piece.mark for piece in pieces} | {Mark.GAP}
    if sum(len(piece.text) for piece in pieces) <= most:
        assert shown == pieces


@given(texts.map(lambda text: " ".join(text.split())), st.integers(5, 40))
def test_only_a_middle_goes_and_no_character_is_cut(words: str, most: int) -> None:
    shown = without_middle(words, most)
    if len(words) <= most:
        assert shown == words
        return
    head, tail = shown.split(ELISION)
    assert words.startswith(head)
    assert words.endswith(tail)
    assert len(head) + len(tail) <= len(words)
    assert not cuts_character(words, len(words) - len(tail))


def test_a_long_word_is_cut_too() -> None:
    assert without_middle("x" * 100, 20) == "x" * 8 + ELISION + "x" * 8
