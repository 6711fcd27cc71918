"""An item in words, for whoever has the text read out."""

from collections.abc import Mapping

from annotator.domain.review import ReviewItem
from annotator.domain.text import first_words

_WORDS = 120  # code points of a candidate that are read out


def item_said(item: ReviewItem, candidate: int | None, names: Mapping[str, str]) -> str:
    """Say what an item is, and the candidate at that place; `names` are the annotators', by span id, as they are known.

    A span that has no name there is not said to be anybody's.
    """
    labels = ", ".join(dict.fromkeys(each.span.label for each in item.candidates))
    kind = item.kind.value.capitalize()
    said = f"{kind}: {labels}." if labels else f"{kind}."
    if candidate is None or not item.candidates:
        return said
    taken = item.candidates[candidate]
    marked = ", ".join(names[span.id] for span in taken.spans if span.id in names)
    by = f", marked by {marked}" if marked else ""
    return f"{said} Candidate {candidate + 1} of {len(item.candidates)}{by}: “{first_words(taken.span.text, _WORDS)}”"
