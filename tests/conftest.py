"""What every test gets: no screen, a home folder of its own, and property tests that find the same thing twice."""

import itertools
import os

# Before Qt is imported. The end-to-end tests start the program on a screen of their own and set it there.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

_patient = settings(
    deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
# A failure must not depend on the day: `quick` always tries the same examples. HYPOTHESIS_PROFILE=thorough searches,
# `endure` (make endure) tries everything many times.
settings.register_profile("quick", _patient, max_examples=50, derandomize=True)
settings.register_profile("thorough", _patient, max_examples=2000)
settings.register_profile("endure", _patient, max_examples=1000, print_blob=True)
_profile = os.environ.get("HYPOTHESIS_PROFILE", "quick")
settings.load_profile(_profile)


def many(few: int, whole: int) -> int:
    """Return how often a promise is tried: a `few` times in the quick suite, the `whole` number in `make endure`."""
    return whole if _profile == "endure" else few


def sequences() -> int:
    """Return how many random sequences of operations a state machine goes through."""
    return many(15, 1000)


XDG_FOLDERS = {
    "XDG_DATA_HOME": ".local/share",
    "XDG_CONFIG_HOME": ".config",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
}


@pytest.fixture(scope="session")
def _new_home(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes an empty folder: pytest's own `mktemp` looks through all that there are, with every test more of them."""
    homes, numbers = tmp_path_factory.mktemp("homes"), itertools.count()

    def new_home() -> Path:
        folder = homes / str(next(numbers))
        folder.mkdir()
        return folder

    return new_home


@pytest.fixture(autouse=True)
def home(_new_home: Callable[[], Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder: no test reads or writes the real one."""
    folder = _new_home()
    monkeypatch.setenv("HOME", str(folder))
    for variable, place in XDG_FOLDERS.items():
        monkeypatch.setenv(variable, str(folder / place))
    return folder


class _OneDesktop(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Gives all end-to-end tests to one process: two windows at once on two cores would slow each other down.

    xdist's own groups, which it writes into the node ids, do nothing under pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        return "e2e" if nodeid.startswith("tests/e2e/") else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Called by xdist: how the tests are shared out."""
    return _OneDesktop(config, log)
