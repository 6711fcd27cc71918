"""Counts what is tried, for the table of `make endure`."""

from collections.abc import Iterator

import pytest

from tests.endure.table import Tally, counted


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Iterator[Tally]:
    yield from counted(request)
