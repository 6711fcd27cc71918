"""Between a codebook editor and the worker: requests become writes, what was committed comes back to be shown."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject

from annotator.domain.change import ChangeSet
from annotator.domain.codebook import AttributeType, Codebook
from annotator.errors import AnnotatorError
from annotator.gui.codebook.chosen import Named
from annotator.gui.codebook.editor import CodebookEditor
from annotator.gui.theme import Theme
from annotator.gui.worker import Stream, Worker

if TYPE_CHECKING:
    from annotator.project import Project


class CodebookWiring(QObject):
    """Serves one editor. The window hands in each project (`set_project`), each codebook and each change set.

    Names that the editor sends are those it shows; a write before this one may have given a new name. So each is sent
    with the id that it has now, and looked up again in the project's thread.
    """

    def __init__(self, editor: CodebookEditor, theme: Theme) -> None:
        super().__init__(editor)
        self.editor, self._theme = editor, theme
        self._worker: Worker | None = None
        self._counting: Stream | None = None
        self._by_document: dict[str, Counter[str]] = {}
        editor.installEventFilter(self)
        requests = editor.requests
        requests.label_added.connect(lambda label: self._write(lambda p: p.add_label(label)))
        requests.label_changed.connect(self._change_label)
        requests.label_moved.connect(self._move_label)
        requests.labels_merged.connect(self._merge)
        requests.label_removed.connect(self._remove)
        requests.attribute_added.connect(self._add_attribute)
        requests.attribute_changed.connect(self._change_attribute)
        requests.attribute_moved.connect(self._move_attribute)
        requests.attribute_removed.connect(self._remove_attribute)
        requests.relation_added.connect(lambda relation: self._write(lambda p: p.add_relation_type(relation)))
        requests.relation_changed.connect(self._change_relation)
        requests.relation_removed.connect(self._remove_relation)

    # What the window tells

    def set_project(self, worker: Worker, read_only: bool, codebook: Codebook) -> None:
        """Work on this project from now on."""
        self._worker = worker
        self.editor.set_read_only(read_only)
        self.editor.set_counts(None)
        self.editor.set_relation_counts(None)
        self.set_codebook(codebook)

    def set_codebook(self, codebook: Codebook) -> None:
        """Show the codebook as it is now, and count its spans anew."""
        self.editor.set_codebook(codebook, self._theme)
        self._by_document = {}
        self.count()

    def set_theme(self, theme: Theme) -> None:
        """Make new rows with this theme; the editor's widgets are told apart (`spread_theme`)."""
        self._theme = theme

    def apply(self, change_set: ChangeSet) -> None:
        """Count again what a commit may have changed. A new codebook comes by `set_codebook`."""
        for document in change_set.documents:
            self._by_document.pop(document, None)
        if change_set.listing:
            self._by_document = {}
        if change_set.documents or change_set.listing:
            self.count()

    def count(self) -> None:
        """Count the spans of each label, everybody's; only while the editor is shown, else once it is."""
        if self._worker is None or not self.editor.isVisible():
            return
        self._worker.read(_relations_counted, self.editor.set_relation_counts)
        if self._counting:
            self._counting.cancel()
        known = dict(self._by_document)
        found: dict[str, Counter[str]] = {}
        self._counting = self._worker.stream(
            lambda project: _counted(project, known), lambda one: found.update([one]), lambda _: self._counted(found)
        )

    def _counted(self, found: dict[str, Counter[str]]) -> None:
        self._counting = None
        self._by_document = found
        spans: Counter[str] = Counter()
        documents: Counter[str] = Counter()
        for counts in found.values():
            spans.update(counts)
            documents.update(counts.keys())
        self.editor.set_counts({name: (number, documents[name]) for name, number in spans.items()})

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Called by Qt. What was not counted while the editor was out of sight is counted when it is shown."""
        if event.type() is QEvent.Type.Show:
            self.count()
        return super().eventFilter(watched, event)

    # Requests

    def _change_label(self, name: str, values: dict[str, Any]) -> None:
        now = self._label_now(name)
        parent = self._label_now(values["parent"]) if values.get("parent") else None

        def run(project: "Project") -> None:
            changed = {**values, "parent": parent(project)} if parent else values
            project.change_label(now(project), **changed)

        self._write(run)

    def _move_label(self, name: str, place: int) -> None:
        now = self._label_now(name)
        self._write(lambda project: project.move_label(now(project), place))

    def _merge(self, name: str, into: str) -> None:
        now, other = self._label_now(name), self._label_now(into)
        self._write(lambda project: project.merge_labels(now(project), other(project)))

    def _remove(self, name: str, move_to: str | None, delete_spans: bool) -> None:
        now = self._label_now(name)
        other = self._label_now(move_to) if move_to else None

        def run(project: "Project") -> None:
            target = other(project) if other else None
            project.remove_label(now(project), move_to=target, delete_spans=delete_spans)

        self._write(run)

    def _add_attribute(self, attribute: AttributeType) -> None:
        self._write(lambda project: project.add_attribute(attribute))

    def _change_attribute(self, label: str, name: str, values: dict[str, Any], renamed: dict[str, str]) -> None:
        now, attribute = self._label_now(label), self._attribute_now(label, name)
        self._write(
            lambda project: project.change_attribute(now(project), attribute(project), renamed=renamed, **values)
        )

    def _move_attribute(self, label: str, name: str, place: int) -> None:
        now, attribute = self._label_now(label), self._attribute_now(label, name)
        self._write(lambda project: project.move_attribute(now(project), attribute(project), place))

    def _remove_attribute(self, label: str, name: str) -> None:
        now, attribute = self._label_now(label), self._attribute_now(label, name)
        self._write(lambda project: project.remove_attribute(now(project), attribute(project)))

    def _change_relation(self, name: str, values: dict[str, Any]) -> None:
        now = self._relation_now(name)
        self._write(lambda project: project.change_relation_type(now(project), **values))

    def _remove_relation(self, name: str, move_to: str | None, delete_relations: bool) -> None:
        now = self._relation_now(name)
        other = self._relation_now(move_to) if move_to else None

        def run(project: "Project") -> None:
            target = other(project) if other else None
            project.remove_relation_type(now(project), move_to=target, delete_relations=delete_relations)

        self._write(run)

    def _write(self, run: "Callable[[Project], None]") -> None:
        if self._worker:
            self._worker.write(run, failed=self._refused)

    def _refused(self, error: AnnotatorError) -> None:
        self.editor.refused(str(error))

    def _label_now(self, name: str) -> "Callable[[Project], str]":
        shown = _id_of(self.editor.codebook.labels, name)
        return lambda project: _name_of(project.codebook.labels, shown, name)

    def _attribute_now(self, label: str, name: str) -> "Callable[[Project], str]":
        shown = _id_of(self.editor.codebook.attributes_of(label), name)
        return lambda project: _name_of(project.codebook.attributes, shown, name)

    def _relation_now(self, name: str) -> "Callable[[Project], str]":
        shown = _id_of(self.editor.codebook.relations, name)
        return lambda project: _name_of(project.codebook.relations, shown, name)


def _id_of(rows: Sequence[Named], name: str) -> str:
    return next((row.id for row in rows if row.name == name), "")


def _name_of(rows: Sequence[Named], row_id: str, otherwise: str) -> str:
    return next((row.name for row in rows if row_id and row.id == row_id), otherwise)


def _relations_counted(project: "Project") -> dict[str, int]:
    return {kind.name: project.count_relations(kind.name) for kind in project.codebook.relations}


def _counted(project: "Project", known: dict[str, Counter[str]]) -> Iterator[tuple[str, Counter[str]]]:
    """Yield each document with how many spans of each label it has, in steps that let other jobs between."""
    for document in list(project.documents):
        counts = known.get(document.id)
        if counts is None:
            counts = Counter()
            for part in project.span_slices(document.id, size=2_000):
                counts.update(span.label for span in part)
                yield document.id, Counter(counts)
        yield document.id, counts
