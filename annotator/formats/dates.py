"""Dates as people write them: those that can mean one day only become `YYYY-MM-DD`, the others stay as written."""

import datetime as dt
import re
from collections.abc import Iterable

# In English: dates in other languages stay as written.
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d\d.*)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:,? \d{1,2}:\d\d.*)?")
_DAY_FIRST = re.compile(r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?\.? ([a-z]{3,9})\.?,? (\d{4})")
_MONTH_ALONE = re.compile(r"([a-z]{3,9})\.? (\d{4})")
_MONTH_FIRST = re.compile(r"(?:[a-z]+,? )?([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")


def iso(written: str, *, day_first: bool | None = None) -> str:
    """Return the date as `YYYY-MM-DD`, or as it is written where that could be another day, or no day.

    `day_first` says how 3/4/2011 is meant, where that is known.
    """
    text = " ".join(written.split())
    return _by_number(text, day_first) or _by_name(text.lower()) or text


def day_first(dates: Iterable[str]) -> bool | None:
    """Return whether a column's dates of numbers have the day first; None where nothing in it tells."""
    found = [match for each in dates if (match := _NUMBERS.fullmatch(" ".join(each.split())))]
    first = any(int(match[1]) > 12 for match in found)
    second = any(int(match[3]) > 12 for match in found)
    return None if first == second else first


def unclear(written: str) -> bool:
    """Whether a date of numbers can mean two days: 3/4/2011."""
    text = " ".join(written.split())
    return bool(_NUMBERS.fullmatch(text)) and _by_number(text, None) is None and _by_number(text, True) is not None


def _by_number(text: str, day_first: bool | None) -> str | None:
    if match := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if not (match := _NUMBERS.fullmatch(text)):
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if first > 12 or first == second or day_first is True:
        return _date(year, second, first)
    if second > 12 or day_first is False:
        return _date(year, first, second)
    return None


def _by_name(text: str) -> str | None:
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = match[1], match[2], match[3]
    elif match := _MONTH_FIRST.fullmatch(text):
        day, month, year = match[2], match[1], match[3]
    elif match := _MONTH_ALONE.fullmatch(text):
        day, month, year = "", match[1], match[2]
    else:
        return None
    number = next((at for at, name in enumerate(_MONTHS, 1) if name.startswith(month)), None)
    if number and not day:
        return f"{year}-{number:02}"
    return _date(int(year), number, int(day)) if number else None


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None
