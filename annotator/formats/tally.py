"""What an export counts as it goes, for its report and its dataset card; it does not grow with the corpus."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """Running counts of one export."""

    documents: int = 0
    spans: int = 0
    relations: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    annotators: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    losses: Counter[str] = field(default_factory=Counter)
