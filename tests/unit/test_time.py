"""Stored times are UTC with milliseconds and sort as they read."""

import re
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.time import now, parse, stored

times = st.datetimes(datetime(1970, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001


@given(times, times)
def test_times_sort_as_they_read(one: datetime, other: datetime) -> None:
    assert (stored(one) < stored(other)) == (parse(stored(one)) < parse(stored(other)))
    assert abs(parse(stored(one)) - one) < timedelta(milliseconds=1)


def test_a_time_of_another_zone_is_stored_in_utc() -> None:
    assert stored(datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=2)))) == "2026-01-02T01:04:05.000Z"


def test_now_has_the_stored_form() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", now())
