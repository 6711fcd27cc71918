"""New fragments for a span: an end dragged or nudged, a stretch added, a fragment taken out.

Free functions; positions are code points, ends exclusive. Nothing here ever gives a span without text, and no end that
was moved stands inside a visible character. With `words` an end goes by whole words, as selections do.
"""

from enum import Enum

from annotator.domain.characters import cuts_character, next_character, previous_character
from annotator.domain.span import Fragment, fragments_of
from annotator.domain.words import next_word_end, next_word_start, previous_word_end, previous_word_start, snap

Fragments = tuple[Fragment, ...]


class End(Enum):
    """Which end of a span is meant."""

    START = "start"
    END = "end"


_WORD_MOVES = {
    (End.END, 1): next_word_end,
    (End.END, -1): previous_word_end,
    (End.START, 1): next_word_start,
    (End.START, -1): previous_word_start,
}


def nudged(text: str, fragments: Fragments, end: End, step: int, *, words: bool) -> Fragments:
    """Return the fragments with one end moved by a word or a character: `step` 1 later in the text, -1 earlier.

    They come back as they were where there is no further word or character, or where nothing would stay.
    """
    at = fragments[0].start if end is End.START else fragments[-1].end
    if words:
        position = _WORD_MOVES[end, step](text, at)
        first, last = sorted((at, position))
        if not any(char.isalnum() for char in text[first:last]):
            return fragments
    else:
        position = next_character(text, at) if step > 0 else previous_character(text, at)
    return _with_end_at(fragments, end, position)


def dragged(text: str, fragments: Fragments, end: End, position: int, *, words: bool) -> Fragments:
    """Return the fragments with one end brought to `position`, or as near as whole words or characters allow.

    A fragment on the far side goes; between two fragments the end stays at the nearer one's. Dragged past the other
    end, the last word (or character) of the span stays.
    """
    target = _end_target if end is End.END else _start_target
    return _with_end_at(fragments, end, target(text, fragments, position, words))


def _end_target(text: str, fragments: Fragments, position: int, words: bool) -> int:
    first, last = fragments[0], fragments[-1]
    least = min((next_word_end if words else next_character)(text, first.start), first.end)
    home = next((f for f in reversed(fragments) if f.start < position), None)
    if home is None:
        return least
    if words:
        wanted = snap(text, home.start, position)[1]
    else:
        wanted = next_character(text, position) if cuts_character(text, position) else position
    if position <= home.end:
        return max(min(wanted, home.end), least)
    return max(wanted, home.end) if home is last else home.end


def _start_target(text: str, fragments: Fragments, position: int, words: bool) -> int:
    first, last = fragments[0], fragments[-1]
    least = max((previous_word_start if words else previous_character)(text, last.end), last.start)
    home = next((f for f in fragments if f.end > position), None)
    if home is None:
        return least
    if words:
        wanted = snap(text, position, home.end)[0]
    else:
        wanted = previous_character(text, position) if cuts_character(text, position) else position
    if position >= home.start:
        return min(max(wanted, home.start), least)
    return min(wanted, home.start) if home is first else home.start


def _with_end_at(fragments: Fragments, end: End, position: int) -> Fragments:
    """Cut the span off at a position, or grow it up to there; unchanged where nothing would stay."""
    if end is End.START:
        return _mirrored(_with_end_at(_mirrored(fragments), End.END, -position))
    kept = [f for f in fragments if f.start < position]
    if not kept:
        return fragments
    if len(kept) == len(fragments) or position < kept[-1].end:
        kept[-1] = Fragment(kept[-1].start, position)
    return tuple(kept)


def _mirrored(fragments: Fragments) -> Fragments:
    return tuple(Fragment(-f.end, -f.start) for f in reversed(fragments))


def with_stretch(text: str, fragments: Fragments, start: int, end: int, *, words: bool) -> Fragments:
    """Return the fragments with one more, joined with those that it touches; as they were for an empty stretch."""
    if start >= end:
        return fragments
    if words:
        start, end = snap(text, start, end)
    else:
        start = previous_character(text, start) if cuts_character(text, start) else start
        end = next_character(text, end) if cuts_character(text, end) else end
    if start >= end:
        return fragments
    return fragments_of([*((f.start, f.end) for f in fragments), (start, end)], len(text))


def without_fragment_at(fragments: Fragments, position: int) -> Fragments:
    """Return the fragments without the one that holds `position`, or ends there; the only one of a span stays."""
    here = next((f for f in fragments if f.start <= position < f.end), None)
    here = here or next((f for f in fragments if f.end == position), None)
    return tuple(f for f in fragments if f is not here) if len(fragments) > 1 else fragments
