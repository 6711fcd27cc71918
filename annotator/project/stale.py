"""A change of what somebody else has changed meanwhile: refused, with both versions, so that neither is lost unseen."""

from typing import TypeVar

from annotator.errors import Stale
from annotator.storage import history
from annotator.storage.journal import Step
from annotator.storage.store import Store

Value = TypeVar("Value")
_LONGEST = 80


def refuse_stale(
    store: Store, step: Step, span_id: str, what: str, *, shown: Value, there: Value, wanted: Value, me: str
) -> None:
    """Raise Stale where a span's `what` is not what was `shown`, nor what is `wanted`, and another program wrote it.

    Changes by this program are no surprise: they may wait one behind the other, each shown before it is on disk.
    """
    if there in (shown, wanted):
        return
    later = history.newest_of(step.connection, "span", span_id)
    if later is None or store.wrote(later.number):
        return
    who = "You have changed" if later.annotator == me else f"{later.annotator} has changed"
    where = " in another window" if later.annotator == me else ""
    raise Stale(
        f"{who} the {what} of this span meanwhile{where}: it is {_worded(there)} now, and yours is {_worded(wanted)}. "
        "Nothing was overwritten."
    )


def _worded(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")
    if not text:
        return "empty"
    return f"“{text}”" if len(text) <= _LONGEST else f"“{text[: _LONGEST - 1]}…”"
