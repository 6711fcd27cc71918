"""What cards say of candidates, and how decisions are worded."""

from dataclasses import replace

from annotator.domain.relation import Relation
from annotator.domain.review import Action, Kind, Rule
from annotator.domain.span import Span
from annotator.gui.review.cards import Around, Card, cards_of
from annotator.gui.review.decision_words import decided, reopened
from annotator.gui.review.difference import Mark, Piece
from tests.gui.review_made import LONG, SHORT, TEXT, boundary, decision, item, source, span

SIGNS = {"Jonas": "J", "Noor": "N", "Sofia": "S"}
AROUND = Around(SIGNS, {}, TEXT)


def own(pieces: tuple[Piece, ...]) -> list[str]:
    return [piece.text for piece in pieces if piece.mark is Mark.OWN]


def test_a_card_says_whose_it_is_and_what_it_has_more_than_the_suggested_one() -> None:
    first, second = cards_of(boundary(), AROUND)
    assert (first.key, first.signs, first.votes, first.suggested) == ("1", ("J", "S"), "2 of 3", True)
    assert (second.key, second.signs, second.votes, second.suggested) == ("2", ("N",), "1 of 3", False)
    assert own(first.words) == []
    assert own(second.words) == [", and ensure that victims of […] through the program, are protected"]
    assert own(second.attributes) == []
    assert first.spoken.startswith("1: Jonas, Sofia, 2 of 3, suggested, “ICE not pursue")


def test_labels_stand_on_the_cards_where_they_differ() -> None:
    alike, other = span("Jonas", "has had an", "claim"), span("Noor", "has had an", "quote")
    assert [card.shows_label for card in cards_of(boundary(), AROUND)] == [False, False]
    assert [(card.shows_label, card.label) for card in cards_of(item(Kind.LABEL, alike, other), AROUND)] == [
        (True, "claim"),
        (True, "quote"),
    ]


def test_other_attributes_are_marked_also_where_one_has_none() -> None:
    shown = cards_of(
        item(
            Kind.ATTRIBUTE,
            span("Jonas", SHORT, direction="keep", addressee="ICE"),
            span("Noor", SHORT, direction="change"),
        ),
        AROUND,
    )
    assert [own(card.attributes) for card in shown] == [[], ["Addressee: none", "Direction: change"]]


def test_other_relations_are_marked_with_the_words_of_their_other_end() -> None:
    mine, yours, end = span("Jonas", SHORT), span("Noor", SHORT), span("Jonas", "Task Force", "actor")
    relation = Relation("r", "doc", "said by", yours.id, end.id, "Noor", "")
    around = Around(SIGNS, {}, TEXT, [relation], {end.id: end})
    shown = cards_of(item(Kind.RELATION, mine, yours, apart={yours.id: 1}), around)
    by_sign = {card.signs[0]: card for card in shown}
    said = [*by_sign["J"].relations, *by_sign["N"].relations]
    assert [piece.text for piece in said] == ["said by → “Task Force”"]


def test_only_the_first_nine_have_a_key_and_a_single_span_has_none() -> None:
    many = item(Kind.BOUNDARY, *[span(f"P{n}", TEXT[n : n + 30]) for n in range(12)])
    assert [card.key for card in cards_of(many, AROUND)] == [*"123456789", "", "", ""]
    alone: list[Card] = cards_of(item(Kind.SINGLE, span("Noor", LONG)), AROUND)
    assert [(card.key, card.votes, card.suggested) for card in alone] == [("", "", False)]


def test_names_that_are_not_revealed_are_not_said() -> None:
    blind = {"Jonas": "α", "Noor": "β", "Sofia": "γ"}
    spoken = " ".join(card.spoken for card in cards_of(boundary(), Around(blind, blind, TEXT)))
    assert not any(name in spoken for name in SIGNS)
    changed = reopened(
        item(Kind.BOUNDARY, span("Noor", LONG), earlier=[decision(Action.ACCEPT, source(span("Jonas", SHORT)))]), blind
    )
    assert changed == ["β has a span here now.", "α’s span is gone."]


def when(_: str) -> str:
    return "today 9:12"


def test_a_decision_is_worded_as_it_came_about() -> None:
    of = source(span("Noor", SHORT))
    assert decided(decision(Action.ACCEPT, of), when) == "Accepted by Ruth Feldman, today 9:12"
    assert decided(decision(Action.REJECT, of), when) == "Nobody was right: Ruth Feldman, today 9:12"
    assert decided(decision(Action.REJECT, of, kind=Kind.SINGLE), when) == "Rejected by Ruth Feldman, today 9:12"
    assert decided(decision(Action.CORRECT, of), when) == "Corrected by Ruth Feldman, today 9:12"
    assert decided(decision(Action.CORRECT), when) == "Added to gold by Ruth Feldman, today 9:12"
    assert decided(decision(Action.ACCEPT, of, rule=Rule.MAJORITY), when) == (
        "Merged automatically, by majority: Ruth Feldman, today 9:12"
    )
    assert decided(decision(Action.REJECT, of, rule=Rule.MAJORITY), when).startswith("Left out automatically")


def test_an_item_that_is_open_again_says_what_has_changed() -> None:
    def changes(*now: Span, absent: tuple[str, ...] = ()) -> list[str]:
        was = decision(Action.ACCEPT, source(span("Noor", SHORT)), absent=("Jonas",))
        return reopened(item(Kind.MISSING, *now, absent=absent, earlier=[was]), {})

    assert changes(span("Noor", SHORT), span("Jonas", LONG)) == ["Jonas has a span here now."]
    assert changes(span("Noor", SHORT), absent=("Jonas", "Sofia")) == ["Sofia has finished since, with nothing here."]
    assert changes(span("Noor", SHORT)) == ["Jonas is not done any more."]
    assert changes(span("Noor", "has had an"), absent=("Jonas",)) == ["Noor has another span here now."]
    assert changes(span("Noor", SHORT), absent=("Jonas",)) == ["What gold had of it has changed."]


def test_a_changed_span_is_told_by_what_is_other_in_it() -> None:
    def change(was: Span, now: Span) -> list[str]:
        before = replace(source(was), span="x")
        made = item(Kind.BOUNDARY, now, earlier=[decision(Action.ACCEPT, before)])
        return reopened(replace(made, sources=(replace(source(now, "2"), span="x"),)), {})

    claim = span("Noor", SHORT, "claim")
    assert change(claim, span("Noor", SHORT, "actor")) == ["Noor’s span is an actor now, and was a claim."]
    assert change(claim, span("Noor", "has had an", "claim")) == [
        "Noor’s span is “has had an” now, and was “ICE not pursue […] minor traffic offenses”."
    ]
    assert change(claim, span("Noor", SHORT, "claim", direction="x")) == ["Noor’s span has other attributes now."]
    assert change(claim, claim) == ["Noor’s span has other relations now."]
