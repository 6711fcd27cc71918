"""Texts that are nearly the same: how many runs of words they share.

A text is the set of its shingles, runs of `RUN` words in lower case without punctuation (Broder, "On the resemblance
and containment of documents", 1997). Two texts are compared exactly, over the whole sets; an index over a sample of
one side's shingles finds which pairs are worth it, so that a project of any size is gone through once, text by text.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator
from typing import Generic, TypeVar

from annotator.domain.incoming import Alike

RUN = 5
"""Words in a shingle."""
FEWEST = 12
"""Shingles that a text must have: fewer say nothing (a headline, a line of credits)."""
ALIKE = 0.4
"""From this share of all shingles that are in both, two texts are nearly the same: one word in ten may be another."""
CONTAINED = 0.8
"""From this share of its shingles that are in the other, a text is part of it."""

_WORD = re.compile(r"\w+")
_LONG_WORD = 14  # characters a word on average: from here on the script has no blanks between words
_CHARACTERS = 10  # in a shingle of such a text
_LONGEST = 2_000_000  # code points of a text that are compared

Key = TypeVar("Key", bound=Hashable)
Shingles = frozenset[int]


def shingles(text: str) -> Shingles:
    """Return the shingles of a text as numbers, which hold for this run of the program alone."""
    words = _WORD.findall(text[:_LONGEST].lower())
    if words and len("".join(words)) > _LONG_WORD * len(words):
        joined = "".join(words)
        return frozenset(hash(joined[at : at + _CHARACTERS]) for at in range(len(joined) - _CHARACTERS + 1))
    runs = zip(*(words[at:] for at in range(RUN)), strict=False)
    return frozenset(map(hash, runs))


def compare(mine: Shingles, other: Shingles) -> tuple[Alike, float] | None:
    """Return how the first text is nearly the other, and how much of the smaller one is in the larger; else None."""
    if min(len(mine), len(other)) < FEWEST:
        return None
    both = len(mine & other)
    share = both / min(len(mine), len(other))
    if both / (len(mine) + len(other) - both) >= ALIKE:
        return Alike.SAME, share
    if share < CONTAINED:
        return None
    return (Alike.PART if len(mine) <= len(other) else Alike.WHOLE), share


class Index(Generic[Key]):
    """Texts to be found by others that are nearly the same; `fetch` gives the shingles of one that was put in.

    Of each text `sampled` shingles are held. The more, the surer it is found by one that is a small part of it.
    """

    def __init__(self, fetch: Callable[[Key], Shingles], sampled: int = 128) -> None:
        self._fetch = fetch
        self._most = sampled
        self._sizes: dict[Key, int] = {}
        self._first: dict[int, Key] = {}  # most runs of words are in one text alone: a list for each would cost
        self._more: defaultdict[int, list[Key]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._sizes)

    def add(self, key: Key, of: Shingles) -> None:
        """Put a text in; one with too few shingles is never found."""
        if len(of) < FEWEST:
            return
        self._sizes[key] = len(of)
        # The smallest numbers: as good as drawn by lot, and the same ones in texts that are alike.
        for shingle in sorted(of)[: self._most]:
            if self._first.setdefault(shingle, key) != key:
                self._more[shingle].append(key)

    def alike(self, other: Shingles) -> Iterator[tuple[Key, Alike, float]]:
        """Yield the texts of which `other` is nearly the same: (key, how the one put in is it, share)."""
        if len(other) < FEWEST:
            return
        shared: Counter[Key] = Counter()
        for shingle in other & self._first.keys():
            shared[self._first[shingle]] += 1
            shared.update(self._more.get(shingle, ()))
        for key, count in shared.items():
            size = self._sizes[key]
            # Half of what two texts share at the least that are alike, or of which the other is a part of this one.
            likely = min(0.3, 0.4 * len(other) / size) * min(size, self._most)
            if count >= int(likely) and (found := compare(self._fetch(key), other)):
                yield key, *found
