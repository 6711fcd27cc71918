"""Finding a text or a regular expression in one document, in steps of a few milliseconds each.

Nearly everything is matched by the package `regex`: it folds case as Unicode says (ß is ss), lets other threads go on
while it searches, and keeps to a time limit, so that an expression that takes for ever ends with a message. It works on
the stored text, so that positions are those of the text. Only where accents make no difference, and only in stretches
that have any, it works on a copy without them. A text in ASCII needs none of this in a stretch that is ASCII too:
Python's own `re` finds the same there, in two thirds of the time where there is little to find.
"""

import re
import time
import unicodedata
from collections.abc import Iterator
from functools import cached_property

import regex

from annotator.domain.accents import BareText, has_accents, is_mark, without_accents
from annotator.domain.characters import cuts_character
from annotator.domain.search import LONGEST_EXPRESSION, LONGEST_TEXT, Query, is_whole
from annotator.errors import BadArgument

Pairs = list[tuple[int, int]]

BETWEEN = "\0"  # two texts

_STRETCH = 32_768  # code points of a step
_PLAIN_STRETCH = 524_288  # of one in ASCII
_SHORTEST, _MANY = 1_024, 1_000  # where a step finds many it takes longer: the next one is shorter
_BEYOND = 16_384  # code points beyond it that a hit which begins in it may reach into
_CONTEXT = 256  # code points before a stretch that an expression can look back at where accents are left out
_LIMIT_S = 0.25  # of an expression within one stretch
_BLANKS = r"[\s\x1c-\x1f]+"
_QUOTES = {char: f"[{chars}]" for chars in ("'‘’‚‛", '"“”„‟') for char in chars}
_TOO_SLOW = (
    "The expression takes too long on this text. Make it simpler: no repeat inside of a repeat, such as (a+)+ or (.*)*."
)


class Matcher:
    """A query made ready. Raises BadArgument for an expression that can't be read, with where it goes wrong."""

    def __init__(self, query: Query) -> None:
        longest = LONGEST_EXPRESSION if query.regex else LONGEST_TEXT
        if len(query.text) > longest:
            raise BadArgument(f"What is looked for has {len(query.text):,} characters; {longest:,} is the most.")
        self._query = query
        bare = "" if query.accents else without_accents(query.text)
        self._bare = bool(bare.strip())  # of a mark alone nothing would be left to look for
        text = bare if self._bare else query.text
        self._after_blank = not query.regex and text[:1].isspace()
        self._before_blank = not query.regex and text[-1:].isspace()
        self._beyond = _BEYOND if query.regex else 4 * len(text) + _CONTEXT
        self._text = text if query.regex else text.strip()
        self._apart = query.regex or BETWEEN in text  # else it is no part of what is found, nor beside it
        self._plain: re.Pattern[str] | None = None  # finds the same in ASCII, unless case counts in lower case
        if not (query.regex or query.words or self._after_blank or self._before_blank) and text.isascii():
            self._plain = re.compile(_literal(self._text if query.case else self._text.lower()))
        if query.regex:
            self._pattern = self._compiled()

    @cached_property
    def _pattern(self) -> "regex.Pattern[str]":
        return self._compiled()  # of a text only where it is needed: it takes as long as to look through 100 texts

    def _compiled(self) -> "regex.Pattern[str]":
        flags = regex.MULTILINE | (0 if self._query.case else regex.IGNORECASE | regex.FULLCASE)
        return _compiled(self._text if self._query.regex else _literal(self._text), flags)

    def places(self, text: str) -> Iterator[Pairs]:
        """Yield the places in `text`, in order, none over another: a list a step, which may be empty.

        It may be several texts with a NUL between them: nothing is found across one. Raises BadArgument where an
        expression takes too long.
        """
        if self._apart and BETWEEN in text:
            begin = 0
            for each in text.split(BETWEEN):
                for found in self._places(each):
                    yield [(start + begin, end + begin) for start, end in found] if found else found
                begin += len(each) + 1
        else:
            yield from self._places(text)

    def _places(self, text: str) -> Iterator[Pairs]:
        at, stretch, longest = 0, _STRETCH, _PLAIN_STRETCH if self._plain and text.isascii() else _STRETCH
        while at < len(text) and not self._query.empty:
            stop = min(at + stretch, len(text))
            found = self._in_stretch(text, at, stop)
            yield found
            at = max(stop, found[-1][1] if found else 0)
            stretch = max(stretch // 2, _SHORTEST) if len(found) > _MANY else min(stretch * 4, longest)

    def _in_stretch(self, text: str, start: int, stop: int) -> Pairs:
        """Return what begins from `start` to `stop`; look further where a hit reaches the end of what is looked at."""
        beyond = self._beyond
        while True:
            end = self._end_of_look(text, stop + beyond)
            plain = self._plain and (text.isascii() or text[max(0, start - 1) : end + 1].isascii())
            found = self._found_plainly(text, start, stop, end) if plain else list(self._found(text, start, stop, end))
            if not found or found[-1][1] < end or end == len(text):
                return found
            beyond *= 2

    def _found_plainly(self, text: str, start: int, stop: int, end: int) -> Pairs:
        """Do as `_found` does where all is ASCII: every match counts. A million characters take a millisecond."""
        assert self._plain is not None
        copy = 0 if self._query.case else start  # where what is looked at begins, if it isn't the text itself
        looked_at = text if self._query.case else text[start:end].lower()
        found = self._plain.finditer(looked_at, start - copy, end - copy)
        spans = [match.span() for match in found]
        while spans and copy + spans[-1][0] >= stop:
            spans.pop()
        return [(copy + first, copy + last) for first, last in spans] if copy else spans

    def _end_of_look(self, text: str, end: int) -> int:
        """An expression takes the end of what it is given for the end of a line: let it be one, if one is near."""
        if end >= len(text):
            return len(text)
        line = text.find("\n", end, end + _BEYOND) if self._query.regex else -1
        return line + 1 if line >= 0 else end

    def _found(self, text: str, start: int, stop: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield what begins from `start` to `stop` and ends up to `end`."""
        context = max(0, start - _CONTEXT)
        copy = BareText(text, context, end) if self._bare and has_accents(text[context:end]) else None
        looked_at, at, last = (copy.text, copy.bare(start), copy.bare(end)) if copy else (text, start, end)
        began, matches = time.thread_time(), self._matches(looked_at, at, last)
        while match := next(matches, None):
            place = copy.stored(*match.span()) if copy else match.span()
            if place[0] >= stop:
                return
            if self._counts(text, *place):
                yield place
            else:
                matches = self._matches(looked_at, match.start() + 1, last)
            if self._query.regex and time.thread_time() - began > _LIMIT_S:
                raise BadArgument(_TOO_SLOW)

    def _matches(self, text: str, start: int, end: int) -> Iterator["regex.Match[str]"]:
        limit = _LIMIT_S if self._query.regex else None  # to look at the clock takes longer than to find a word
        try:
            yield from self._pattern.finditer(text, start, end, concurrent=True, timeout=limit)
        except TimeoutError:
            raise BadArgument(_TOO_SLOW) from None

    def _counts(self, text: str, start: int, end: int) -> bool:
        if start >= end or (self._query.words and not is_whole(text, start, end)):
            return False
        if self._query.regex:
            return True
        if _cuts(text, start) or _cuts(text, end):
            return False
        if self._after_blank and not (start > 0 and text[start - 1].isspace()):
            return False
        return not self._before_blank or text[end : end + 1].isspace()


def _cuts(text: str, at: int) -> bool:
    return not text[max(0, at - 1) : at + 1].isascii() and cuts_character(text, at)


def _compiled(pattern: str, flags: int) -> "regex.Pattern[str]":
    try:
        compiled = regex.compile(pattern, flags, cache_pattern=False)
    except regex.error as error:
        at = getattr(error, "pos", None)
        where = "" if at is None else f" at character {at + 1}"
        raise BadArgument(f"The expression can't be read: {getattr(error, 'msg', error)}{where}.") from None
    except (RecursionError, MemoryError, OverflowError, ValueError, KeyError):
        raise BadArgument(
            "The expression can't be read: it is nested too deeply, or its numbers are too large."
        ) from None
    if compiled.flags & regex.REVERSE:
        raise BadArgument("The expression can't be used: (?r) would search backwards.")
    return compiled


def _literal(text: str) -> str:
    """Return the expression for a text: a blank is any white space, a quotation mark straight or curly.

    A letter with accents is found however it is composed.
    """
    parts: list[str] = []
    for letter in _letters(text):
        if letter.isspace():
            if parts[-1:] != [_BLANKS]:
                parts.append(_BLANKS)
        else:
            forms = sorted({letter, *(unicodedata.normalize(form, letter) for form in ("NFC", "NFD"))})
            escaped = [_QUOTES.get(form) or regex.escape(form) for form in forms]
            parts.append(escaped[0] if len(escaped) == 1 else f"(?:{'|'.join(escaped)})")
    return "".join(parts)


def _letters(text: str) -> Iterator[str]:
    """Yield the characters of a text, each with the marks behind it."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not is_mark(text[at]):
            yield text[start:at]
            start = at
