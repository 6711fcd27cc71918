"""A figure of agreement: one measure of one label by some annotators, with all that is needed to judge it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure; `label` is None for all labels together.

    `value` is None where the measure is undefined (n/a), and then `reason` says why; else `reason` is None. `documents`
    are those that all of `annotators` finished (for a mean of pairs: that a pair did); `items` counts what was
    compared there: characters, spans or, for the unitizing alphas, stretches. `low` to `high` is the 95 % interval of a
    bootstrap over documents; None for n/a and for a single document.
    """

    measure: str
    label: str | None
    annotators: tuple[str, ...]
    value: float | None
    reason: str | None
    documents: int
    items: int
    low: float | None = None
    high: float | None = None
