"""Python's search for garbage: over and over it looks at all that was made, where much stays or none is left behind."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def left_alone() -> Iterator[None]:
    """Look for none meanwhile: of 100,000 documents or spans, making them takes two thirds of the time then."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
