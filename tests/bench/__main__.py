"""`python -m tests.bench [NAME...]`: run all benchmarks, or those of the modules named, and write bench.json here.

A module `bench_NAME.py` beside this file has a function `rows()` that measures and returns rows with these `KEYS`.
"""

import importlib
import json
import os
import platform
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_BUSY = 0.7  # processes that wait for a processor, on average of the last minute
KEYS = ("name", "value", "unit", "target", "met", "desk")


def modules(names: list[str]) -> list[str]:
    """Return the names of the benchmark modules: all, or those asked for."""
    found = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    return [name for name in found if not names or name.removeprefix("bench_") in names]


def line(row: dict[str, Any]) -> str:
    """Return one line of the table."""
    value = f"{row['value']:.2f} {row['unit']}"
    return f"{row['name']:<66} {value:>14}   {row['target']:<13} {'met' if row['met'] else 'NOT MET'}"


def machine() -> str:
    """Say what it is measured on."""
    import PySide6

    names = Path("/proc/cpuinfo")
    lines = names.read_text().splitlines() if names.exists() else []
    models = (each.partition(":")[2].strip() for each in lines if each.startswith("model name"))
    versions = f"Python {platform.python_version()}, Qt {PySide6.__version__}, SQLite {sqlite3.sqlite_version}"
    return f"{next(models, platform.machine())}, {os.cpu_count()} cores, {platform.system()}; {versions}"


def summary(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the end of the table: how many targets are met, and those that are not once more."""
    missed = [row for row in rows if not row["met"]]
    at_desk = [row for row in rows if row["desk"]]
    felt = sum(row["met"] for row in at_desk)
    yield f"{len(rows) - len(missed)} of {len(rows)} targets are met; at the desk {felt} of {len(at_desk)}."
    if missed:
        yield "Not met:"
    yield from map(line, missed)


def main() -> None:
    """Measure, print a table, write bench.json into the current folder."""
    rows: list[dict[str, Any]] = []
    print(machine())
    if (load := os.getloadavg()[0]) > _BUSY:
        print(f"Something else is running (load {load:.1f}): the figures will be worse than on a machine at rest.")
    for name in modules(sys.argv[1:]):
        for row in importlib.import_module(f"tests.bench.{name}").rows():
            rows.append({key: row[key] for key in KEYS})
            print(line(row), flush=True)
    print("", *summary(rows), sep="\n")
    Path("bench.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
