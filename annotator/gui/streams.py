"""Long jobs that take turns, a step at a time: whose step comes next."""

import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from annotator.errors import AnnotatorError

if TYPE_CHECKING:
    from annotator.project import Project

PATIENCE_S = 0.25  # how often what nobody waits for has a step while others are under way
WORK_S = 1.0  # after a write somebody is at work, and the next one should not have to wait for such a step
WORK_PATIENCE_S = 10.0  # how often it has one then; who works without a pause of a second must not be without backups
_STEP_S = 0.005  # of what nobody waits for: the window may be about to do something


@dataclass(eq=False)
class Stream:
    """A long job under way. A `patient` one is one for which nobody waits, which may change meanwhile."""

    steps: "Callable[[Project], Iterator[Any]]"
    each: Callable[[Any], None]
    done: Callable[[Any], None]
    failed: Callable[[AnnotatorError], None]
    patient: bool = False
    iterator: Iterator[Any] | None = None
    cancelled: bool = False
    heard: bool = True
    """Whether the window has taken what the last step gave: before that there is no next one."""

    def cancel(self) -> None:
        """Stop before the next step; `done` is not called."""
        self.cancelled = True

    def close(self) -> None:
        """Let the steps clean up after themselves."""
        if isinstance(self.iterator, Generator):
            self.iterator.close()

    def step(self, project: "Project") -> Any:
        """Take a step and return what it gives. Of a patient stream's tiny steps, which may be 100,000, those that give
        None count as one. Raises StopIteration at the end."""
        self.iterator = self.iterator or iter(self.steps(project))
        until = time.monotonic() + _STEP_S
        while (result := next(self.iterator)) is None and self.patient and not self.cancelled:
            if time.monotonic() > until:
                break
        return result


class Turns:
    """The streams under way. Every call holds the worker's lock."""

    def __init__(self) -> None:
        self._streams: deque[Stream] = deque()
        self._patient_at = 0.0  # when a patient one had its last step, of time.monotonic
        self._worked_at = -WORK_S  # when somebody did something

    def append(self, stream: Stream) -> None:
        """Take one more."""
        self._streams.append(stream)

    def somebody_works(self) -> None:
        """Something was asked for by somebody who is likely to ask for more."""
        self._worked_at = time.monotonic()

    def next(self) -> Stream | None:
        """Return whose turn it is; None where the window is still busy with what it was given."""
        now = time.monotonic()
        at_work = now - self._worked_at < WORK_S
        overdue = now - self._patient_at > (WORK_PATIENCE_S if at_work else PATIENCE_S)
        hurried = at_work or any(not each.patient for each in self._streams)
        for stream in self._streams:
            if stream.cancelled or (stream.heard and (overdue or not (stream.patient and hurried))):
                if stream.patient:
                    self._patient_at = time.monotonic()
                return stream
        return None

    def had(self, stream: Stream, *, finished: bool) -> None:
        """A stream had its turn: it is the last one now, or gone."""
        self._streams.remove(stream)
        if not finished:
            self._streams.append(stream)

    def cancel(self) -> None:
        """Cancel all: each is closed at its next turn."""
        for stream in self._streams:
            stream.cancel()
