"""Agreement: 50 documents that three annotators finished, spans that overlap, most of them alike.

The yardstick of alpha is the package `krippendorff` on the matrix of annotators and characters. It is under the GPL and
needs numpy, so it is no part of the program: it has an environment of its own, and runs in a process of its own.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.agreement.finished import Finished
from annotator.agreement.measures import QUICK, Survey, figures
from annotator.agreement.review_queue import queue
from annotator.domain.span import Fragment, Span
from tests.bench.common import LABELS, at_most, milliseconds, row

_DOCUMENTS, _LENGTH = 50, 12_000
_YARDSTICK = "krippendorff==0.9.0"
_TIMES = 3  # of each alpha: the quickest counts
_MEASURE = f"""
import json, sys, time, krippendorff, numpy
matrix = numpy.frombuffer(sys.stdin.buffer.read(), numpy.uint8).reshape(3, -1)
times = []
for _ in range({_TIMES}):
    start = time.perf_counter()
    value = krippendorff.alpha(matrix, level_of_measurement="nominal")
    times.append((time.perf_counter() - start) * 1000)
print(json.dumps([float(value), min(times)]))
"""
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


def matrix(documents: list[Finished]) -> bytes:
    """Return the set of labels on each character, a bit a label: all by the first annotator, then the next."""
    found = bytearray()
    for person in _PEOPLE:
        for document in documents:
            here = bytearray(document.length)
            for span in document.spans[person]:
                for at in range(span.start, span.end):
                    here[at] |= 1 << LABELS.index(span.label)
            found += here
    return bytes(found)


def yardstick(characters: bytes) -> tuple[float, float] | None:
    """Return what the package says of a matrix, and how many ms it took; None where it can't be had."""
    home = Path(tempfile.gettempdir()) / f"annotator-bench-cache-{os.getuid()}" / _YARDSTICK.replace("==", "-")
    python = str(home / "bin" / "python")
    try:
        if not (home / "made").exists():
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True, capture_output=True)
            install = [python, "-m", "pip", "install", "--quiet", _YARDSTICK]
            subprocess.run(install, check=True, capture_output=True, timeout=120)
            (home / "made").touch()
        done = subprocess.run([python, "-c", _MEASURE], input=characters, check=True, capture_output=True, timeout=300)
    except (OSError, subprocess.SubprocessError) as error:
        print(f"{_YARDSTICK} can't be had: {error}")
        return None
    value, took = json.loads(done.stdout)
    return value, took


def beside_the_yardstick() -> dict[str, Any]:
    """Return the row of alpha over characters beside the package's, which must have the same value."""
    documents, values, times = corpus(100), list[float | None](), list[float]()
    for _ in range(_TIMES):
        times.append(milliseconds(lambda: values.append(Survey(documents).figure("alpha", None, _PEOPLE).value)))
    ours = min(times)
    name = f"alpha with its interval, 3 x 100 spans in 50 documents {ours:.0f} ms"
    theirs = yardstick(matrix(documents))
    if theirs is None:
        return row(f"{name}; without its yardstick", ours, "ms", f"<= 0.1 x {_YARDSTICK}", met=False, desk=False)
    value, took = theirs
    if values[0] is None or abs(values[0] - value) > 1e-9:
        raise AssertionError(f"alpha is {values[0]} here and {value} by {_YARDSTICK}.")
    name = f"{name}; {_YARDSTICK} without one {took:.0f} ms"
    return row(name, ours / took, "x", "<= 0.1 x", ours <= 0.1 * took, desk=False)


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
    yield beside_the_yardstick()
    many = corpus(100)
    yield at_most(f"the review queue, {what}, 100 spans each", milliseconds(queue, many), "ms", 2000, desk=False)
