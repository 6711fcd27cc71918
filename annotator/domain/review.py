"""Review: what differs between annotators, what a reviewer decided on it, and what was said about it."""

import enum
import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from annotator.domain.attributes import Attribute
from annotator.domain.span import Fragment, Span

GOLD = "◆ gold"
"""The name under which the layer of reviewed spans is kept. Nobody can be called so."""


class Kind(enum.StrEnum):
    """How the spans of an item differ; of several differences the one that is named first here.

    `single` is a span of an annotator whose work is reviewed alone; `withdrawn` was decided on, and its spans are gone.
    """

    SPLIT = "split"
    MISSING = "missing"
    BOUNDARY_AND_LABEL = "boundary and label"
    BOUNDARY = "boundary"
    LABEL = "label"
    ATTRIBUTE = "attribute"
    RELATION = "relation"
    UNANIMOUS = "unanimous"
    SINGLE = "single"
    WITHDRAWN = "withdrawn"


class Action(enum.StrEnum):
    """What a reviewer does with an item. `reject`: nobody is right."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    DEFER = "defer"


class Rule(enum.StrEnum):
    """How a decision came about: by a person, or by a rule that a person let run over many items."""

    MANUAL = "manual"
    UNANIMOUS = "unanimous"
    MAJORITY = "majority"


class Status(enum.StrEnum):
    """Where an item stands. `reopened` was decided on, and its sources have changed since."""

    OPEN = "open"
    REOPENED = "reopened"
    DECIDED = "decided"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True)
class Source:
    """An annotator's span as it was when it was decided on.

    `print` is short for all that counts of it: label, fragments, attributes, relations; two that are alike have the
    same.
    """

    span: str
    annotator: str
    label: str
    fragments: tuple[Fragment, ...]
    text: str
    attributes: tuple[Attribute, ...]
    print: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a decision put into gold: the gold span's id, and how it was then."""

    span: str
    label: str
    fragments: tuple[Fragment, ...]
    text: str
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on one item. `absent` are the annotators who had finished without a span there.

    `chosen` is the id of the source that was accepted or corrected, `result` what gold got, None for a rejection or a
    deferral; of gold that a reviewer added by hand there are no sources. `superseded` is the id of the later decision
    that took this one's place.
    """

    id: str
    document: str
    kind: Kind
    action: Action
    rule: Rule
    sources: tuple[Source, ...]
    absent: tuple[str, ...]
    chosen: str | None
    result: Result | None
    reviewer: str
    at: str
    reason: str | None = None
    superseded: str | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """One message in the conversation about an item, named by its spans, or about a document, where there are none."""

    id: str
    document: str
    spans: tuple[str, ...]
    author: str
    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Reveal:
    """That somebody had the names shown behind a document's candidates, or spans that they should not see yet."""

    document: str
    annotator: str
    what: str
    at: str


NAMES, SPANS = "names", "spans"
"""What is revealed: whose the candidates are; the others' spans, before one's own are done."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Spans of one item that are alike: `spans` by annotator in the order of their names, one vote each."""

    spans: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """One of them, to show and to take."""
        return self.spans[0]

    @property
    def votes(self) -> int:
        return len(self.spans)

    @property
    def annotators(self) -> tuple[str, ...]:
        return tuple(span.annotator for span in self.spans)


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One thing to decide on: at most one span an annotator, and who finished the document without one (`absent`).

    `id` stays the same as long as the same spans belong together. `decision` is what holds now, also where it was
    deferred; `earlier` is what was decided on some of these spans before they changed, newest first. `sources` are the
    spans as they are now.
    """

    id: str
    document: str
    kind: Kind
    candidates: tuple[Candidate, ...]
    absent: tuple[str, ...]
    sources: tuple[Source, ...]
    decision: Decision | None = None
    earlier: tuple[Decision, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(span for candidate in self.candidates for span in candidate.spans)

    @property
    def status(self) -> Status:
        if self.decision is None:
            return Status.REOPENED if self.earlier else Status.OPEN
        return Status.DEFERRED if self.decision.action is Action.DEFER else Status.DECIDED

    @property
    def open(self) -> bool:
        """Whether it waits for a decision."""
        return self.decision is None

    @property
    def voters(self) -> int:
        """How many annotators finished the document."""
        return sum(candidate.votes for candidate in self.candidates) + len(self.absent)

    @property
    def suggested(self) -> int | None:
        """The place of the candidate with more votes than any other and than those who have nothing; else None."""
        if not self.candidates:
            return None
        first, *others = self.candidates  # most votes first
        rivals = [other.votes for other in others] + [len(self.absent)]
        return 0 if first.votes > max(rivals) else None


def candidates_of(spans: Collection[Span], apart: Mapping[str, object] | None = None) -> tuple[Candidate, ...]:
    """Return an item's spans put together where they are alike, those with most votes first, then in text order.

    `apart` says of spans, by id, what else must be the same.
    """
    alike: dict[tuple[object, ...], list[Span]] = {}
    for span in sorted(spans, key=lambda each: each.annotator):
        more = (apart or {}).get(span.id)
        alike.setdefault((span.label, span.fragments, frozenset(span.attributes), more), []).append(span)
    found = [Candidate(tuple(group)) for group in alike.values()]
    return tuple(sorted(found, key=lambda each: (-each.votes, each.span.start, each.span.end, each.span.label)))


def decided_by(item: ReviewItem, rule: Rule) -> tuple[Action, int | None] | None:
    """Return what a rule does with an open item, with the candidate's place; None where it leaves it open.

    By majority more than half of those who finished the document must agree on one candidate, or have nothing there.
    """
    if not item.open or not item.candidates or item.voters < 2:
        return None
    if rule is Rule.UNANIMOUS:
        return (Action.ACCEPT, 0) if item.kind is Kind.UNANIMOUS else None
    if 2 * item.candidates[0].votes > item.voters:
        return Action.ACCEPT, 0
    return (Action.REJECT, None) if 2 * len(item.absent) > item.voters else None


def differ_between(item: ReviewItem, annotators: Collection[str]) -> bool:
    """Whether these annotators differ on an item: two have other candidates, or one has nothing where another has."""
    taken = [candidate for candidate in item.candidates if set(candidate.annotators) & set(annotators)]
    return len(taken) > 1 or (len(taken) == 1 and bool(set(item.absent) & set(annotators)))


def blind_order(document: str, annotators: Iterable[str]) -> tuple[str, ...]:
    """Return annotators in the order in which a document's lanes and candidates name them.

    It differs from document to document, so that nobody is known by a place, and is the same each time.
    """
    return tuple(sorted(annotators, key=lambda name: hashlib.sha256(f"{document}\n{name}".encode()).digest()))


_BLIND = "αβγδεζηθικλμνξοπρστυφχψω"


def blind_names(document: str, annotators: Iterable[str]) -> dict[str, str]:
    """Return, by annotator, the sign that stands for them in a document while names are not revealed."""
    return {
        name: _BLIND[place] if place < len(_BLIND) else f"{place + 1}"
        for place, name in enumerate(blind_order(document, annotators))
    }
