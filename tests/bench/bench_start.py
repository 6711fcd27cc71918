"""Starting: the empty frame, the first article, its being open to tagging, beside a bare PySide6 window; the help."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.common import at_most, home, measured, row

_RUNS = 7


def started(what: str, environment: Mapping[str, str]) -> dict[str, float]:
    """Start a window in a new process; return how many ms it took to each of its stages."""
    start = time.monotonic()
    times = measured("started", what, environment=environment)
    return {stage: (at - start) * 1000 for stage, at in times.items()}


def help_printed(environment: Mapping[str, str]) -> float:
    """Return how many ms `annotator --help` takes, from the start of the process to its end."""
    start = time.monotonic()
    command = [sys.executable, "-m", "annotator", "--help"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=dict(environment))
    return (time.monotonic() - start) * 1000


def installed(folder: Path) -> dict[str, str]:
    """Return a `home` where compiled modules are kept, as they are wherever the program was started before."""
    environment = {**home(folder), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def rows() -> Iterator[dict[str, Any]]:
    """Measure in turns, so that what else the machine does falls on all alike, and yield the rows."""
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as folder:
        environment = installed(Path(folder))
        started("bare", environment)
        started("program", environment)  # makes the sample project
        bare, frame, article, tagging, helped = [], [], [], [], []
        for _ in range(_RUNS):
            bare.append(started("bare", environment)["painted"])
            program = started("program", environment)
            frame.append(program["painted"])
            article.append(program["readable"])
            tagging.append(program["taggable"])
            helped.append(help_printed(environment))
    base = median(bare)
    stages = ("the empty frame", frame, 1.5), ("the first article readable", article, 3.0), ("tagging", tagging, 6.0)
    for what, times, limit in stages:
        ratio, took = median(times) / base, median(times)
        name = f"start to {what}: {took:.0f} ms; bare window {base:.0f} ms"
        yield row(name, ratio, "x bare", f"<= {limit:g} x bare", ratio <= limit)
    yield at_most("annotator --help", median(helped), "ms", 200)
