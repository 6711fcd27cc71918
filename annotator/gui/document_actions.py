"""What is done with the open document as a whole: its details, its text, its end; and spans that lost their place.

A dialog is imported when it is opened: starting the program needs none of them.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from annotator.domain.change import ChangeSet
from annotator.domain.document import Document
from annotator.domain.span import Span
from annotator.domain.words import snap
from annotator.errors import AnnotatorError
from annotator.gui import fonts
from annotator.gui.actions import MENU_GAP
from annotator.gui.widgets.wording import counted

if TYPE_CHECKING:
    from annotator.domain.revision import Revision, RevisionReport, Work
    from annotator.gui.dialogs.correct_text import Preview
    from annotator.gui.dialogs.document_details import DetailsDialog
    from annotator.gui.window import Window
    from annotator.project import Project

_MENU = (
    *("done", "in_progress", "todo", ""),
    *("document_details", "document_note", "correct_text", "earlier_texts", ""),
    "delete_document",
)
"""The context menu of the documents: actions of the table, and where they are divided."""


class DocumentActions(QObject):
    """The actions of the menu Document, the documents’ context menu, and the list of spans without a place."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._mode = mode = window.mode
        self._unplaced = mode.right.unplaced
        self._unplaced.place_asked.connect(self._place)
        self._unplaced.delete_asked.connect(self._delete_span)
        mode.document_shown.connect(lambda _: self.read_unplaced())
        mode.conditions_changed.connect(self._conditions_changed)
        view = mode.documents.view
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open_menu)
        self.menu = QMenu(view)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the rows of the action table do."""
        return {
            "document_details": self.show_details,
            "correct_text": self.correct_text,
            "earlier_texts": self.show_earlier_texts,
            "delete_document": self.ask_to_delete,
        }

    def apply(self, change_set: ChangeSet) -> None:
        """Follow a commit: spans may have lost their place, or have one again."""
        if self._mode.loader.document_id in change_set.documents:
            self.read_unplaced()

    # Details

    def show_details(self) -> None:
        """Open the details of the document."""
        if document := self._document():
            from annotator.gui.dialogs.document_details import DetailsDialog

            statuses = self._mode.documents.model.all()
            known = {
                name: [value for status in statuses if (value := getattr(status.document, name))]
                for name in ("outlet", "author", "language")
            }
            dialog = DetailsDialog(document, known, self._window, read_only=self._mode.read_only)
            dialog.accepted.connect(lambda: self._write_details(document.id, dialog))
            dialog.open()

    def _write_details(self, document_id: str, dialog: "DetailsDialog") -> None:
        values, fields = dialog.values, dialog.fields
        if self._window.worker and (values or fields is not None):
            self._window.worker.write(
                lambda project: project.change_document(document_id, fields=fields, **values), failed=self._tell
            )

    # Deleting

    def ask_to_delete(self) -> None:
        """Delete the document, after a question where work has been done on it."""
        document, worker = self._document(), self._window.worker
        if document and worker:
            self._mode.inspecting.write_typed()
            # Among the writes, so that what was tagged a moment ago is counted.
            worker.write(
                lambda project: project.work_on(document.id), lambda work: self._ask(document, work), self._tell
            )

    def _ask(self, document: Document, work: "Work") -> None:
        if not work:
            self._delete(document)
            return
        from annotator.gui.dialogs.delete_document import DeleteDocumentDialog

        dialog = DeleteDocumentDialog(document.heading, work, self._window)
        dialog.finished.connect(lambda result: self._delete(document) if result == dialog.DANGER else None)
        dialog.open()

    def _delete(self, document: Document) -> None:
        if self._window.worker:
            self._window.worker.write(lambda project: project.delete_documents(document.id), failed=self._tell)

    # The text

    def correct_text(self) -> None:
        """Open the editor of the document's text."""
        document, worker = self._document(), self._window.worker
        if document and worker:
            self._mode.inspecting.write_typed()
            worker.read(
                lambda project: (project.documents.get(document.id), *_text_and_repair(project, document.id)),
                lambda found: self._edit(*found),
                self._tell,
            )

    def _edit(self, document: Document, text: str, repaired: str | None) -> None:
        from annotator.gui.dialogs.correct_text import CorrectTextDialog

        dialog = CorrectTextDialog(document, text, repaired, self._window.look.theme, self._window)
        dialog.set_annotator(self._window.session.annotator)

        def preview(corrected: str) -> None:
            if worker := self._window.worker:
                worker.read(
                    lambda project: _previewed(project, document.id, text, corrected),
                    dialog.show_preview,
                    lambda error: dialog.say(str(error)),
                )

        def made(report: "RevisionReport") -> None:
            dialog.done(dialog.DialogCode.Accepted)
            self._tell_made(report)

        def make(corrected: str) -> None:
            if worker := self._window.worker:
                worker.write(
                    lambda project: project.revise(document.id, corrected, text_sha256=document.text_sha256),
                    made,
                    lambda error: dialog.say(str(error)),
                )

        dialog.preview_asked.connect(preview)
        dialog.revision_asked.connect(make)
        dialog.open()

    def _tell_made(self, report: "RevisionReport") -> None:
        from annotator.gui.dialogs.correct_text import summary

        said = f"Revision {report.number} is made. {summary(report)}."
        mine = [fate for fate in report.unplaced if fate.annotator == self._window.session.annotator]
        if mine and self._window.worker and not self._window.worker.refused:
            one = len(mine) == 1
            said += f" {counted(len(mine), 'span')} of yours {'waits' if one else 'wait'} for a place."
            self._mode.page.banner.show_notice("info", said, [("Show it" if one else "Show them", self._show_unplaced)])
        else:
            self._window.told(said)

    def _show_unplaced(self) -> None:
        """Go to the list of spans without a place, which lies over the text in a narrow window."""
        self._window.show_right_panel(True)
        self._unplaced.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_earlier_texts(self) -> None:
        """Open the earlier texts of the document, if it has any."""
        document, worker = self._document(), self._window.worker
        if document and worker:
            worker.read(
                lambda project: project.revisions(document.id),
                lambda revisions: self._show_earlier(document, revisions),
                self._tell,
            )

    def _show_earlier(self, document: Document, revisions: "list[Revision]") -> None:
        if not revisions:
            self._window.told("This text was never corrected: there is no earlier one.")
            return
        from annotator.gui.dialogs.earlier_texts import EarlierTextsDialog

        dialog = EarlierTextsDialog(document, revisions, self._window.look.theme, self._window)

        def asked(number: int) -> None:
            if worker := self._window.worker:
                worker.read(
                    lambda project: project.earlier_text(document.id, number),
                    lambda text: dialog.show_text(number, text),
                    self._tell,
                )

        dialog.text_asked.connect(asked)
        dialog.open()
        dialog.start()

    # Spans without a place

    def read_unplaced(self) -> None:
        """Show the spans of the open document that have no place."""
        document_id, worker = self._mode.loader.document_id, self._window.worker
        annotators = [self._window.session.annotator]

        def arrived(spans: list[Span]) -> None:
            if self._mode.loader.document_id == document_id:
                self._unplaced.set_spans(spans)

        if worker and document_id:
            worker.read(lambda project: project.unplaced(document_id, annotators=annotators), arrived)
        else:
            self._unplaced.set_spans([])

    def _place(self, span_id: str) -> None:
        selection, tagger, worker = self._mode.page.text.selection(), self._mode.tagger, self._window.worker
        if selection is None or worker is None:
            return
        place = snap(tagger.text, *selection) if tagger.snapping else selection
        of = tagger.text_sha256
        self._mode.page.text.clear_selection()
        worker.write(
            lambda project: project.place(span_id, place, text_sha256=of),
            lambda span: self._mode.page.text.choose(span.id),
            self._tell,
        )

    def _delete_span(self, span_id: str) -> None:
        if self._window.worker:
            self._window.worker.write(lambda project: project.delete(span_id), failed=self._tell)

    def _conditions_changed(self) -> None:
        if not self._mode.loader.document_id:
            self._unplaced.set_spans([])
        selection = self._mode.page.text.selection() is not None
        self._unplaced.set_conditions(writable=not self._mode.read_only, selection=selection)

    # The context menu

    def _open_menu(self, place: QPoint) -> None:
        """Open about the row under the mouse, which a press has made the open document, or about the current one."""
        view, table = self._mode.documents.view, self._window.actions_table
        index = view.indexAt(place)
        if not index.isValid():
            index = view.currentIndex()
            place = view.visualRect(index).center()
        if not index.isValid():
            return
        self.menu.clear()
        for name in _MENU:
            self.menu.addAction(table[name]) if name else self.menu.addSeparator()
        self.menu.setMinimumWidth(0)
        self.menu.setMinimumWidth(self.menu.sizeHint().width() + fonts.px(MENU_GAP))
        self.menu.popup(view.viewport().mapToGlobal(place))

    def _document(self) -> Document | None:
        status = self._mode.status()
        return status.document if status else None

    def _tell(self, error: AnnotatorError) -> None:
        self._window.refused(str(error))


def _text_and_repair(project: "Project", document_id: str) -> tuple[str, str | None]:
    return project.documents.text(document_id), project.repaired_text(document_id)


def _previewed(project: "Project", document_id: str, text: str, corrected: str) -> "Preview":
    from annotator.domain.text_diff import differing, whole_words
    from annotator.gui.dialogs.correct_text import Preview

    stretches = whole_words(text, corrected, differing(text, corrected))
    return Preview(corrected, stretches, project.preview_revision(document_id, corrected))
