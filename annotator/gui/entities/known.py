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
    """Keeps an `EntityBook` up to date: the names at once after a change, the forms once somebody wants them.

    To read the forms takes the project's thread some tenths of a second where there are 100,000 spans: not while a
    project is being opened.
    """

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
        self._stale = True  # whether the forms are to be read when they are next wanted

    def set_worker(self, worker: Worker) -> None:
        """Know the entities of this project from now on."""
        self._worker, self._forms, self._stale = worker, {}, True
        self._show(EntityBook())
        self._read_names()

    def apply(self, change_set: ChangeSet) -> None:
        """Follow a commit."""
        if change_set.entities or change_set.codebook:
            self._stale = True
            self._read_names()
        new = {(key(form_of(span.text)), span.entity) for span in change_set.described_spans() if span.entity}
        unknown = [(form, entity) for form, entity in new if entity not in self._forms.get(form, ())]
        for form, entity in unknown:
            self._forms[form] = self._forms.get(form, frozenset()) | {entity}
        if unknown:
            self._show(EntityBook(self.book.entities, dict(self._forms)))

    def want_forms(self) -> None:
        """Read what texts were called by which entity, where that isn't known."""
        worker = self._worker
        if worker is None or not self._stale:
            return
        self._stale = False
        if self._reading:
            self._reading.cancel()
        found: dict[str, set[str]] = {}
        self._reading = worker.stream(
            lambda project: project.ties(), lambda ties: _add(found, ties), lambda _: self._read_all(found), self._tell
        )

    def _read_names(self) -> None:
        if worker := self._worker:
            worker.read(lambda project: project.entity_list(), lambda found: self._named(worker, found), self._tell)

    def _named(self, worker: Worker, entities: tuple[Entity, ...]) -> None:
        if worker is not self._worker:
            return
        now = {each.id: each.name for each in entities}
        renamed = {each.name: new for each in self.book.entities if (new := now.get(each.id, each.name)) != each.name}
        if renamed:
            self._forms = {
                form: frozenset(renamed.get(name, name) for name in names) for form, names in self._forms.items()
            }
        self._show(EntityBook(entities, dict(self._forms)))
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
