"""Relations of the open document: read, drawn, changed and deleted as the annotator feels it.

The page shows at once what was asked for; the commit that comes back settles it, a refusal takes it back and says why.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from annotator.domain.change import ChangeSet
from annotator.domain.relation import Relation
from annotator.domain.time import now
from annotator.errors import AnnotatorError
from annotator.gui.text.related import RelationStore
from annotator.gui.worker import Stream, Worker

_SLICE = 2_000  # relations read in one step


class Relater(QObject):
    """Keeps `store`, which the page paints from. `changed` when it is otherwise than before."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, store: RelationStore, parent: QObject) -> None:
        super().__init__(parent)
        self.store = store
        self._worker: Worker | None = None
        self._annotator = ""
        self._document = ""
        self._loading: Stream | None = None

    @property
    def document(self) -> str:
        """The id of the open document."""
        return self._document

    def set_worker(self, worker: Worker, annotator: str) -> None:
        """Write through this worker, as this annotator."""
        self._worker, self._annotator = worker, annotator

    def is_own(self, relation: Relation) -> bool:
        """Whether this annotator drew a relation."""
        return relation.annotator == self._annotator

    def load(self, document_id: str) -> None:
        """Read a document's relations, of this annotator alone: others' are not seen before a review."""
        if self._loading:
            self._loading.cancel()
        self._document, self._loading = document_id, None
        self.store.clear()
        if self._worker is None or not document_id:
            return
        found: list[Relation] = []
        annotators = [self._annotator]
        self._loading = self._worker.stream(
            lambda project: project.relation_slices(document_id, _SLICE, annotators=annotators),
            found.extend,
            lambda _: self._loaded(found),
            self._not_loaded,
        )

    def apply(self, change_set: ChangeSet) -> list[Relation]:
        """Take over what a commit did; returns the relations of the open document that it wrote."""
        for relation_id, _ in change_set.removed_relations:
            self.store.remove(relation_id)
        here = [each for each in change_set.relations if self.is_own(each) and each.document == self._document]
        self.store.put_all(here)
        if here or change_set.removed_relations:
            self.changed.emit()
        return here

    def draw(self, source: str, kind: str, target: str) -> None:
        """Draw a relation between two spans of the open document."""
        import uuid  # only now: with what it imports it takes its time

        new_id = str(uuid.uuid4())
        made = Relation(new_id, self._document, kind, source, target, self._annotator, now())
        self._write(new_id, made, lambda project: project.relate(source, kind, target, id=new_id))

    def delete(self, relation_id: str) -> None:
        """Delete a relation."""
        self._write(relation_id, None, lambda project: project.unrelate(relation_id))

    def change(self, relation_id: str, kind: str) -> None:
        """Give a relation another type."""
        relation = self.store.get(relation_id)
        if relation and relation.type != kind:
            changed = replace(relation, type=kind)
            self._write(relation_id, changed, lambda project: project.change_relation(relation_id, kind))

    def reverse(self, relation_id: str) -> None:
        """Let a relation go the other way."""
        if relation := self.store.get(relation_id):
            turned = replace(relation, source=relation.target, target=relation.source)
            self._write(relation_id, turned, lambda project: project.reverse_relation(relation_id))

    def _write(self, relation_id: str, wanted: Relation | None, job: Callable[..., object]) -> None:
        """Show what is wanted, None for nothing, and write it; a refusal shows again what was there."""
        before, document = self.store.get(relation_id), self._document

        def put(relation: Relation | None) -> None:
            if self._document == document:
                self.store.put(relation) if relation else self.store.remove(relation_id)
                self.changed.emit()

        def refused(error: AnnotatorError) -> None:
            put(before)
            self.refused.emit(str(error))

        def settled(result: object) -> None:
            if isinstance(result, Relation) and result.id != relation_id:  # it was there already
                self.store.remove(relation_id)
                put(result)

        if self._worker:
            put(wanted)
            self._worker.write(job, settled, refused)

    def _loaded(self, relations: list[Relation]) -> None:
        self._loading = None
        self.store.clear()
        self.store.put_all(relations)
        self.changed.emit()

    def _not_loaded(self, error: AnnotatorError) -> None:
        self._loading = None
        self.refused.emit(str(error))
