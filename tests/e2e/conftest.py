"""Fixtures of the end-to-end tests: a desktop each, and the real program on it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.desktop import Desktop
from tests.e2e.window import Window

_LONGEST = 300  # s


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each has more time than other tests: on a busy machine every step of a person's takes long."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.e2e)
            if not item.get_closest_marker("timeout"):
                item.add_marker(pytest.mark.timeout(_LONGEST))


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    desktop = Desktop(tmp_path)
    try:
        desktop.start()
        yield desktop
    finally:
        desktop.end()


@pytest.fixture
def open_window(desktop: Desktop, home: Path) -> Iterator[Callable[..., Window]]:
    """Starts the program with the given arguments; all windows of a test share a desktop and a home folder."""
    windows: list[Window] = []

    def open_window(*arguments: str) -> Window:
        windows.append(Window(desktop, home, arguments))
        return windows[-1].start()

    yield open_window
    for window in windows:
        assert "Traceback" not in window.printed(), f"the program printed:\n{window.printed()}"


@pytest.fixture
def window(open_window: Callable[..., Window]) -> Window:
    """The program as a new user starts it: no argument, an empty home folder."""
    return open_window()
