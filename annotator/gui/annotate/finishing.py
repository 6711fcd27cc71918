"""Saying how far one is with a document; one that is done while spans lack a required value is asked about."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.domain.attributes import missing
from annotator.domain.document import State
from annotator.domain.span import Span
from annotator.errors import AnnotatorError
from annotator.gui.widgets.wording import counted
from annotator.gui.worker import Worker

if TYPE_CHECKING:
    from annotator.gui.annotate.mode import AnnotateMode


class Finishing(QObject):
    """Marks the open document. A notice stops nobody: it goes by itself with the document, or once nothing lacks."""

    def __init__(self, mode: "AnnotateMode") -> None:
        super().__init__(mode)
        self._mode = mode
        self._worker: Worker | None = None
        self._said = ""
        mode.document_shown.connect(lambda _: self._take_back())
        mode.conditions_changed.connect(self._look_again)

    def set_worker(self, worker: Worker) -> None:
        """Write to this project from now on."""
        self._worker = worker

    def mark(self, state: State, *, go_on: bool, anyway: bool = False) -> None:
        """Say how far one is with the open document, and go on to the next that is to do."""
        mode, worker = self._mode, self._worker
        document_id = mode.loader.document_id
        if not document_id or worker is None:
            return
        mode.inspecting.write_typed()
        if state is State.DONE and not anyway and (lacking := self.lacking()):
            self._ask(lacking, go_on=go_on)
            return
        self._take_back()
        following = mode.documents.next_to_do()
        worker.write(lambda project: project.set_state(document_id, state), failed=self._tell)
        if go_on:
            mode.step_document(following)

    def lacking(self) -> list[Span]:
        """Return the spans on the page that lack a required value, in text order."""
        codebook = self._mode.codebook
        asked = {label.name: codebook.attributes_of(label.name) for label in codebook}
        if not any(kind.required for kind in codebook.attributes):
            return []
        return [span for span in self._mode.page.text.spans() if missing(asked.get(span.label, ()), span.attributes)]

    def _ask(self, lacking: list[Span], *, go_on: bool) -> None:
        count = len(lacking)
        self._said = f"{counted(count, 'span')} {'lacks' if count == 1 else 'lack'} a required value."
        buttons = [
            ("Show the first", self._show_first),
            ("Mark done anyway", lambda: self.mark(State.DONE, go_on=go_on, anyway=True)),
        ]
        self._mode.page.banner.show_notice("warn", self._said, buttons)

    def _show_first(self) -> None:
        """Choose the first span that lacks a value, and go to its attributes."""
        lacking = self.lacking()
        if lacking:
            self._mode.page.text.choose(lacking[0].id)
            self._mode.span.edit_missing()

    def _look_again(self) -> None:
        if self._said and not self.lacking():
            self._take_back()

    def _take_back(self) -> None:
        banner, said = self._mode.page.banner, self._said
        self._said = ""
        if said and banner.text.text() == said:
            banner.clear()

    def _tell(self, error: AnnotatorError) -> None:
        self._mode.refused.emit(str(error))
