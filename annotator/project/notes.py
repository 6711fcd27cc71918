"""What an annotator says about a document: how far they are with it, and notes."""

from annotator.domain.document import Document, State
from annotator.domain.span import Span
from annotator.domain.text import as_note
from annotator.domain.time import now
from annotator.errors import BadArgument
from annotator.project.relations import RelationChanges
from annotator.storage import journal, rows
from annotator.storage.journal import Step

_STATE_NAMES = {State.TODO: "mark to do", State.IN_PROGRESS: "mark in progress", State.DONE: "mark done"}


class NoteChanges(RelationChanges):
    """The part of Project that writes states and notes."""

    def set_state(self, document_id: str, state: State) -> None:
        """Say how far this project's annotator is with a document."""
        if state not in list(State):
            raise BadArgument(f"“{state}” is not a state of a document. It can be: {', '.join(State)}.")
        if self.status(document_id).state != state:
            self._write(_STATE_NAMES[State(state)], lambda step: rows.put_state(step, document_id, State(state)))

    def set_note(self, span_id: str, note: str | None, *, shown: Span | None = None) -> Span:
        """Write the note of a span; None or blanks take it away. It is one change, so write it when it is finished."""
        span, written = self.span(span_id), as_note(note)
        if span.note == written:
            return span

        def check(step: Step, row: journal.Row) -> None:
            if shown:
                self._refuse_stale(step, span.id, "note", shown=shown.note, there=row["note"], wanted=written)

        return self._update(span, f"note on {span.label}", {"note": written, "modified": now()}, check=check)

    def set_document_note(self, document_id: str, note: str | None) -> Document:
        """Write the note of a document; None or blanks take it away."""
        document, written = self.documents.get(document_id), as_note(note)

        def write(step: Step) -> None:
            row = journal.current_rows(step.connection, "document", [document.id]).get(document.id)
            if row is None or row["note"] != written:
                step.update("document", document.id, {"note": written})

        self._write("note on document", write)
        self.documents.forget()  # another program may have written it already
        return self.documents.get(document_id)
