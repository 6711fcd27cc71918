"""Changing spans: tag, give another label or other fragments, attributes, delete."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace

from annotator.domain.attributes import Attribute, checked
from annotator.domain.span import Span, fragments_of, span_text
from annotator.domain.text import text_problem
from annotator.domain.time import now
from annotator.errors import BadArgument
from annotator.project.reading import Reading
from annotator.storage import history, journal, reading, rows, stored
from annotator.storage.journal import Step


class SpanChanges(Reading):
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
        attributes: Mapping[str, Sequence[str]] | None = None,
    ) -> Span:
        """Tag `start` to `end` (and further fragments, each a pair) with a label; returns the new span.

        `id` is a UUID of the caller's own: writing the same twice adds nothing. `attributes` are values by name.
        """
        span = self._new_span(document_id, label, [(start, end), *more], id, note)
        span = replace(span, attributes=self._attributes(label, attributes or {}))
        if id is not None and (known := self._written_before(id)):
            return known
        try:
            self._write(f"tag {label}", lambda step: self._insert(step, [span]), spans=[span])
        except BadArgument:
            if id is not None and (known := self._written_before(id)):  # another program was a moment faster
                return known
            raise
        return span

    def tag_all(self, label: str, places: Sequence[tuple[str, int, int]]) -> list[Span]:
        """Tag many places, each (document id, start, end), with one label in one change."""
        spans = [self._new_span(document, label, [(start, end)]) for document, start, end in places]
        if spans:
            noun = f"tag {label}" if len(spans) == 1 else f"tag {len(spans)} {label}"
            self._write(noun, lambda step: self._insert(step, spans), spans=spans)
        return spans

    def retag(self, span_id: str, label: str) -> Span:
        """Give a span another label."""
        span = self.span(span_id)
        label_id = self._label_id(label)
        if span.label == label:
            return span
        return self._update(span, f"change {span.label} to {label}", {"label": label_id, "modified": now()})

    def resize(self, span_id: str, *pairs: tuple[int, int]) -> Span:
        """Give a span new fragments, each (start, end). Nudges within two seconds are one change."""
        span = self.span(span_id)
        fragments = fragments_of(pairs, self.documents.get(span.document).length)
        if fragments == span.fragments:
            return span
        text = span_text(self.documents.text(span.document), fragments)
        values = {**rows.placed(fragments), "text": text, "modified": now()}
        return self._update(span, f"resize {span.label}", values, join=True)

    def duplicate(self, span_id: str, label: str, *, id: str | None = None) -> Span:
        """Tag the same stretches with another label (or the same one) once more, as this project's annotator."""
        pairs = [(fragment.start, fragment.end) for fragment in self.span(span_id).fragments]
        return self.tag(self.span(span_id).document, label, *pairs[0], *pairs[1:], id=id)

    def set_attribute(self, span_id: str, name: str, *values: str) -> Span:
        """Give a span's attribute a value (several, where it takes several), or none.

        Raises BadArgument for a value that the codebook doesn't allow, NotFound for an attribute that the label hasn't.
        """
        span = self.span(span_id)
        kind = self.codebook.attribute(span.label, name)
        wanted = checked(kind, values)
        if wanted == next((each.values for each in span.attributes if each.name == name), ()):
            return span

        def write(step: Step) -> None:
            row = journal.current_row(step.connection, "span", span.id) or {}
            stored_values = stored.values_by_id(row.get("attributes"))
            dumped = rows.dumped({**stored_values, kind.id: wanted})
            step.update("span", span.id, {"attributes": dumped, "modified": now()})

        return self._write(f"{name} of {span.label}", write).spans[0]

    def delete(self, *span_ids: str) -> None:
        """Delete spans in one change; the history keeps them."""
        spans = list({span.id: span for span in map(self.span, span_ids)}.values())
        if not spans:
            return
        name = f"delete {spans[0].label}" if len(spans) == 1 else f"delete {len(spans)} spans"

        def write(step: Step) -> None:
            for span in spans:
                step.delete("span", span.id)

        self._write(name, write, removed=spans)

    def _new_span(
        self,
        document_id: str,
        label: str,
        pairs: Sequence[tuple[int, int]],
        id: str | None = None,
        note: str | None = None,
    ) -> Span:
        document = self.documents.get(document_id)
        self.codebook.label(label)
        fragments = fragments_of(pairs, document.length)
        text = span_text(self.documents.text(document_id), fragments)
        time = now()
        for written in (id, note):
            if written is not None and (problem := text_problem(written)):
                raise BadArgument(f"{written!r} can't be stored: it has {problem}.")
        if id == "":
            raise BadArgument("A span's id can't be empty.")
        return Span(id or str(uuid.uuid4()), document_id, label, fragments, text, self.annotator, time, time, note)

    def _attributes(self, label: str, given: Mapping[str, Sequence[str]]) -> tuple[Attribute, ...]:
        wanted = {name: checked(self.codebook.attribute(label, name), values) for name, values in given.items()}
        order = [each.name for each in self.codebook.attributes_of(label)]
        return tuple(Attribute(name, wanted[name]) for name in order if wanted.get(name))

    def _insert(self, step: Step, spans: Sequence[Span]) -> None:
        label_ids = {label: self._label_id(label) for label in {span.label for span in spans}}
        ids = {(each.label, each.name): each.id for each in self.codebook.attributes}
        written = []
        for span in spans:
            values = {ids[span.label, each.name]: each.values for each in span.attributes}
            written.append(rows.span_row(span, step.annotator_id, label_ids[span.label], values))
        step.insert("span", written)

    def _label_id(self, label: str) -> str:
        self.codebook.label(label)
        with self._store.told():
            return self._store.names.label_id(label)

    def _written_before(self, span_id: str) -> Span | None:
        """The span that an earlier write of this id left. Raises BadArgument where it was deleted since."""
        with self._store.told():
            if known := reading.spans_with(self._store.connection, self._store.names, [span_id]):
                return known[0]
            if history.knows(self._store.connection, "span", span_id):
                raise BadArgument(f"The span “{span_id}” was written before and deleted since. Nothing was changed.")
        return None

    def _update(self, span: Span, name: str, values: rows.Values, *, join: bool = False) -> Span:
        row = ("span", span.id)
        change_set = self._write(name, lambda step: step.update(*row, values), join=row if join else None)
        return change_set.spans[0]
