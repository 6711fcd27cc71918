"""Agreement on items that each annotator put into one category: Cohen's kappa, Fleiss' kappa, Krippendorff's alpha.

What an item is doesn't matter here; over a text it is a character. The formulas take counts, so that counts of several
documents can be added first; the functions ending in `_of` take the items.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from math import lcm
from operator import mul
from typing import TypeVar

from annotator.agreement.ratio import Ratio, less_than_one

Item = TypeVar("Item", bound=tuple[Hashable | None, ...])
"""The categories that one item got: by annotator, in one order; None where an annotator didn't judge it."""


def cohen(items: int, agreed: int, first: Sequence[int], second: Sequence[int]) -> Ratio:
    """Cohen's kappa: `agreed` of `items` alike; how often each annotator used each category, in one order.

    Cohen 1960, A coefficient of agreement for nominal scales, p. 40: (po - pc) / (1 - pc).
    """
    chance = sum(map(mul, first, second))
    return agreed * items - chance, items * items - chance


def fleiss(items: int, annotators: int, pairs: int, used: Sequence[int]) -> Ratio:
    """Fleiss' kappa: `pairs` counts ordered pairs of annotators alike, over all items; `used` each category's uses.

    Fleiss 1971, Measuring nominal scale agreement among many raters, equations 3 to 7. For two annotators it is
    Scott's pi.
    """
    others = annotators - 1
    chance = sum(count * count for count in used)
    judgements = items * annotators
    return pairs * judgements - chance * others, others * (judgements * judgements - chance)


def alpha(judgements: int, pairs: int, scale: int, used: Sequence[int]) -> Ratio:
    """Krippendorff's alpha for nominal data. `pairs` is `scale` times the coincidences of like categories.

    Coincidences: each ordered pair of judgements of an item, divided by one less than that item's judgements.
    Krippendorff 2004, Content Analysis, 2nd edition, chapter 11.3.
    """
    expected = scale * (judgements * judgements - sum(count * count for count in used))
    return less_than_one(((judgements - 1) * (scale * judgements - pairs), expected))


def like_pairs(categories: Sequence[Hashable]) -> int:
    """Return the number of ordered pairs of these judgements of one item that are alike."""
    return sum(map(categories.count, categories)) - len(categories)


def cohen_of(items: Mapping[Item, int]) -> Ratio:
    """Cohen's kappa of two annotators' items."""
    first, second = (_used((pair[place], count) for pair, count in items.items()) for place in (0, 1))
    categories = first | second
    agreed = sum(count for (one, other), count in items.items() if one == other)
    margins = ([margin[category] for category in categories] for margin in (first, second))
    return cohen(sum(items.values()), agreed, *margins)


def fleiss_of(items: Mapping[Item, int]) -> Ratio:
    """Fleiss' kappa of items that each of the annotators judged."""
    annotators = len(next(iter(items), ()))
    pairs = sum(like_pairs(item) * count for item, count in items.items())
    used = _used((category, count) for item, count in items.items() for category in item)
    return fleiss(sum(items.values()), annotators, pairs, list(used.values()))


def alpha_of(items: Mapping[Item, int]) -> Ratio:
    """Krippendorff's alpha of items; those with fewer than two judgements tell nothing and are left out."""
    judged = [(tuple(one for one in item if one is not None), count) for item, count in items.items()]
    judged = [(item, count) for item, count in judged if len(item) > 1]
    scale = lcm(*(len(item) - 1 for item, _ in judged))
    pairs = sum(like_pairs(item) * count * (scale // (len(item) - 1)) for item, count in judged)
    used = _used((category, count) for item, count in judged for category in item)
    return alpha(sum(used.values()), pairs, scale, list(used.values()))


def _used(judgements: Iterable[tuple[Hashable, int]]) -> Counter[Hashable]:
    used: Counter[Hashable] = Counter()
    for category, count in judgements:
        used[category] += count
    return used
