"""A result as a fraction of whole numbers: exact, and quick enough to be computed a thousand times."""

from fractions import Fraction

Ratio = tuple[int, int]
"""Numerator and denominator; a denominator of 0 says that the measure is undefined."""
UNDEFINED: Ratio = (0, 0)


def exact(ratio: Ratio) -> Fraction | None:
    """Return the value, None where it is undefined."""
    return Fraction(*ratio) if ratio[1] else None


def rounded(ratio: Ratio) -> float | None:
    """Return the nearest float, None where it is undefined."""
    return ratio[0] / ratio[1] if ratio[1] else None


def less_than_one(disagreement: Ratio) -> Ratio:
    """Return one less the ratio, as every alpha is one less observed by expected disagreement."""
    above, below = disagreement
    return below - above, below
