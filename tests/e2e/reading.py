"""What a screen reader reads of a program's window.

Every reading waits up to 20 s for the element to be there. Offsets are the screen reader's (characters of the text as
shown), rectangles are screen pixels.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, Self

from tests.e2e.desktop import Desktop, Gone
from tests.e2e.processes import PATIENCE, Process, wait_until


class Rectangle(NamedTuple):
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2

    def holds(self, other: Self) -> bool:
        return self.y <= other.y and other.y + other.height <= self.y + self.height and other.height > 0


class Readable:
    """The window of one process on a desktop, for reading; `Window` adds hands."""

    def __init__(self, desktop: Desktop, home: Path) -> None:
        self.desktop = desktop
        self.home = home
        self._process: Process | None = None

    @property
    def process(self) -> Process:
        assert self._process, "the window was not started"
        return self._process

    def printed(self) -> str:
        """What the program wrote to its standard streams and to its log."""
        logs = [log.read_text(errors="replace") for log in sorted(self.home.rglob("annotator.log"))]
        return "\n".join([self.process.printed(), *logs])

    def _ask(self, do: str, name: str | None = None, **more: object) -> Any:
        return self.desktop.ask(do, self.process.pid, name, **more)

    def _read(self, do: str, name: str | None = None, **more: object) -> Any:
        """Ask until there is an answer."""
        last: list[Gone] = []

        def attempt() -> list[Any] | None:
            try:
                return [self._ask(do, name, **more)]
            except Gone as gone:
                last[:] = [gone]
                return None

        try:
            return wait_until(attempt, f"{do} of {name!r}")[0]
        except AssertionError as error:
            raise AssertionError(f"{error}: {last[0]}\n{self._report()}") from None

    def wait_for(self, condition: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
        """Wait until the condition is true; what changes while it is read counts as not yet."""

        def attempt() -> Any:
            try:
                return condition()
            except Gone:
                return None

        try:
            return wait_until(attempt, what, seconds)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self._report()}") from None

    def _report(self) -> str:
        """For a failing test: what is on the screen and what the program printed."""
        try:
            names = self._ask("names")
        except (Gone, AssertionError) as error:
            names = [str(error)]
        return f"on the screen: {names}\nthe program printed:\n{self.printed()[-3000:]}"

    def tree(self) -> str:
        """Every element, indented: role, name, states, rectangle; for writing tests."""
        rows = self._read("tree")
        return "\n".join("  " * r["depth"] + f"{r['role']} {r['name']!r} {r['states']} {r['rectangle']}" for r in rows)

    def names(self) -> list[str]:
        """The names of all elements on the screen."""
        return list(self._read("names"))

    def shows(self, part: str) -> bool:
        """Whether any element's name holds `part`, now."""
        return any(part in name for name in self._ask("names"))

    def exists(self, name: str) -> bool:
        try:
            return bool(self._ask("element", name))
        except Gone:
            return False

    def states(self, name: str) -> list[str]:
        return list(self._read("element", name)["states"])

    def rectangle(self, name: str) -> Rectangle:
        return Rectangle(*self._read("element", name)["rectangle"])

    def frame(self) -> Rectangle:
        """Where the window lies, without what the window manager draws around it."""
        return Rectangle(*next(row["rectangle"] for row in self._read("tree") if row["depth"] == 1))

    def items(self, name: str) -> list[str]:
        """The names of a list's items."""
        return [item for item in self._read("items", name) if item]

    def chosen_items(self, name: str) -> list[str]:
        return list(self._read("chosen_items", name))

    def focused(self) -> list[str]:
        """The names of the elements that have the keyboard, from the outside in (a list, then its item)."""
        return list(self._read("focused"))

    def text(self, name: str) -> str:
        return str(self._read("text", name))

    def caret(self, name: str) -> int:
        return int(self._read("caret", name))

    def selection(self, name: str) -> tuple[int, int] | None:
        chosen = self._read("selection", name)
        return None if chosen is None else (chosen[0], chosen[1])

    def selected_text(self, name: str) -> str:
        chosen = self.selection(name)
        return self.text(name)[slice(*chosen)] if chosen else ""

    def character(self, name: str, offset: int) -> Rectangle:
        return Rectangle(*self._read("character", name, offset=offset))

    def offset_of(self, name: str, words: str, occurrence: int = 0) -> int:
        text, start = self.text(name), -1
        for _ in range(occurrence + 1):
            start = text.find(words, start + 1)
            assert start >= 0, f"{words!r} is not in {name!r}"
        return start
