"""Reviewing: decisions on items and the gold that they make, comments, and what is revealed."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence

from annotator.domain.attributes import Attribute, checked
from annotator.domain.codebook import AttributeKind
from annotator.domain.review import (
    GOLD,
    NAMES,
    SPANS,
    Action,
    Comment,
    Decision,
    Kind,
    Result,
    ReviewItem,
    Rule,
    decided_by,
)
from annotator.domain.span import Span, fragments_of, span_text
from annotator.domain.text import as_note, text_problem
from annotator.domain.time import now
from annotator.errors import BadArgument, NotFound
from annotator.project.reviewing import Reviewing
from annotator.project.spans import SpanChanges
from annotator.storage import gold, reviews
from annotator.storage.journal import Step

_Values = Mapping[str, Sequence[str]]


class Deciding(Reviewing, SpanChanges):
    """The part of Project that reviews. Annotators' own spans are never written here."""

    def decide(
        self,
        item: ReviewItem,
        action: Action | str,
        *,
        candidate: int | None = None,
        label: str | None = None,
        fragments: Sequence[tuple[int, int]] | None = None,
        attributes: _Values | None = None,
        reason: str | None = None,
    ) -> Decision:
        """Decide on an item; the decision takes the place of those that held for its spans, which are kept.

        `accept` puts a candidate into gold: the one at that place, else the suggested one. `reject` says that nobody is
        right, and takes out what gold had. `correct` puts in a candidate, or what gold has, with another label, other
        fragments, each (start, end), or other attribute values by name. `defer` leaves it for later. Raises Stale where
        the spans, or what was decided on them, are not what `item` says; BadArgument where nothing says what to take.
        """
        wanted = _member(action)
        span = self._decided_span(item, wanted, candidate, label, fragments, attributes)
        chosen = self._chosen(item, wanted, candidate)
        decided = self._decision(item, wanted, Rule.MANUAL, chosen, reason)
        return self._write_decisions(f"{wanted.value} {_about(item, span)}", [(item, decided, span)])[0]

    def merge(self, items: Sequence[ReviewItem], rule: Rule | str) -> list[Decision]:
        """Decide the open items that a rule decides, in one change: see `decided_by`. Returns what was decided."""
        wanted = Rule(rule)
        if wanted is Rule.MANUAL:
            raise BadArgument("Items are merged when they are unanimous, or by majority.")
        plan = []
        for item in items:
            if found := decided_by(item, wanted):
                action, place = found
                span = self._decided_span(item, action, place, None, None, None)
                plan.append((item, self._decision(item, action, wanted, self._chosen(item, action, place), None), span))
        if plan:
            noun = "1 item" if len(plan) == 1 else f"{len(plan):,} items"
            by = "that is unanimous" if len(plan) == 1 else "that are unanimous"
            return self._write_decisions(f"merge {noun} {by if wanted is Rule.UNANIMOUS else 'by majority'}", plan)
        return []

    def add_gold(
        self,
        document_id: str,
        label: str,
        *pairs: tuple[int, int],
        attributes: _Values | None = None,
        reason: str | None = None,
    ) -> Decision:
        """Put a span into gold where no annotator has one; returns the decision."""
        done = self.finished_by(document_id)
        item = ReviewItem("", self.documents.get(document_id).id, Kind.MISSING, (), done, ())
        span = self._gold_span(document_id, label, pairs, attributes or {})
        decided = self._decision(item, Action.CORRECT, Rule.MANUAL, None, reason)
        return self._write_decisions(f"add gold {label}", [(item, decided, span)])[0]

    def comment(self, document_id: str, text: str, *, spans: Sequence[str] = (), id: str | None = None) -> Comment:
        """Say something about an item, named by its spans' ids, or about a document; returns the comment.

        `id` is a UUID of the caller's own: writing the same twice adds nothing.
        """
        document, said = self.documents.get(document_id), as_note(text)
        if said is None:
            raise BadArgument("An empty comment says nothing. Write something first.")
        if wrong := next((key for key in (*spans, *([id] if id is not None else ())) if text_problem(key)), None):
            raise BadArgument(f"{wrong!r} can't be an id.")
        new = Comment(id or str(uuid.uuid4()), document.id, tuple(sorted(spans)), self.annotator, now(), said)

        def write(step: Step) -> None:
            if not reviews.comment_with(step.connection, self._store.names, new.id):
                step.insert("comment", [reviews.comment_row(new, step.annotator_id)])

        self._write("comment", write)
        return new

    def delete_comment(self, comment_id: str) -> None:
        """Delete a comment of one's own; the history keeps it. Raises NotFound, and BadArgument for another's."""
        with self._store.told():
            found = reviews.comment_with(self._store.connection, self._store.names, comment_id)
        if found is None:
            raise NotFound(f"There is no comment “{comment_id}”.")
        if found.author != self.annotator:
            raise BadArgument(f"The comment is {found.author}’s. You can delete your own.")
        self._write("delete comment", lambda step: step.delete("comment", comment_id))

    def reveal(self, document_id: str, what: str = NAMES) -> None:
        """Note that this project's annotator had shown whose the candidates of a document are, or others' spans."""
        if what not in (NAMES, SPANS):
            raise BadArgument(f"“{what}” can't be revealed; {NAMES} and {SPANS} can.")
        self.documents.get(document_id)

        def write(step: Step) -> None:
            known = reviews.reveals(step.connection, self._store.names, document_id)
            if not any((each.annotator, each.what) == (self.annotator, what) for each in known):
                row = {"id": str(uuid.uuid4()), "document": document_id, "annotator": step.annotator_id}
                step.insert("reveal", [{**row, "what": what, "at": now()}])

        self._write(f"reveal {what}", write)

    # What a decision is

    def _decision(
        self, item: ReviewItem, action: Action, rule: Rule, chosen: str | None, reason: str | None
    ) -> Decision:
        return Decision(
            str(uuid.uuid4()),
            item.document,
            item.kind,
            action,
            rule,
            item.sources,
            item.absent,
            chosen,
            None,
            self.annotator,
            now(),
            as_note(reason),
        )

    @staticmethod
    def _chosen(item: ReviewItem, action: Action, candidate: int | None) -> str | None:
        if action is Action.ACCEPT and candidate is None:
            candidate = item.suggested
        if candidate is not None and action in (Action.ACCEPT, Action.CORRECT):
            return item.candidates[candidate].span.id
        return item.decision.chosen if action is Action.CORRECT and item.decision else None

    def _decided_span(
        self,
        item: ReviewItem,
        action: Action,
        candidate: int | None,
        label: str | None,
        fragments: Sequence[tuple[int, int]] | None,
        attributes: _Values | None,
    ) -> Span | None:
        """Return the span that gold gets, None for none. Its id is one for a new span."""
        if action is not Action.CORRECT and (label, fragments, attributes) != (None, None, None):
            raise BadArgument("Only a correction has a label, a place or attributes of its own.")
        if action in (Action.REJECT, Action.DEFER):
            return None
        base = self._base(item, action, candidate)
        if base is None and (label is None or fragments is None):
            raise BadArgument(
                f"Nothing is suggested for this item. Say which of its {len(item.candidates)} candidates is right, "
                "or that nobody is."
                if item.candidates
                else "Give a label and a place: nothing of this item is left to take."
            )
        pairs = fragments or [(each.start, each.end) for each in base.fragments] if base else fragments or ()
        name = label or (base.label if base else "")
        kept: _Values = {each.name: each.values for each in base.attributes} if base else {}
        if attributes is None and base and name != base.label:
            kept = self._fitting(name, kept)
        return self._gold_span(item.document, name, pairs, kept if attributes is None else attributes)

    @staticmethod
    def _base(item: ReviewItem, action: Action, candidate: int | None) -> Span | Result | None:
        if candidate is None and action is Action.CORRECT and item.decision and item.decision.result:
            return item.decision.result
        place = item.suggested if candidate is None else candidate
        if place is None:
            past = next((each.result for each in item.earlier if each.result and not each.superseded), None)
            return past if not item.candidates else None
        if not 0 <= place < len(item.candidates):
            raise NotFound(f"There is no candidate {place + 1}: this item has {len(item.candidates)}.")
        return item.candidates[place].span

    def _fitting(self, label: str, values: _Values) -> _Values:
        """The values that another label takes as well."""
        found = {}
        for kind in self.codebook.attributes_of(label):
            try:
                found[kind.name] = checked(kind, values.get(kind.name, ()))
            except BadArgument:
                continue
        return {name: given for name, given in found.items() if given}

    def _gold_span(self, document_id: str, label: str, pairs: Sequence[tuple[int, int]], values: _Values) -> Span:
        self.codebook.label(label)
        document = self.documents.get(document_id)
        pieces = fragments_of(pairs, document.length)
        wanted = {name: checked(self.codebook.attribute(label, name), given) for name, given in values.items() if given}
        attributes = tuple(
            Attribute(kind.name, wanted[kind.name], kind.kind is AttributeKind.ENTITY)
            for kind in self.codebook.attributes_of(label)
            if wanted.get(kind.name)
        )
        text, at = span_text(self.documents.text(document_id), pieces), now()
        return Span(str(uuid.uuid4()), document_id, label, pieces, text, GOLD, at, at, None, attributes)

    # Writing

    def _write_decisions(self, name: str, plan: Sequence[tuple[ReviewItem, Decision, Span | None]]) -> list[Decision]:
        kept: list[Decision] = []
        self.back_up_before(len(plan))
        for document_id in {item.document for item, _, _ in plan}:
            self.documents.get(document_id)

        items_in = Counter(item.document for item, _, _ in plan)
        many = {document_id for document_id, number in items_in.items() if number > 1}

        def write(step: Step) -> None:
            reviews.ensure_gold(step.connection)
            self._store.forget_names()
            step.plan(2 * len(plan))  # mostly a decision and a span each
            layer = gold.Layer(step, self._store.names, self.annotator, many)
            for item, decided, span in plan:
                row = self._span_rows(step, [span], gold.GOLD_ID)[0] if span else None
                kept.append(layer.put(item, decided, span, row))
            layer.relate(self.codebook)

        self._write(name, write)
        return kept


def _member(action: Action | str) -> Action:
    try:
        return Action(action)
    except ValueError:
        raise BadArgument(f"“{action}” is no decision. It can be: {', '.join(Action)}.") from None


def _about(item: ReviewItem, span: Span | None) -> str:
    if span:
        return span.label
    if item.candidates:
        return item.candidates[0].span.label
    past = [each.result.label for each in (item.decision, *item.earlier) if each and each.result]
    return past[0] if past else "item"
