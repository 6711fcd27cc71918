"""What the benchmarks share: texts and spans to measure with, processes to measure in, the rows of the table."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

SIZE, SPANS = 10_000_000, 100_000
LABELS = ("claim", "quote", "actor", "policy recommendation")


def text_of(shape: str) -> str:
    """Return 10 MB of text: paragraphs of 60 to 800 characters, a token a line, or one single line."""
    if shape == "token":
        return "tokens\n" * (SIZE // 7)
    if shape == "line":
        return "lorem ipsum " * (SIZE // 12)
    chance = random.Random(1)
    words = ["the", "of", "task", "force", "report", "program", "communities", "immigration", "police", "said", "a"]
    sentence = " ".join(chance.choice(words) for _ in range(4_000))
    parts, length = [], 0
    while length < SIZE:
        start, size = chance.randrange(10_000), chance.randrange(60, 800)
        parts.append(sentence[start : start + size])
        length += size + 1
    return "\n".join(parts)[:SIZE]


def places_of(length: int, count: int) -> list[tuple[str, int, int]]:
    """Return labels and places that overlap: mostly short ones, one in ten a paragraph long, one over nearly all."""
    chance, places = random.Random(2), []
    for k in range(count):
        size = chance.randrange(200, 900) if k % 10 == 0 else chance.randrange(5, 120)
        start = chance.randrange(length - size)
        places.append((LABELS[k % 4], 10, length - 10) if k == 7 else (LABELS[k % 4], start, start + size))
    return places


def spans_of(text: str, count: int) -> list[Any]:
    """Return `places_of` a text as spans, in text order."""
    from annotator.domain.span import Fragment, Span

    spans = []
    for k, (label, start, end) in enumerate(places_of(len(text), count)):
        stamp = f"2026-01-01T00:00:00.{k % 1000:03}Z"
        words = text[start : start + 40]
        spans.append(Span(f"{k:032x}", "d", label, (Fragment(start, end),), words, "me", stamp, stamp))
    spans.sort(key=lambda span: span.start)
    return spans


def milliseconds(action: Callable[..., object], *arguments: object) -> float:
    """Run something and return how long it took."""
    start = time.perf_counter()
    action(*arguments)
    return (time.perf_counter() - start) * 1000


def peak_mb() -> float:
    """Return the most memory that this process ever had, in MB.

    On Linux `ru_maxrss` also counts what the process that started this one had then.
    """
    status = Path("/proc/self/status")
    if status.exists():
        said = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(said["VmHWM"].removesuffix("kB")) / 1024
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1024**2


def percentile(values: Sequence[float], hundredth: int) -> float:
    """Return the value that so many hundredths of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * hundredth // 100) - 1)]


def home(folder: Path) -> dict[str, str]:
    """Return an environment in which the program finds an empty home in `folder`, and no screen."""
    places = {
        "XDG_DATA_HOME": "data",
        "XDG_CONFIG_HOME": "config",
        "XDG_STATE_HOME": "state",
        "XDG_CACHE_HOME": "cache",
    }
    own = {name: str(folder / place) for name, place in places.items()}
    return {**os.environ, **own, "HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"}


def measured(module: str, *arguments: str, environment: Mapping[str, str] | None = None) -> dict[str, float]:
    """Run a module of this folder in a new process and return the figures that it prints as JSON, last."""
    command = [sys.executable, "-m", f"tests.bench.{module}", *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300, env=environment)
    if done.returncode or not done.stdout:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def row(name: str, value: float, unit: str, target: str, met: bool, desk: bool = True) -> dict[str, Any]:
    """Return one row of the table; `desk` is true for what is felt at the desk."""
    return {"name": name, "value": round(value, 2), "unit": unit, "target": target, "met": met, "desk": desk}


def at_most(name: str, value: float, unit: str, limit: float, desk: bool = True) -> dict[str, Any]:
    """Return a row whose target is a limit in the value's own unit."""
    return row(name, value, unit, f"<= {limit:g} {unit}", value <= limit, desk)
