"""What is asked before names or documents are revealed, many items decided at once, or one person's work reviewed."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.domain.review import SPANS, Kind, Rule
from annotator.errors import AnnotatorError
from annotator.gui.review.dialogs import MergeDialog, RevealNamesDialog, RevealSpansDialog, WhoseWorkDialog
from annotator.gui.review.parts import Part

if TYPE_CHECKING:
    from annotator.gui.review.mode import ReviewMode
    from annotator.project import Project


class Asking(QObject):
    """Over the parts of the mode."""

    def __init__(self, mode: "ReviewMode") -> None:
        super().__init__(mode)
        self._mode = mode

    # Many at once

    def merge_unanimous(self) -> None:
        """Decide what is unanimous, after a question."""
        self._ask_to_merge(Rule.UNANIMOUS)

    def merge_majority(self) -> None:
        """Decide what more than half agree on, after a question."""
        self._ask_to_merge(Rule.MAJORITY)

    def merge_all_listed(self) -> None:
        """Decide the unanimous items that are listed, at once: one undo takes it back."""
        listed = dict(self._mode.showing.queue.groups(Part.OPEN))
        self._mode.deciding.merge(list(listed.get(Kind.UNANIMOUS, ())), Rule.UNANIMOUS)

    def _ask_to_merge(self, rule: Rule) -> None:
        queue, item = self._mode.showing.queue, self._mode.showing.item
        filtered = ", as filtered" if self._mode.queue.filters.on() else ""
        places = {f"all documents{filtered}": queue.everywhere(Part.OPEN)}
        if item is not None:
            here = {f"this document{filtered}": queue.walk(Part.OPEN, item.document)}
            places = places | here if self._mode.queue.filters.everywhere() else here | places  # what is listed first
        dialog = MergeDialog(rule, places, self._mode.window())
        dialog.accepted.connect(lambda: self._mode.deciding.merge(dialog.items, rule))
        dialog.open()

    # What was hidden

    def reveal_names(self) -> None:
        """Show who is who in the document, after a question."""
        document = self._mode.showing.document
        if document is None:
            return
        dialog = RevealNamesDialog(document.heading, self._mode.window())
        dialog.accepted.connect(lambda: self._write(lambda project: project.reveal(document.id)))
        dialog.open()

    def reveal_documents(self) -> None:
        """Review what waits until one's own work is done, after a question."""
        listing = self._mode.showing.listing
        waiting = listing.hidden
        dialog = RevealSpansDialog([listing.headings.get(each, each) for each in waiting], self._mode.window())

        def reveal(project: "Project") -> None:
            for document in waiting:
                project.reveal(document, SPANS)

        dialog.accepted.connect(lambda: self._write(reveal))
        dialog.open()

    # One person's

    def whose_work(self) -> None:
        """Ask whose work to review alone."""
        if worker := self._mode.worker:
            worker.read(lambda project: project.annotators(), self._ask_whose, self._tell)

    def own_work(self) -> None:
        """Show one's own reviewed work."""
        self._mode.review(self._mode.showing.annotator)

    def _ask_whose(self, annotators: list[str]) -> None:
        others = [name for name in annotators if name != self._mode.showing.annotator]
        if not others:
            self._mode.refused.emit("Nobody but you has worked in this project yet.")
            return
        dialog = WhoseWorkDialog(others, self._mode.window())
        dialog.accepted.connect(lambda: self._mode.review(dialog.name))
        dialog.open()

    def _write(self, run: "Callable[[Project], None]") -> None:
        if worker := self._mode.worker:
            worker.write(run, failed=self._tell)

    def _tell(self, error: AnnotatorError) -> None:
        self._mode.refused.emit(str(error))
