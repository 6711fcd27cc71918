"""What the card of each candidate says: whose it is, its words beside the suggested one's, and what differs besides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.relation import Relation
from annotator.domain.review import Candidate, Kind, ReviewItem
from annotator.domain.span import Span
from annotator.domain.text import first_words
from annotator.gui.review.difference import Mark, Piece, compared, shortened

_WORDS = 180  # code points of a candidate's words that are shown
_END = 60  # code points of the other end of a relation
_DOT = " · "


@dataclass(frozen=True, slots=True)
class Card:
    """One candidate as it is shown. `key` is empty from the tenth on; `shows_label` where the candidates' differ.

    `attributes` and `relations` are marked where the suggested one's are others; `notes` are (sign, note).
    """

    place: int
    key: str
    signs: tuple[str, ...]
    names: tuple[str, ...]
    votes: str
    suggested: bool
    label: str
    shows_label: bool
    words: tuple[Piece, ...]
    attributes: tuple[Piece, ...]
    relations: tuple[Piece, ...]
    notes: tuple[tuple[str, str], ...]
    whole: str

    @property
    def spoken(self) -> str:
        """Return what assistive technology reads."""
        parts = [
            f"{self.place + 1}: {', '.join(self.names)}",
            self.votes,
            "suggested" if self.suggested else "",
            self.label if self.shows_label else "",
            f"“{_said(self.words)}”",
            _said(self.attributes),
            _said(self.relations),
            *(f"note by {sign}: {note}" for sign, note in self.notes),
        ]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Around:
    """What cards are made of besides the item: signs and names by annotator, the text, relations, spans by id."""

    signs: Mapping[str, str]
    names: Mapping[str, str]
    text: str
    relations: Sequence[Relation] = ()
    spans: Mapping[str, Span] | None = None


def cards_of(item: ReviewItem, around: Around) -> list[Card]:
    """Return the cards of an item's candidates, in their order."""
    out = _outwards(item, around)
    base = item.candidates[item.suggested or 0] if item.candidates else None
    differ = len({candidate.span.label for candidate in item.candidates}) > 1
    return [_card(item, place, base, out, around, differ=differ) for place in range(len(item.candidates))]


def _card(
    item: ReviewItem,
    place: int,
    base: Candidate | None,
    out: Mapping[str, Sequence[tuple[str, str]]],
    around: Around,
    *,
    differ: bool,
) -> Card:
    candidate = item.candidates[place]
    span, beside = candidate.span, base.span if base and base is not candidate else None
    words = compared(around.text, span.fragments, beside.fragments if beside else None)
    return Card(
        place,
        str(place + 1) if place < 9 and item.kind is not Kind.SINGLE else "",
        tuple(around.signs.get(name, name[:1]) for name in candidate.annotators),
        tuple(around.names.get(name, name) for name in candidate.annotators),
        "" if item.kind is Kind.SINGLE else f"{candidate.votes} of {item.voters}",
        place == item.suggested and item.kind is not Kind.SINGLE,
        span.label,
        differ,
        tuple(shortened(words, _WORDS)),
        tuple(_marked(_facts(span, beside), _facts(beside, span) if beside else None, _DOT)),
        tuple(_marked(_ends(candidate, out), _ends(base, out) if base and beside else None, _DOT)),
        tuple((around.signs.get(each.annotator, "?"), each.note) for each in candidate.spans if each.note),
        span.text,
    )


def _facts(span: Span, beside: Span | None) -> list[str]:
    """Word a span's attributes; those that only the other has too, as having none."""
    own = {each.name: ", ".join(each.values) for each in span.attributes if each.values}
    if beside and beside.label == span.label:
        own |= {each.name: "none" for each in beside.attributes if each.values and each.name not in own}
    return [f"{name}: {values}" for name, values in sorted(own.items())]


def _outwards(item: ReviewItem, around: Around) -> dict[str, list[tuple[str, str]]]:
    """Return, by span of the item, the relations that go out from it, as (type, words of the other end)."""
    known = around.spans or {}
    found: dict[str, list[tuple[str, str]]] = {span.id: [] for span in item.spans}
    for relation in around.relations:
        if relation.source in found:
            end = known.get(relation.target)
            found[relation.source].append((relation.type, first_words(end.text, _END) if end else ""))
    return found


def _ends(candidate: Candidate, out: Mapping[str, Sequence[tuple[str, str]]]) -> list[str]:
    worded = (f"{kind} → “{words}”" if words else kind for kind, words in out[candidate.span.id])
    return sorted(dict.fromkeys(worded))


def _marked(facts: Sequence[str], beside: Iterable[str] | None, between: str) -> list[Piece]:
    """Return facts as pieces, those marked as its own that are not among the other's."""
    known = None if beside is None else set(beside)
    pieces: list[Piece] = []
    for fact in facts:
        if pieces:
            pieces.append(Piece(0, 0, Mark.SAME, between))
        pieces.append(Piece(0, 0, Mark.SAME if known is None or fact in known else Mark.OWN, fact))
    return pieces


def _said(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces if piece.mark is not Mark.LACKING).strip()
