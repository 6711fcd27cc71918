"""How dates, times and counts are worded in the window."""

import datetime as dt
import html
import re

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def shown_date(published: str | None) -> str:
    """Word a document's date: `16 Sep 2011`, `Sep 2011`, `2011`; `no date` for none; anything else as it is."""
    if not published:
        return "no date"
    match = _ISO_DATE.match(published)
    if not match:
        return published
    year, month, day = match.groups()
    if month is None or not 1 <= int(month) <= 12:
        return year
    named = f"{_MONTHS[int(month) - 1]} {year}"
    return f"{int(day)} {named}" if day else named


def shown_time(stamp: str, now: dt.datetime | None = None) -> str:
    """Word a UTC time stamp in local time: `today 14:03`, `yesterday 09:12`, `12 May 17:20`, `12 May 2024`.

    `now` is for tests; both are compared in its time zone. A stamp that is no time is given back as it is.
    """
    now = now or dt.datetime.now().astimezone()
    try:
        at = dt.datetime.fromisoformat(stamp).astimezone(now.tzinfo)
    except ValueError:
        return stamp
    clock = f"{at:%H:%M}"
    days = (now.date() - at.date()).days
    if days in (0, 1):
        return f"{'yesterday' if days else 'today'} {clock}"
    day = f"{at.day} {_MONTHS[at.month - 1]}"
    return f"{day} {clock}" if at.year == now.year else f"{day} {at.year}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """Word a count: `1 span`, `21 spans`, `100,000 spans`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def sentence(text: str) -> str:
    """Word a reason, which may stand behind a name elsewhere, as a sentence of its own."""
    return text[:1].upper() + text[1:]


def plain_tooltip(text: str) -> str:
    """Word a tooltip so that Qt shows `text` as it is: it takes what looks like HTML for HTML. Long ones wrap."""
    if len(text) < 60 and "<" not in text and "&lt;" not in text:
        return text
    return f"<p>{html.escape(text, quote=False)}</p>".replace("\n", "<br>")
