"""Importing a table of 2,000 articles: looking at it, writing it, and one more article beside them."""

import csv
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import annotator
from tests.bench.common import at_most, percentile

_DOCUMENTS, _WORDS = 2_000, 500


def rows() -> Iterator[dict[str, Any]]:
    """Measure and yield the rows."""
    chance = random.Random(1)
    words = [f"word{number}" for number in range(20_000)]
    texts = [" ".join(chance.choices(words, k=_WORDS)) for _ in range(_DOCUMENTS)]
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as name:
        folder = Path(name)
        with (folder / "articles.csv").open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            writer.writerows([("title", "text"), *((f"Article {n}", text) for n, text in enumerate(texts))])
        (folder / "one.txt").write_text(f"{texts[7]} and a little more")
        with annotator.new(folder / "study.annotator", annotator="me") as project:
            start = time.perf_counter()
            preview = project.preview_import([folder / "articles.csv"])
            looked = time.perf_counter()
            project.import_preview(preview)
            written = time.perf_counter()
            steps, last = [], written
            for _ in project.preview_import_steps([folder / "one.txt"]):
                now = time.perf_counter()
                steps.append((now - last) * 1000)
                last = now
    yield at_most("import: look at 2,000 articles in a table", looked - start, "s", 5)
    yield at_most("import: write 2,000 articles", written - looked, "s", 1)
    yield at_most("import: near-duplicates of one article among 2,000", last - written, "s", 2)
    yield at_most("import: a step of that, p99", percentile(steps, 99), "ms", 20)
