"""The table that `make endure` prints: what was promised, how often it was tried, how often it held.

A pytest plugin (`-p tests.endure.table`). Tests count with the fixture `tally`; tests elsewhere count by their file.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.conftest import sequences

PROPERTY = "promise"

ELSEWHERE = {
    "tests/project/test_any_order.py": ("undo", "random sequences of all operations by two annotators", sequences),
    "tests/project/test_together.py": ("two programs, one file", "tests of single cases", None),
    "tests/project/test_undo.py": ("undo", "tests of single cases", None),
    "tests/storage/test_opening.py": ("what comes from outside", "foreign and odd files: tests of single cases", None),
    "tests/storage/test_damage.py": ("damage is seen", "tests of single cases", None),
    "tests/storage/test_upgrading.py": ("migrations", "tests of single cases", None),
    "tests/storage/test_backups.py": ("backups", "tests of single cases", None),
    "tests/e2e/test_nothing_is_lost.py": (
        "what was shown as saved is there",
        "the real window, killed and shared",
        None,
    ),
}


@dataclass
class Count:
    """How often one thing was tried, and held."""

    promise: str
    what: str
    tried: int = 0
    held: int = 0

    def __enter__(self) -> None:
        self.tried += 1

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.held += 1


class Tally:
    """Gives a test its counts: `with tally("backups", "killed in the middle"):` around each try."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str], Count] = {}

    def __call__(self, promise: str, what: str) -> Count:
        return self.counts.setdefault((promise, what), Count(promise, what))


def counted(request: pytest.FixtureRequest) -> Iterator[Tally]:
    """What the fixture `tally` does."""
    tally = Tally()
    yield tally
    for count in tally.counts.values():
        request.node.user_properties.append((PROPERTY, [count.promise, count.what, count.tried, count.held]))


class _Table:
    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], list[int]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "teardown":
            for name, value in report.user_properties:
                if name == PROPERTY and isinstance(value, list):
                    self._add(value[0], value[1], value[2], value[3])
        elif report.when == "call" and (found := ELSEWHERE.get(report.nodeid.partition("::")[0])):
            promise, what, each = found
            number = each() if each else 1
            self._add(promise, what, number, number if report.passed else 0)

    def _add(self, promise: str, what: str, tried: int, held: int) -> None:
        row = self.rows.setdefault((promise, what), [0, 0])
        row[0] += tried
        row[1] += held

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not self.rows:
            return
        write = terminalreporter.write_line
        wide = max(len(what) for _, what in self.rows)
        terminalreporter.section("promises")
        promise_before = ""
        for (promise, what), (tried, held) in sorted(self.rows.items()):
            if promise != promise_before:
                write(promise, bold=True)
                promise_before = promise
            kept = tried == held
            write(f"  {what:{wide}}  {tried:6,} tried  {held:6,} held{'' if kept else '  NOT KEPT'}", red=not kept)


def pytest_configure(config: pytest.Config) -> None:
    """Called by pytest."""
    config.pluginmanager.register(_Table(), "promises")
