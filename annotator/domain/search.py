"""A search: what is looked for and where, and a hit with the words around it. Positions are code points."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from annotator.domain.document import Document, State
from annotator.domain.span import Span
from annotator.domain.words import is_word
from annotator.errors import BadArgument

LONGEST_TEXT = 10_000  # code points of a text that is looked for
LONGEST_EXPRESSION = 1_000
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_READ = 4  # code points read for each that is shown: line breaks and blanks between words fall away


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: a text, or with `regex` a regular expression.

    Unless asked for, `case` and `accents` make no difference. With `words` a hit begins and ends where words do. In a
    text a blank stands for any white space, a quotation mark for a straight or a curly one.
    """

    text: str
    regex: bool = False
    case: bool = False
    accents: bool = False
    words: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.text if self.regex else not self.text.strip()


def every_occurrence(text: str, start: int, end: int) -> Query:
    """Return the search for what stands from `start` to `end`, as it is written; as whole words, if it is."""
    words = " ".join(text[start:end].split())
    return Query(words, case=True, accents=True, words=is_whole(text, start, end))


@dataclass(frozen=True, slots=True)
class Scope:
    """Where it is looked for; what is empty leaves nothing out.

    `since` and `until` are days, months or years (`2011-09-16`, `2011-09`, `2011`); a document without a date is then
    left out. The outlet "" is that of documents without one. `states` are those of the project's annotator, and so are
    the spans: `inside` keeps the hits within spans of that label, `outside` those that no span of that label covers.
    """

    documents: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    states: tuple[State, ...] = ()
    inside: str = ""
    outside: str = ""

    def check(self) -> None:
        """Raise BadArgument for a date that is none."""
        for date in (self.since, self.until):
            if date and not _DATE.fullmatch(date):
                raise BadArgument(f"“{date}” is not a date. Write 2011-09-16, 2011-09 or 2011.")

    @property
    def describes(self) -> bool:
        """Whether it leaves documents out by what is known of them."""
        return bool(self.outlets or self.since or self.until)

    def has(self, document: Document) -> bool:
        """Whether a document may hold hits, its state and its spans aside."""
        if self.outlets and (document.outlet or "") not in self.outlets:
            return False
        return not (self.since or self.until) or self._in_time(document.published or "")

    def _in_time(self, published: str) -> bool:
        """Whether any day of what may be a whole month or year lies within."""
        found = _DATE.match(published)
        if found is None:
            return False
        first, last = _days(found.group())
        return (not self.since or last >= _days(self.since)[0]) and (not self.until or first <= _days(self.until)[1])


def _days(date: str) -> tuple[str, str]:
    """The first and the last day of a date, so that they compare as text."""
    return (date + "-00-00")[:10], (date + "-99-99")[:10]


Place = tuple[str, int, int]
"""A document's id, start and end."""


class Places:
    """Places in documents, in order, document by document: a number each. There may be a million: 16 bytes each."""

    __slots__ = ("_ends", "_firsts", "_starts", "documents")

    def __init__(self, places: Iterable[Place] = ()) -> None:
        self.documents: list[str] = []
        """Those with a place, in order."""
        self._firsts = array("q")  # the number of each document's first place
        self._starts, self._ends = array("q"), array("q")
        for document, start, end in places:
            if not self._goes_on([document]):
                self.documents.append(document)
                self._firsts.append(len(self))
            self._starts.append(start)
            self._ends.append(end)

    def add(self, documents: Sequence[Document], begins: Sequence[int], found: Iterable[tuple[int, int]]) -> None:
        """Add places in documents' texts that stand one behind the other, where `begins` says, and one more would."""
        starts: list[int] = []
        ends: list[int] = []
        new: list[str] = []
        firsts: list[int] = []
        begin, until, number = 0, 0, -1
        for at, (start, end) in enumerate(found, len(self)):
            if start >= until:
                number += 1  # mostly it is the next one that has the next place
                until = begins[number + 1]
                if start >= until:
                    number = bisect_right(begins, start, number + 1) - 1
                    until = begins[number + 1]
                begin = begins[number]
                new.append(documents[number].id)
                firsts.append(at)
            starts.append(start - begin)
            ends.append(end - begin)
        same = self._goes_on(new)
        self.documents += new[same:]
        self._firsts.extend(firsts[same:])
        self._starts.extend(starts)
        self._ends.extend(ends)

    def extend(self, more: "Places") -> None:
        """Add places that follow, perhaps in the same document."""
        count = len(self)
        same = self._goes_on(more.documents)
        self.documents += more.documents[same:]
        self._firsts.extend([first + count for first in more._firsts[same:]])
        self._starts.extend(more._starts)
        self._ends.extend(more._ends)

    def _goes_on(self, documents: Sequence[str]) -> bool:
        """Whether what follows begins in the last document of those that are there."""
        return bool(self.documents and documents) and self.documents[-1] == documents[0]

    def copy(self) -> "Places":
        """Return the places of now."""
        made = Places()
        made.extend(self)
        return made

    def within(self, document: int) -> range:
        """Return the numbers of the places in a document, by its number in `documents`."""
        following = document + 1
        return range(self._firsts[document], self._firsts[following] if following < len(self._firsts) else len(self))

    def document_of(self, number: int) -> int:
        """Return the number in `documents` of the document of a place."""
        return bisect_right(self._firsts, number) - 1

    def pairs(self, numbers: range) -> Iterator[tuple[int, int]]:
        """Yield start and end of some places, without their documents."""
        cut = slice(numbers.start, numbers.stop)
        return zip(self._starts[cut], self._ends[cut], strict=True)

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, number: int) -> Place:
        return self.documents[self.document_of(number)], self._starts[number], self._ends[number]

    def __iter__(self) -> Iterator[Place]:
        for number, document in enumerate(self.documents):
            for start, end in self.pairs(self.within(number)):
                yield document, start, end


class Tag(NamedTuple):
    """A span that covers a hit exactly."""

    span: str
    label: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where it was found, with some words before and after on one line, and who tagged exactly this.

    `tags` are the spans, of one fragment, by the project's annotator.
    """

    document: str
    start: int
    end: int
    before: str
    text: str
    after: str
    tags: tuple[Tag, ...] = ()

    @property
    def place(self) -> Place:
        return self.document, self.start, self.end


@dataclass(frozen=True, slots=True)
class Found:
    """A step of a search: places in text order, and how many documents of how many have been looked through."""

    places: Places
    searched: int
    of: int


@dataclass(frozen=True, slots=True)
class TaggedHits:
    """What became of places that were to be tagged: the new spans, and how many had this label already."""

    spans: Sequence[Span]
    already: int


def words_before(text: str, at: int, width: int) -> str:
    """Return up to `width` code points of what stands before `at`, on one line, from a whole word on."""
    first = max(0, at - _READ * width)
    line = _one_line(text[first:at])
    whole = first == 0
    if len(line) > width:
        cut = len(line) - width
        following = line.find(" ", cut - 1, len(line) - 1)
        line, whole = line[following + 1 if following >= 0 else cut :], False
    return line if whole else f"…{line.lstrip()}"


def words_after(text: str, at: int, width: int) -> str:
    """Return up to `width` code points of what stands from `at` on, on one line, up to a whole word."""
    last = min(len(text), at + _READ * width)
    line = _one_line(text[at:last])
    whole = last == len(text)
    if len(line) > width:
        previous = line.rfind(" ", 1, width + 1)
        line, whole = line[: previous if previous > 0 else width], False
    return line if whole else f"{line.rstrip()}…"


def _one_line(text: str) -> str:
    """Return `text` with single blanks; one at an end stays, since there a hit begins or ends."""
    line = " ".join(text.split())
    if not line:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{line}{' ' if text[-1].isspace() else ''}"


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins and ends where words do: at neither end it cuts one in two."""
    return not (_is_inside(text, start) or _is_inside(text, end))


def _is_inside(text: str, at: int) -> bool:
    return 0 < at < len(text) and is_word(text[at - 1]) and is_word(text[at])
