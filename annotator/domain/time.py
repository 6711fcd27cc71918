"""Times as stored and exported: UTC, milliseconds, `2026-01-02T03:04:05.000Z`, so that they sort as they read."""

from datetime import UTC, datetime


def now() -> str:
    """Return the time now."""
    return stored(datetime.now(UTC))


def stored(time: datetime) -> str:
    """Return an aware time in its stored form."""
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse(text: str) -> datetime:
    """Return a stored time as an aware datetime in UTC."""
    return datetime.fromisoformat(text)


def is_time(text: str) -> bool:
    """Whether this is a time as it is stored: one that `parse` reads, with its zone."""
    try:
        return parse(text).tzinfo is not None
    except (ValueError, TypeError):
        return False
