"""Items of a review made by hand, for tests of what shows them."""

from collections.abc import Mapping, Sequence

from annotator.domain.attributes import Attribute
from annotator.domain.review import Action, Comment, Decision, Kind, Result, ReviewItem, Rule, Source, candidates_of
from annotator.domain.span import Fragment, Span, span_text

TEXT = (
    "Most significantly, the Task Force on Secure Communities recommended ICE not pursue individuals, identified "
    "through Secure Communities, for arrests based on minor traffic offenses, and ensure that victims of domestic "
    "violence, as well as victims of crime or witnesses, who come to the agency’s attention through the program, are "
    "protected.\n\nA task force created to recommend improvements to a federal immigration program presented a "
    'critical report this week, saying the program, Secure Communities, has had an "adverse impact" on policing.'
)
SHORT = "ICE not pursue individuals, identified through Secure Communities, for arrests based on minor traffic offenses"
LONG = TEXT[TEXT.index("ICE") : TEXT.index(" are protected") + len(" are protected")]


def span(
    annotator: str, words: str, label: str = "policy recommendation", note: str | None = None, **attributes: str
) -> Span:
    start = TEXT.index(words)
    pieces = (Fragment(start, start + len(words)),)
    values = tuple(Attribute(name.title(), (value,)) for name, value in attributes.items())
    return Span(f"{annotator}:{label}:{words[:9]}", "doc", label, pieces, words, annotator, "", "", note, values)


def pieces(annotator: str, *words: str, label: str = "claim") -> Span:
    found = tuple(Fragment(TEXT.index(each), TEXT.index(each) + len(each)) for each in words)
    return Span(f"{annotator}:{words[0]}", "doc", label, found, span_text(TEXT, found), annotator, "", "")


def source(of: Span, print_: str = "1") -> Source:
    return Source(of.id, of.annotator, of.label, of.fragments, of.text, of.attributes, print_)


def item(
    kind: Kind,
    *spans: Span,
    absent: Sequence[str] = (),
    decision: Decision | None = None,
    earlier: Sequence[Decision] = (),
    key: str = "item",
    apart: Mapping[str, object] | None = None,
) -> ReviewItem:
    sources = tuple(map(source, spans))
    return ReviewItem(key, "doc", kind, candidates_of(spans, apart), tuple(absent), sources, decision, tuple(earlier))


def decision(
    action: Action, *sources: Source, reason: str | None = None, result: Span | None = None, **others: object
) -> Decision:
    gold = Result("g", result.label, result.fragments, result.text, result.attributes) if result else None
    made: dict[str, object] = {
        "kind": Kind.BOUNDARY,
        "rule": Rule.MANUAL,
        "absent": (),
        "chosen": None,
        "superseded": None,
        "reviewer": "Ruth Feldman",
        "at": "2024-05-12T17:20:00.000Z",
        "id": "decision",
    } | others
    return Decision(document="doc", action=action, sources=sources, result=gold, reason=reason, **made)  # type: ignore[arg-type]


def said(author: str, text: str, *spans: str, at: str = "2024-05-12T17:20:00.000Z") -> Comment:
    return Comment(f"{author}:{text[:20]}", "doc", spans, author, at, text)


def boundary() -> ReviewItem:
    """Two of three agree, the third has more."""
    facts = {"direction": "change", "addressee": "ICE"}
    return item(
        Kind.BOUNDARY, span("Jonas", SHORT, **facts), span("Sofia", SHORT, **facts), span("Noor", LONG, **facts)
    )
