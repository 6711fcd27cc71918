"""Mouse and keys, as a person uses them: real events (xdotool), nothing inside the program is touched.

A step that has an effect elsewhere is followed by a `wait_for` of that effect.
"""

import math
import time
from functools import partial

from tests.e2e.reading import Readable, Rectangle

_COLUMN, _LETTER = 612, 25  # px: the text's width at its usual size, and from there to the middle of a letter
DOUBLE_CLICK = 0.45  # seconds; Qt takes two presses on one place within 0.4 s for a double click
_ONE_PLACE = 20  # px: presses further apart are two to Qt, however soon they come


class Hands(Readable):
    """Adds mouse and keys to what can be read of a window."""

    _last_press = 0.0  # seconds of time.monotonic
    _last_place = (0, 0)

    def popup_is_open(self) -> bool:
        """Whether a list lies over the window: what reads the screen doesn't see into it (Qt leaves popups out)."""
        found = self.desktop.try_xdotool("search", "--onlyvisible", "--pid", self.process.pid)
        return len((found or "").split()) > 1

    # The mouse

    def _to_front(self) -> None:
        if self.desktop.in_front is not self:
            self.desktop.xdotool("windowactivate", "--sync", self._window_id())
            self.desktop.in_front = self

    def _window_id(self) -> str:
        found = self.desktop.xdotool("search", "--onlyvisible", "--pid", self.process.pid).split()
        return found[-1]

    def _mouse(self, x: int, y: int, *commands: object) -> None:
        """Move there, then the commands; far enough, in place or time, from the last press not to be a double click."""
        self._to_front()
        if math.dist((x, y), self._last_place) < _ONE_PLACE:
            time.sleep(max(0.0, self._last_press + DOUBLE_CLICK - time.monotonic()))
        self.desktop.xdotool("mousemove", x, y, *commands)
        self._last_press, self._last_place = time.monotonic(), (x, y)

    def click(self, name: str, button: int = 1) -> None:
        self._mouse(*self.rectangle(name).middle, "click", button)

    def double_click(self, name: str) -> None:
        self._mouse(*self.rectangle(name).middle, "click", "--repeat", 2, "--delay", 60, 1)

    def click_item(self, name: str, index: int, button: int = 1) -> None:
        """Click an item of a list."""
        place = Rectangle(*self._read("item_rectangle", name, index=index))
        self._mouse(*place.middle, "click", button)

    def click_text(self, name: str, words: str, occurrence: int = 0, button: int = 1) -> None:
        """Click in the middle of the words."""
        start = self.offset_of(name, words, occurrence)
        middle = start + len(words) // 2
        self._bring_into_view(name, middle)
        self._mouse(*self.character(name, middle).middle, "click", button)

    def drag_over(self, name: str, words: str, occurrence: int = 0, modifier: str | None = None) -> tuple[int, int]:
        """Drag the mouse over the words; returns their (start, end)."""
        start = self.offset_of(name, words, occurrence)
        end = start + len(words)
        self.drag(name, start, end, modifier)
        return start, end

    def drag(self, name: str, start: int, end: int, modifier: str | None = None) -> None:
        """Drag the mouse from the first character to the last one before `end`."""
        self._bring_into_view(name, start)
        self._bring_into_view(name, end - 1)
        first, last = self.character(name, start), self.character(name, end - 1)
        x1, y1 = first.x + 1, first.middle[1]
        x2, y2 = last.x + last.width - 1, last.middle[1]
        steps: list[object] = []
        for k in range(1, 6):
            steps += ["mousemove", x1 + (x2 - x1) * k // 5, y1 + (y2 - y1) * k // 5, "sleep", "0.01"]
        down, up = (["keydown", modifier], ["keyup", modifier]) if modifier else ([], [])
        self._mouse(x1, y1, *down, "mousedown", 1, *steps, "mouseup", 1, *up)

    def drag_end(self, name: str, end: int, to: int) -> None:
        """Drag the handle under the chosen span's end, which is before the character `end`, onto a character."""
        self._bring_into_view(name, end - 1)
        last, target = self.character(name, end - 1), self.character(name, to).middle
        grip = last.x + last.width + 2, last.y + last.height + 4
        steps: list[object] = []
        for k in range(1, 6):
            x, y = (a + (b - a) * k // 5 for a, b in zip(grip, target, strict=True))
            steps += ["mousemove", x, y, "sleep", "0.01"]
        self._mouse(*grip, "mousedown", 1, *steps, "mouseup", 1)

    def drag_letter(self, name: str, words: str, target: str) -> None:
        """Drag the letter in the right margin, of the only span that begins on the line of the words, onto others."""
        start, to = self.offset_of(name, words), self.offset_of(name, target) + len(target) // 2
        self._bring_into_view(name, start)
        self._bring_into_view(name, to)
        grip = self.character(name, 0).x + _COLUMN + _LETTER, self.character(name, start).middle[1]
        end = self.character(name, to).middle
        steps: list[object] = []
        for k in range(1, 9):
            x, y = (a + (b - a) * k // 8 for a, b in zip(grip, end, strict=True))
            steps += ["mousemove", x, y, "sleep", "0.02"]
        self._mouse(*grip, "mousedown", 1, *steps, "mouseup", 1)

    def _place_of(self, name: str, offset: int) -> Rectangle:
        """Where a character is, once the page stands still: a document just opened is laid out while we look."""
        places = [self.character(name, offset)]

        def stands_still() -> bool:
            time.sleep(0.05)
            places.append(self.character(name, offset))
            return places[-1] == places[-2]

        self.wait_for(stands_still, f"character {offset} to stand still", 5)
        return places[-1]

    def _bring_into_view(self, name: str, offset: int) -> None:
        """Turn the mouse wheel over the text, from its top if need be, until the character is on the screen."""
        if self._is_in_view(name, offset):
            return
        self._wheel(name, up=True, notches=80)
        for _ in range(80):
            if self._is_in_view(name, offset):
                return
            self._wheel(name, up=False, notches=3)
        raise AssertionError(f"character {offset} of {name!r} can't be scrolled into view\n{self._report()}")

    def _wheel(self, name: str, *, up: bool, notches: int) -> None:
        self._to_front()
        turn = ["click", "--repeat", notches, "--delay", 2, 4 if up else 5]
        self.desktop.xdotool("mousemove", *self.rectangle(name).middle, *turn)
        time.sleep(0.05)

    def _is_in_view(self, name: str, offset: int) -> bool:
        """Where the character is said to be lies in the view, and the character there is said to be this one."""
        place = self._place_of(name, offset)
        if not self.rectangle(name).holds(place):
            return False
        x, y = place.x + max(1, place.width // 4), place.middle[1]
        return int(self._read("offset_at", name, x=x, y=y)) == offset

    # The keys

    def key(self, *keys: str, times: int = 1) -> None:
        """Press keys, each named as xdotool does: "ctrl+z", "1", "Escape"."""
        if not times:
            return
        self._to_front()
        delay = 8 if times == 1 else 2  # a key that repeats needs no time to think
        self.desktop.xdotool("key", "--delay", delay, *(list(keys) * times))

    def type(self, text: str) -> None:
        self._to_front()
        self.desktop.xdotool("type", "--delay", 8, text)

    def focus_with_keys(self, name: str) -> None:
        """F6 from pane to pane until the element has the keyboard."""
        for _ in range(8):
            before = self.focused()
            if name in before:
                return
            self.key("F6")
            self.wait_for(partial(self._focus_left, before), f"F6 to leave {before}", 3)
        raise AssertionError(f"F6 never reached {name!r}; it ended in {self.focused()}")

    def select_with_keys(self, name: str, words: str, occurrence: int = 0) -> tuple[int, int]:
        """Move the caret with the arrows and hold Shift over the words; returns their (start, end)."""
        start = self.offset_of(name, words, occurrence)
        end = start + len(words)
        self._caret_to(name, start)
        self._to_front()
        self.desktop.xdotool("keydown", "shift", "key", "--delay", 2, *["Right"] * (end - start), "keyup", "shift")
        self.wait_for(lambda: self.selection(name) == (start, end), f"{words!r} to be selected with the keyboard")
        return start, end

    def _caret_to(self, name: str, offset: int) -> None:
        self.key("ctrl+Home")
        self.wait_for(lambda: self.caret(name) == 0, "Ctrl+Home to reach the beginning")
        while offset - self.caret(name) > 100:
            before = self.caret(name)
            self.key("Down")
            self.wait_for(partial(self._caret_is_after, name, before), "the caret to go down a line")
        away = offset - self.caret(name)
        if away:
            self.key("Right" if away > 0 else "Left", times=abs(away))
        self.wait_for(lambda: self.caret(name) == offset, f"the caret to reach character {offset}")

    def _focus_left(self, before: list[str]) -> bool:
        return self.focused() != before

    def _caret_is_after(self, name: str, offset: int) -> bool:
        return self.caret(name) > offset
