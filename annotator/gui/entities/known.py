"""The entities as the window knows them while one annotates: their names, and what texts they were called by."""

from PySide6.QtCore import QObject, Signal

from annotator.domain.change import ChangeSet
from annotator.domain.entity import Entity
from annotator.domain.entity_match import EntityBook
from annotator.domain.entity_rules import key
from annotator.domain.entity_use import Tie, form_of
from annotator.errors import AnnotatorError
from annotator.gui.worker import Stream, Worker


class KnownEntities(QObject):
    """Keeps an `EntityBook` up to date: the names at once after a change, the forms as soon as they are read."""

    changed = Signal(object)
    """The EntityBook as it is now."""
    renamed = Signal()
    """An entity has another name: what shows spans is to be read again."""
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.book = EntityBook()
        self._worker: Worker | None = None
        self._reading: Stream | None = None
        self._forms: dict[str, frozenset[str]] = {}

    def set_worker(self, worker: Worker) -> None:
        """Know the entities of this project from now on."""
        self._worker, self._forms = worker, {}
        self._show(EntityBook())
        self._read()

    def apply(self, change_set: ChangeSet) -> None:
        """Follow a commit."""
        if change_set.entities or change_set.codebook:
            self._read()
            return
        new = {(key(form_of(span.text)), span.entity) for span in change_set.spans if span.entity}
        unknown = [(form, entity) for form, entity in new if entity not in self._forms.get(form, ())]
        for form, entity in unknown:
            self._forms[form] = self._forms.get(form, frozenset()) | {entity}
        if unknown:
            self._show(EntityBook(self.book.entities, dict(self._forms)))

    def _read(self) -> None:
        worker = self._worker
        if worker is None:
            return
        if self._reading:
            self._reading.cancel()
        worker.read(lambda project: project.entity_list(), lambda found: self._named(worker, found), self._tell)
        found: dict[str, set[str]] = {}
        self._reading = worker.stream(
            lambda project: project.ties(), lambda ties: _add(found, ties), lambda _: self._read_all(found), self._tell
        )

    def _named(self, worker: Worker, entities: tuple[Entity, ...]) -> None:
        if worker is not self._worker:
            return
        now = {each.id: each.name for each in entities}
        renamed = any(now.get(each.id, each.name) != each.name for each in self.book.entities)
        self._show(EntityBook(entities, self.book.forms))
        if renamed:
            self.renamed.emit()

    def _read_all(self, found: dict[str, set[str]]) -> None:
        self._reading = None
        self._forms = {form: frozenset(names) for form, names in found.items()}
        self._show(EntityBook(self.book.entities, dict(self._forms)))

    def _show(self, book: EntityBook) -> None:
        if book != self.book:
            self.book = book
            self.changed.emit(book)

    def _tell(self, error: AnnotatorError) -> None:
        self.failed.emit(str(error))


def _add(found: dict[str, set[str]], ties: list[Tie]) -> None:
    for tie in ties:
        if tie.entity is not None:
            found.setdefault(key(tie.form), set()).add(tie.entity)
