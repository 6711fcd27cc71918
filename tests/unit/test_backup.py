"""Which backups stay, and what their names say."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.backup import backup_name, kept, made_at

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TIMES = st.integers(0, 10 * 365 * 86400).map(lambda seconds: NOW + timedelta(seconds=seconds))
MADE = st.tuples(TIMES, st.integers(1, 3))


@given(st.text(min_size=1, max_size=20).filter(lambda stem: "/" not in stem), MADE)
def test_a_name_says_when_it_was_made(stem: str, made: tuple[datetime, int]) -> None:
    assert made_at(backup_name(stem, *made), stem) == made


def test_what_is_called_otherwise_is_no_backup_of_the_project() -> None:
    for name in (
        "other-20260301T120000Z.annotator-backup",
        "study-20260301T120000Z.annotator",
        "study-20269901T120000Z.annotator-backup",
        "study-2-20260301T120000Z.annotator-backup",
        ".annotator-12345678",
    ):
        assert made_at(name, "study") is None


@given(st.sets(MADE, max_size=60))
def test_the_last_ten_stay_and_never_more_than_the_tiers_hold(made: set[tuple[datetime, int]]) -> None:
    stay = kept(made)
    assert set(sorted(made)[-10:]) <= stay <= made
    assert len(stay) <= 10 + 14 + 8
    assert kept(stay) == stay


def test_after_a_year_of_work_there_is_one_for_each_day_and_each_week() -> None:
    there: set[tuple[datetime, int]] = set()
    for half_hours in range(365 * 48):
        at = NOW + timedelta(minutes=30 * half_hours)
        if 8 <= at.hour < 18:
            there = kept({*there, (at, 1)})
    days = sorted({at.date() for at, _ in there})
    last = days[-1]
    assert days[-14:] == [last - timedelta(days=back) for back in reversed(range(14))]
    assert {at.isocalendar()[:2] for at, _ in there} >= {
        (last - timedelta(weeks=back)).isocalendar()[:2] for back in range(8)
    }


def test_a_project_that_nobody_opened_for_a_year_keeps_what_it_had() -> None:
    old = {(NOW - timedelta(days=365 + day), 1) for day in range(14)}
    assert old <= kept({*old, (NOW, 1)}) | {min(old)}
