"""Changing spans: tag, give another label or other fragments, attributes, delete."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from annotator.domain.attributes import Attribute, checked
from annotator.domain.codebook import AttributeKind
from annotator.domain.span import Span, fragments_of, span_text
from annotator.domain.text import as_note, text_problem
from annotator.domain.time import now
from annotator.errors import BadArgument
from annotator.project.stale import Value, refuse_stale
from annotator.project.tag_many import TagMany
from annotator.storage import history, journal, known_spans, reading, relations, revising, rows, stored
from annotator.storage.entities import Registry
from annotator.storage.journal import Step


class SpanChanges(TagMany):
    """The part of Project that writes spans."""

    def tag(
        self,
        document_id: str,
        label: str,
        start: int,
        end: int,
        *more: tuple[int, int],
        id: str | None = None,
        note: str | None = None,
        attributes: Mapping[str, str | Sequence[str]] | None = None,
        text_sha256: str | None = None,
    ) -> Span:
        """Tag `start` to `end` (and further fragments, each a pair) with a label; returns the new span.

        `id` is a UUID of the caller's own: writing the same twice adds nothing. `attributes` are values by name, one
        or several; an entity is given by its name or any alias, and added where there is none. Spans that are alike
        may lie upon each other. `text_sha256`, where given, says which text the positions are of: raises BadArgument
        where the document's is another by now.
        """
        self.codebook.label(label)
        self._still_has(document_id, text_sha256)
        span = self._new_span(document_id, label, [(start, end), *more], id, note)
        span = replace(span, attributes=self._attributes(label, attributes or {}))

        def write(step: Step) -> None:
            if id is not None and history.knows(step.connection, "span", id):
                raise BadArgument(f"The span “{id}” was written before and deleted since. Nothing was changed.")
            step.insert("span", self._span_rows(step, [span], step.annotator_id))

        try:
            written = self._write(f"tag {label}", write)
        except BadArgument:
            if id is not None and (known := self._written_before(id)):
                return known
            raise
        return written.spans[0] if written else span

    def retag(self, span_id: str, label: str, *, shown: Span | None = None) -> Span:
        """Give a span another label. Its attribute values are kept, out of sight until it has the old label again.

        `shown`, here and below, is the span as the caller last saw it: Stale is raised, with both versions, where
        another program has changed the same thing since.
        """
        span = self.span(span_id)
        label_id = self.codebook.label(label).id
        if span.label == label:
            return span

        def check(step: Step, row: journal.Row) -> None:
            if shown:
                there = self._store.names.labels[row["label"]]
                self._refuse_stale(step, span.id, "label", shown=shown.label, there=there, wanted=label)

        values = {"label": label_id, "modified": now()}
        return self._update(span, f"change {span.label} to {label}", values, check=check)

    def resize(
        self, span_id: str, *pairs: tuple[int, int], text_sha256: str | None = None, shown: Span | None = None
    ) -> Span:
        """Give a span new fragments, each (start, end). Nudges within two seconds are one change.

        `text_sha256` as in `tag`.
        """
        span = self.span(span_id)
        self._still_has(span.document, text_sha256)
        document = self.documents.get(span.document)
        fragments = fragments_of(pairs, document.length)
        if fragments == span.fragments:
            return span
        text = span_text(self.documents.text(span.document), fragments)
        values = {**rows.placed(fragments), "text": text, "modified": now()}

        def check(step: Step, row: journal.Row) -> None:
            revising.require(step, document)
            there = stored.fragments(row["start"], row["end"], row["fragments"])
            if shown and there != fragments:
                self._refuse_stale(step, span.id, "place", shown=shown.text, there=row["text"], wanted=text)

        return self._update(span, f"resize {span.label}", values, join=True, check=check)

    def duplicate(self, span_id: str, label: str, *, id: str | None = None) -> Span:
        """Tag the same stretches with another label (or the same one) once more, as this project's annotator."""
        span = self.span(span_id)
        first, *more = [(fragment.start, fragment.end) for fragment in span.fragments]
        return self.tag(span.document, label, *first, *more, id=id)

    def set_attribute(self, span_id: str, name: str, *values: str, shown: Span | None = None) -> Span:
        """Give a span's attribute a value (several, where it takes several), or none.

        An entity is given by its name or any alias; it is added, in the same change, where there is none. Raises
        BadArgument for a value that the codebook doesn't allow, NotFound for an attribute that the label hasn't.
        """
        return self._set_attributes([span_id], name, values, shown)[0]

    def set_attributes(self, span_ids: Sequence[str], name: str, *values: str) -> list[Span]:
        """Give many spans' attribute the same value in one change, as `set_attribute` does; return them."""
        return self._set_attributes(span_ids, name, values, None)

    def _set_attributes(
        self, span_ids: Sequence[str], name: str, values: Sequence[str], shown: Span | None
    ) -> list[Span]:
        spans = [self.span(span_id) for span_id in span_ids]
        if not spans:
            return []

        def write(step: Step) -> None:
            there = journal.current_rows(step.connection, "span", [span.id for span in spans])
            registry, at = Registry(step), now()
            written: dict[str, journal.Row] = {}
            for span in spans:
                row = there.get(span.id)
                label = span.label if row is None else self._store.names.labels[row["label"]]
                kind = self.codebook.attribute(label, name)
                kept = stored.values_by_id(row["attributes"]) if row else {}
                wanted = registry.stored(kind, checked(kind, values))
                if row is None or kept.get(kind.id, ()) != wanted:
                    if shown:
                        seen = next((each.values for each in shown.attributes if each.name == name), ())
                        is_now, mine = (registry.shown(kind, each) for each in (kept.get(kind.id, ()), wanted))
                        self._refuse_stale(step, span.id, name, shown=seen, there=is_now, wanted=mine)
                    written[span.id] = {"attributes": rows.dumped({**kept, kind.id: wanted}), "modified": at}
            step.update_many("span", written)

        label = spans[0].label
        self._write(f"{name} of {label}" if len(spans) == 1 else f"{name} of {len(spans)} {label}", write)
        return [self.span(span.id) for span in spans]

    def delete(self, *span_ids: str) -> None:
        """Delete spans, and the relations at them, in one change; the history keeps them."""
        with self._store.told():
            storable = [key for key in span_ids if not text_problem(key)]
            there = known_spans.labels_with(self._store.connection, self._store.names, storable)
        labels: dict[str, str] = {}
        for key in span_ids:
            if key in there:
                labels[key] = there[key]
            else:  # the beginning of an id, or what is refused
                span = self._any_span(key)[0]
                labels[span.id] = span.label
        if not labels:
            return
        self.back_up_before(len(labels))
        name = f"delete {next(iter(labels.values()))}" if len(labels) == 1 else f"delete {len(labels)} spans"
        self._write(name, lambda step: _delete(step, list(labels)))

    def _refuse_stale(self, step: Step, span_id: str, what: str, *, shown: Value, there: Value, wanted: Value) -> None:
        me = self.annotator
        refuse_stale(self._store, step, span_id, what, shown=shown, there=there, wanted=wanted, me=me)

    def _new_span(
        self,
        document_id: str,
        label: str,
        pairs: Sequence[tuple[int, int]],
        id: str | None = None,
        note: str | None = None,
    ) -> Span:
        document = self.documents.get(document_id)
        fragments = fragments_of(pairs, document.length)
        text = span_text(self.documents.text(document_id), fragments)
        time = now()
        if id == "":
            raise BadArgument("A span's id can't be empty.")
        if id and (problem := text_problem(id)):
            raise BadArgument(f"{id!r} can't be stored: it has {problem}.")
        span_id = id or str(uuid.uuid4())
        return Span(span_id, document_id, label, fragments, text, self.annotator, time, time, as_note(note))

    def _attributes(self, label: str, given: Mapping[str, str | Sequence[str]]) -> tuple[Attribute, ...]:
        wanted = {}
        for name, values in given.items():
            several = (values,) if isinstance(values, str) else values
            wanted[name] = checked(self.codebook.attribute(label, name), several)
        known = self.codebook.attributes_of(label)
        return tuple(
            Attribute(each.name, wanted[each.name], each.kind is AttributeKind.ENTITY)
            for each in known
            if wanted.get(each.name)
        )

    def _span_rows(self, step: Step, spans: Sequence[Span], annotator_id: str) -> list[rows.Values]:
        """Return the rows of spans, their labels and attributes as the codebook has them now.

        Raises where a document was corrected or deleted by another program since its text was read.
        """
        self._require(step, [self.documents.get(key) for key in dict.fromkeys(span.document for span in spans)])
        codebook = self.codebook
        ids = {label: codebook.label(label).id for label in {span.label for span in spans}}
        registry, written = Registry(step), []
        for span in spans:
            types = [(codebook.attribute(span.label, each.name), each.values) for each in span.attributes]
            values = {kind.id: registry.stored(kind, checked(kind, given)) for kind, given in types}
            written.append(rows.span_row(span, annotator_id, ids[span.label], values))
        return written

    def _written_before(self, span_id: str) -> Span | None:
        """The span that an earlier write of this id left."""
        with self._store.told():
            known = reading.spans_with(self._store.connection, self._store.names, [span_id], unplaced=True)
        return known[0] if known else None

    def _update(
        self,
        span: Span,
        name: str,
        values: rows.Values,
        *,
        join: bool = False,
        check: Callable[[Step, journal.Row], None] | None = None,
    ) -> Span:
        """Write columns of a span; `check` sees its row as it is in the transaction, and may raise."""

        def write(step: Step) -> None:
            step.update("span", span.id, values, lambda row: check(step, row) if check else None)

        change_set = self._write(name, write, join=("span", span.id) if join else None)
        return change_set.spans[0] if change_set and change_set.spans else span

    def _still_has(self, document_id: str, text_sha256: str | None) -> None:
        """Raise BadArgument unless this is the text that the document has, as far as it was read."""
        document = self.documents.get(document_id)
        if text_sha256 not in (None, document.text_sha256):
            raise revising.corrected(document)


def _delete(step: Step, span_ids: Sequence[str]) -> None:
    relations.delete_at_spans(step, span_ids)
    step.delete("span", *span_ids)
