"""Changing documents: their metadata, their text, and that they are there at all."""

from collections.abc import Iterable, Mapping

from annotator.domain import metadata
from annotator.domain.document import Document
from annotator.domain.revision import Revision, RevisionReport, Work
from annotator.domain.span import Span, fragments_of, span_text
from annotator.domain.text import first_words, normalise
from annotator.domain.time import now
from annotator.errors import BadArgument, NotFound
from annotator.formats import mojibake
from annotator.project.spans import SpanChanges
from annotator.storage import document_spans, journal, removing, revising, rows
from annotator.storage.journal import Step

Pairs = Mapping[str, str] | Iterable[tuple[str, str]]


class DocumentChanges(SpanChanges):
    """The part of Project that writes documents."""

    def change_document(self, document_id: str, *, fields: Pairs | None = None, **values: str | None) -> Document:
        """Change what is known of a document: `title`, `outlet`, `author`, `published`, `language`, `url`.

        None or blanks take a value away. `published` is a year, a month or a day, the year first, so that documents
        sort by it. `fields`, where given, replaces all further metadata, by name. Raises BadArgument.
        """
        document = self.documents.get(document_id)
        wanted: rows.Values = {
            name: metadata.checked(name, value)
            for name, value in values.items()
            if name not in metadata.FIELDS or value != getattr(document, name)  # what an import brought may stay
        }
        if fields is not None:
            wanted["fields"] = rows.dumped_pairs(metadata.checked_pairs(fields))

        def write(step: Step) -> None:
            row = journal.current_rows(step.connection, "document", [document.id]).get(document.id)
            changed = {name: value for name, value in wanted.items() if row is None or row[name] != value}
            if changed:
                step.update("document", document.id, changed)

        self._write("rename document" if wanted.keys() == {"title"} else "details of document", write)
        self.documents.forget()
        return self.documents.get(document_id)

    def work_on(self, *document_ids: str) -> Work:
        """Return what everybody has done on these documents: what goes with them when they are deleted."""
        ids = [self.documents.get(each).id for each in dict.fromkeys(document_ids)]
        with self._store.told():
            return removing.work(self._store.connection, self._store.names, ids)

    def delete_documents(self, *document_ids: str) -> None:
        """Delete documents with everybody's spans and states, in one change; undo brings all of it back."""
        found = [self.documents.get(each) for each in dict.fromkeys(document_ids)]
        if found:
            one = f"delete document {first_words(found[0].heading, 40)}"
            name = one if len(found) == 1 else f"delete {len(found)} documents"
            self.back_up_before(self.work_on(*(each.id for each in found)).spans)
            self._write(name, lambda step: removing.delete_documents(step, [each.id for each in found]))

    # The text

    def preview_revision(self, document_id: str, text: str) -> RevisionReport:
        """Return what `revise` would do. Nothing is changed."""
        correction = self._correction(document_id, text)
        with self._store.told():
            return self._report(correction)

    def revise(self, document_id: str, text: str, *, text_sha256: str | None = None) -> RevisionReport:
        """Give a document a corrected text, as one change, and place everybody's spans in it again.

        Those that can't be placed keep their words and wait for `place` or `delete`. `text_sha256`, where given, says
        which text was corrected: raises BadArgument where the document has another one by now. The same text again
        changes nothing.
        """
        correction = self._correction(document_id, text)
        if text_sha256 not in (None, correction.of.text_sha256):
            raise revising.corrected(correction.of)
        with self._store.told():
            report = self._report(correction)
        if correction.text_sha256 != correction.of.text_sha256:
            try:
                self._write("correct text", correction.write, same_meaning=True)
            finally:
                self.documents.forget()
        return report

    def repaired_text(self, document_id: str) -> str | None:
        """Return a document's text with its mojibake put right, None where it has none. Nothing is changed."""
        found = mojibake.find(self.documents.text(document_id))
        return found.text if found else None

    def revisions(self, document_id: str) -> list[Revision]:
        """Return the earlier texts of a document, the first one first."""
        self.documents.get(document_id)
        with self._store.told():
            return revising.revisions(self._store.connection, self._store.names, document_id)

    def earlier_text(self, document_id: str, number: int) -> str:
        """Return an earlier text of a document by its number. Raises NotFound."""
        for each in self.revisions(document_id):
            if each.number == number:
                with self._store.told():
                    return revising.content(self._store.connection, each.text_sha256)
        raise NotFound(f"The document “{document_id}” has no earlier text {number}.")

    def unplaced(self, document_id: str, *, annotators: Iterable[str] | None = None) -> list[Span]:
        """Return the spans that have no place in a document's text since it was corrected.

        Of everybody, or of those named. Their offsets are those of the text that they were made in.
        """
        self.documents.get(document_id)
        wanted = None if annotators is None else set(annotators)
        with self._store.told():
            found = document_spans.unplaced(self._store.connection, self._store.names, document_id)
        return [span for span in found if wanted is None or span.annotator in wanted]

    def place(self, span_id: str, *pairs: tuple[int, int], text_sha256: str | None = None) -> Span:
        """Give a span without a place one, each pair (start, end). Raises BadArgument for one that has its place."""
        span, placed = self._any_span(span_id)
        if placed:
            raise BadArgument(f"The span “{span.id}” has its place in the text. Resize it to give it another one.")
        document = self.documents.get(span.document)
        if text_sha256 not in (None, document.text_sha256):
            raise revising.corrected(document)
        fragments = fragments_of(pairs, document.length)
        words = span_text(self.documents.text(document.id), fragments)
        values = {**rows.placed(fragments), "text": words, "text_sha256": None, "modified": now()}

        def write(step: Step) -> None:
            revising.require(step, document)
            step.update("span", span.id, values)

        self._write(f"place {span.label}", write)
        return self.span(span.id)

    def _correction(self, document_id: str, text: str) -> revising.Correction:
        self.documents.forget()  # so that it is the text as it is now that is corrected
        document, new = self.documents.get(document_id), normalise(text)
        if not new.strip():
            raise BadArgument("A document needs a text. Delete the document if there is none.")
        with self._store.told():
            return revising.Correction(self._store.connection, document, new)

    def _report(self, correction: revising.Correction) -> RevisionReport:
        same = correction.text_sha256 == correction.of.text_sha256
        number = revising.last_number(self._store.connection, correction.of.id) + (1 if same else 2)
        spans = correction.fates(self._store.names)
        return RevisionReport(correction.of.id, number, correction.text_sha256, spans)
