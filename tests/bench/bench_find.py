"""Finding a phrase in the large corpus, beside grep over the same texts in one file, both warm and in turns.

In a process of its own: `python -m tests.bench.bench_find PROJECT` prints its figures as JSON.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from tests.bench import grep
from tests.bench.common import at_most, home, measured

if TYPE_CHECKING:
    from annotator.domain.search import Query
    from annotator.project import Project

_TURNS = 9
_FIRST = 50  # hits


def figures(path: Path) -> dict[str, float]:
    """Return how many times as long as grep it took, by what was found how."""
    import annotator
    from annotator.domain.search import Query
    from tests.bench import corpus

    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as folder, annotator.open(path) as project:
        texts = _in_one_file(project, Path(folder) / "texts.txt")
        for name, words in (("phrase", corpus.PHRASE), ("rare", corpus.RARE)):
            exact, folded = Query(words, case=True, accents=True), Query(words)
            of = _first(project, exact), _all(project, exact), _grep(words, texts)
            found |= _ratios(of, f"{name}, first", f"{name}, all")
            found |= _ratios((_all(project, folded), _grep(words, texts, "-i")), f"{name}, case ignored")
        found |= _ratios((_unread(path, Query(corpus.PHRASE, case=True)), _grep(corpus.PHRASE, texts)), "just opened")
    return found


def _ratios(actions: tuple[Callable[[], float], ...], *names: str) -> dict[str, float]:
    """Run actions in turns; return how many times as long as the last each other one took, by its name."""
    turns = [[action() for action in actions] for _ in range(_TURNS + 1)][1:]  # the first warms up
    return {
        name: median(turn[k] for turn in turns) / median(turn[-1] for turn in turns) for k, name in enumerate(names)
    }


def _in_one_file(project: "Project", target: Path) -> Path:
    with target.open("w", encoding="utf-8") as file:
        file.writelines(f"{project.documents.text_of(document)}\n" for document in project.documents)
    return target


def _first(project: "Project", query: "Query") -> Callable[[], float]:
    """Find the first 50, and read the words around them."""

    def run() -> float:
        from annotator.domain.search import Places

        start, places = time.perf_counter(), Places()
        for found in project.search(query):
            places.extend(found.places)
            if len(places) >= _FIRST:
                break
        hits = project.in_context([places[number] for number in range(_FIRST)])
        took = time.perf_counter() - start
        assert len(hits) == _FIRST
        return took

    return run


def _all(project: "Project", query: "Query") -> Callable[[], float]:
    def run() -> float:
        from annotator.domain.search import Places

        start, places = time.perf_counter(), Places()
        for found in project.search(query):
            places.extend(found.places)
        took = time.perf_counter() - start
        assert len(places)
        return took

    return run


def _unread(path: Path, query: "Query") -> Callable[[], float]:
    """Find all in a project that was just opened: each text's hash is checked then."""
    import annotator

    def run() -> float:
        with annotator.open(path) as project:
            len(project.documents)  # the list is there before one searches
            return _all(project, query)()

    return run


def _grep(words: str, texts: Path, *more: str) -> Callable[[], float]:
    """Let grep tell where each is."""
    return lambda: grep.seconds(words, texts, "-F", "-o", "-b", *more)


def rows() -> Iterator[dict[str, Any]]:
    """Measure and yield the rows."""
    from tests.bench import corpus

    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as folder:
        found = measured("bench_find", str(corpus.path()), environment=home(Path(folder)))
    what = f"find a phrase in {corpus.DOCUMENTS:,} documents"
    yield at_most(f"{what}: first 50 hits in context", found["phrase, first"], "x grep -F", 0.1)
    yield at_most(f"{what}: all {corpus.DOCUMENTS:,} hits", found["phrase, all"], "x grep -F", 4)
    yield at_most(f"{what}: all, just opened (every hash checked)", found["just opened"], "x grep -F", 4)
    yield at_most(f"{what}: all, case ignored", found["phrase, case ignored"], "x grep -Fi", 4)
    rare = "find one that one document in 50 has"
    yield at_most(f"{rare}: first 50 hits in context", found["rare, first"], "x grep -F", 0.1)
    yield at_most(f"{rare}: all hits", found["rare, all"], "x grep -F", 4)
    yield at_most(f"{rare}: all, case ignored", found["rare, case ignored"], "x grep -Fi", 4)


if __name__ == "__main__":
    print(json.dumps(figures(Path(sys.argv[1]))))
