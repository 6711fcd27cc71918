"""A backup: a whole copy of a project in a file of its own, and which of many are kept."""

import hashlib
import os
import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ENDING = ".annotator-backup"
NEWEST_KEPT, DAYS_KEPT, WEEKS_KEPT = 10, 14, 8

_LONGEST = 200  # bytes of a project's name in the names of its backups
_NAME = re.compile(r"(?P<stem>.+)-(?P<time>\d{8}T\d{6})Z(?:-(?P<count>\d{1,3}))?" + re.escape(ENDING), re.DOTALL)


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup. `at` is when it was made; `size` in bytes; `documents` and `spans` are None where it is damaged."""

    path: Path
    at: datetime
    size: int
    documents: int | None
    spans: int | None

    @property
    def readable(self) -> bool:
        """Whether its tables could be read: one that can't is not offered."""
        return self.documents is not None


def short_stem(stem: str) -> str:
    """Return a project's name as its backups have it: cut where a file's name would be too long with the time after it.

    A file system takes 255 bytes; two long names that begin alike are told apart by eight digits of their hash.
    """
    data = os.fsencode(stem)
    if len(data) <= _LONGEST:
        return stem
    sign = hashlib.sha256(data).hexdigest()[:8]
    return f"{data[: _LONGEST - 9].decode('utf-8', 'ignore')}~{sign}"


def file_size(size: int) -> str:
    """Word a file's size: `812 KB`, `1.2 MB`, `140 MB`."""
    kilobytes, megabytes = max(1, round(size / 1000)), size / 1_000_000
    return f"{kilobytes} KB" if kilobytes < 1000 else f"{megabytes:,.{int(megabytes < 10)}f} MB"


def backup_name(stem: str, at: datetime, count: int = 1) -> str:
    """Return the name of a backup of the project `stem`; `count` tells apart those of one second."""
    return f"{stem}-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}{f'-{count}' if count > 1 else ''}{ENDING}"


def made_at(name: str, stem: str) -> tuple[datetime, int] | None:
    """Return when the backup called `name` was made, and its count; None where it is none of the project `stem`."""
    found = _NAME.fullmatch(name)
    if not found or found["stem"] != stem:
        return None
    try:
        at = datetime.strptime(found["time"], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return at, int(found["count"] or 1)


def kept(made: Iterable[tuple[datetime, int]]) -> set[tuple[datetime, int]]:
    """Return which backups stay: the last ten, and the last of each of 14 days and 8 weeks that have one.

    Days and weeks without a backup don't count: a project that nobody opens for a year keeps all it had.
    """
    newest_first = sorted(made, reverse=True)
    stay = set(newest_first[:NEWEST_KEPT])
    stay.update(_last_of_each([(each[0].date(), each) for each in newest_first], DAYS_KEPT))
    stay.update(_last_of_each([(each[0].isocalendar()[:2], each) for each in newest_first], WEEKS_KEPT))
    return stay


def _last_of_each(
    newest_first: list[tuple[Hashable, tuple[datetime, int]]], periods: int
) -> list[tuple[datetime, int]]:
    last: dict[Hashable, tuple[datetime, int]] = {}
    for period, each in newest_first:
        last.setdefault(period, each)
    return list(last.values())[:periods]
