"""Agreement: 50 documents that three annotators finished, spans that overlap, most of them alike."""

import random
from collections.abc import Iterator
from typing import Any

from annotator.agreement.finished import Finished
from annotator.agreement.measures import QUICK, Survey, figures
from annotator.agreement.review_queue import queue
from annotator.domain.span import Fragment, Span
from tests.bench.common import LABELS, at_most, milliseconds

_DOCUMENTS, _LENGTH = 50, 12_000
_PEOPLE = ("jonas", "noor", "sofia")


def corpus(spans: int) -> list[Finished]:
    """Return documents with so many spans of each annotator: one in three differs somehow from the others'."""
    chance = random.Random(1)
    return [_document(f"d{number}", spans, chance) for number in range(_DOCUMENTS)]


def _document(name: str, count: int, chance: random.Random) -> Finished:
    places = []
    for _ in range(count):
        start = chance.randrange(_LENGTH - 300)
        places.append((chance.choice(LABELS), start, start + chance.choice((8, 14, 22, 40, 70, 120, 220))))
    by = {person: tuple(_varied(name, person, places, chance)) for person in _PEOPLE}
    return Finished(name, _LENGTH, by)


def _varied(document: str, person: str, places: list[tuple[str, int, int]], chance: random.Random) -> Iterator[Span]:
    for number, (label, start, end) in enumerate(places):
        luck = chance.random()
        if luck < 0.06:  # another place altogether
            start = chance.randrange(_LENGTH - 300)
            end = start + 30
        elif luck < 0.2:
            end += chance.randrange(1, 9)
        elif luck < 0.27:
            start = max(0, start - chance.randrange(1, 9))
        elif luck < 0.33:
            label = chance.choice(LABELS)
        yield Span(f"{document}-{person}-{number}", document, label, (Fragment(start, end),), "", person, "", "")


def rows() -> Iterator[dict[str, Any]]:
    """Measure and yield the rows."""
    documents = corpus(90)

    def alpha() -> None:
        Survey(documents).figure("alpha", None, _PEOPLE)

    def everything() -> None:
        list(figures(documents, QUICK, [None], _PEOPLE))

    what = "50 documents, 3 annotators"
    yield at_most(f"alpha with its interval, {what}, 90 spans each", milliseconds(alpha), "ms", 100, desk=False)
    yield at_most(f"all measures but gamma, {what}, 90 spans each", milliseconds(everything), "ms", 1000, desk=False)
    many = corpus(100)
    yield at_most(f"the review queue, {what}, 100 spans each", milliseconds(queue, many), "ms", 2000, desk=False)
