"""`python -m tests.bench [NAME...]`: run all benchmarks, or those of the modules named, and write bench.json here.

A module `bench_NAME.py` beside this file has a function `rows()` that measures and returns rows with these `KEYS`.
"""

import importlib
import json
import os
import sys
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


def main() -> None:
    """Measure, print a table, write bench.json into the current folder."""
    rows: list[dict[str, Any]] = []
    if (load := os.getloadavg()[0]) > _BUSY:
        print(f"Something else is running (load {load:.1f}): the figures will be worse than on a machine at rest.")
    for name in modules(sys.argv[1:]):
        for row in importlib.import_module(f"tests.bench.{name}").rows():
            rows.append({key: row[key] for key in KEYS})
            print(line(row), flush=True)
    Path("bench.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
