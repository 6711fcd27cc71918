"""Between the registry and the worker: requests become writes, what was committed is surveyed anew and shown."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer

from annotator.domain.change import ChangeSet
from annotator.domain.entity_use import Untied
from annotator.errors import AnnotatorError, NotFound
from annotator.gui.entities.editor import EntitiesEditor
from annotator.gui.entities.survey import Place, Survey, places, steps
from annotator.gui.worker import Stream, Worker

if TYPE_CHECKING:
    from annotator.project import Project

_REST_MS = 60  # so long no further change comes before the registry is surveyed anew


class EntitiesWiring(QObject):
    """Serves one editor. The registry is surveyed only while it is shown, else once it is."""

    def __init__(self, editor: EntitiesEditor) -> None:
        super().__init__(editor)
        self.editor = editor
        self._worker: Worker | None = None
        self._survey = Survey()
        self._surveying: Stream | None = None
        self._placing: Stream | None = None
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST_MS)
        self._resting.timeout.connect(self._read)
        editor.installEventFilter(self)
        requests = editor.requests
        requests.added.connect(lambda name: self._write(lambda p: p.add_entity(name)))
        requests.changed.connect(self._change)
        requests.merged.connect(self._merge)
        requests.split.connect(self._split)
        requests.removed.connect(self._remove)
        requests.tied.connect(self._tie)
        requests.places_asked.connect(self._read_places)

    def set_project(self, worker: Worker, read_only: bool) -> None:
        """Work on this project from now on."""
        self._worker = worker
        self.editor.set_survey(Survey())
        self.editor.set_read_only(read_only)
        self._read()

    def apply(self, change_set: ChangeSet) -> None:
        """Survey again what a commit may have changed."""
        if change_set.entities or change_set.codebook or change_set.documents or change_set.listing:
            self._resting.start()

    def settled(self) -> bool:
        """Whether what is shown is how the project is, as far as that was told."""
        return not self._resting.isActive() and self._surveying is None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Called by Qt. What changed while the registry was out of sight is read when it is shown."""
        if event.type() is QEvent.Type.Show:
            self._read()
        return super().eventFilter(watched, event)

    def _read(self) -> None:
        if self._worker is None or not self.editor.isVisible():
            return
        if self._surveying:
            self._surveying.cancel()
        found: list[Survey] = []
        self._surveying = self._worker.stream(
            steps, lambda one: found.append(one) if one else None, lambda _: self._surveyed(found), self._refused
        )

    def _surveyed(self, found: list[Survey]) -> None:
        self._surveying = None
        if found:
            self._survey = found[-1]
            self.editor.set_survey(self._survey)

    def _read_places(self, entity_id: str) -> None:
        if self._placing:
            self._placing.cancel()
        use = self._survey.use(entity_id)
        if self._worker is None or use is None:
            return
        ids = (self._survey.own or {}).get(use.entity.name, ())
        found: list[Place] = []
        if not ids:
            self.editor.set_places(entity_id, found)
            return
        self._placing = self._worker.stream(
            lambda project: places(project, ids),
            found.extend,
            lambda _: self.editor.set_places(entity_id, found),
            lambda _: None,  # a span that was deleted meanwhile: a survey is on its way
        )

    # Requests

    def _change(self, entity_id: str, values: dict[str, Any]) -> None:
        self._write(lambda project: project.change_entity(_name_of(project, entity_id), **values))

    def _merge(self, entity_id: str, into: str) -> None:
        self._write(
            lambda project: project.merge_entities(_name_of(project, entity_id), _name_of(project, into)),
            lambda merged: self.editor.told(f"Merged into “{merged.name}”. Undo takes it back."),
        )

    def _split(self, entity_id: str, name: str, forms: tuple[str, ...]) -> None:
        self._write(lambda project: project.split_entity(_name_of(project, entity_id), name, forms=forms))

    def _remove(self, entity_id: str, clear_spans: bool) -> None:
        self._write(lambda project: project.remove_entity(_name_of(project, entity_id), clear_spans=clear_spans))

    def _tie(self, group: Untied, name: str) -> None:
        self._write(lambda project: project.set_attributes(group.spans, group.attribute, name))

    def _write(self, run: "Callable[[Project], Any]", done: Callable[[Any], None] = lambda _: None) -> None:
        if self._worker:
            self._worker.write(run, done, self._refused)

    def _refused(self, error: AnnotatorError) -> None:
        self.editor.refused(str(error))


def _name_of(project: "Project", entity_id: str) -> str:
    """The name that an entity has now: a write before this one may have given it another."""
    found = next((each.name for each in project.entity_list() if each.id == entity_id), None)
    if found is None:
        raise NotFound("This entity is gone: it was merged or deleted a moment ago. Nothing was changed.")
    return found
