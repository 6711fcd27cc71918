"""What the project says, brought to the parts of the window: it is open or isn't, it changed, it can't be written."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.domain.change import ChangeSet, UndoState
from annotator.domain.codebook import Codebook
from annotator.domain.time import parse
from annotator.errors import AnnotatorError, Busy, EnvironmentFailed
from annotator.gui.annotate.statuses import Statuses
from annotator.gui.modes import OpenProject

if TYPE_CHECKING:
    from annotator.gui.window import Window
    from annotator.project import Project

Found = tuple[Codebook, Statuses, UndoState]


class ProjectNews(QObject):
    """Hears what the session tells of its project."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._saved_at: str | None = None
        self.undo_state = UndoState(None, None)
        session = window.session
        session.opened.connect(self._opened)
        session.not_opened.connect(self._not_opened)
        session.changed.connect(self._changed)
        session.write_failed.connect(self._write_failed)
        session.write_recovered.connect(self._write_recovered)

    def _opened(self, project: "Project", document: str) -> None:
        window, worker = self._window, self._window.worker
        if worker is None:
            return
        window.settings = window.settings.changed(last_project=str(project.path))
        window.settings.save()
        window.setWindowTitle(f"{project.path.stem} — annotator")
        self._saved_at = None
        window.foot.set_saved(None)
        self._notice_read_only(project)
        worker.read(
            lambda open_project: (open_project.codebook, Statuses(open_project.statuses()), open_project.undo_state()),
            lambda found: self._show_project(project, found, document),
            window.safekeeping.give_up,
        )

    def _show_project(self, project: "Project", found: Found, document: str) -> None:
        window, worker = self._window, self._window.worker
        if worker is None:
            return
        codebook, statuses, self.undo_state = found
        window.mode.set_project(worker, project.annotator, project.read_only, codebook)
        window.modes.set_project(OpenProject(worker, project.annotator, project.read_only, codebook))
        window.codebook.set_project(worker, project.read_only, codebook)
        window.entities.set_project(worker, project.read_only)
        window.mode.set_statuses(statuses, document)
        window.modes.show_current()
        window.exchange.offer_reviewed_work()
        if not statuses and window.modes.shown_mode() is None:
            window.mode.page.empty.button.setFocus()
        if not statuses:
            window.project_shown.emit()

    def _not_opened(self, error: AnnotatorError) -> None:
        window = self._window
        window.setWindowTitle("annotator")
        window.foot.set_no_project()
        window.stack.setCurrentWidget(window.start)
        window.start.banner.show_notice("danger", str(error))
        window.refresh_actions()
        window.project_shown.emit()

    def _notice_read_only(self, project: "Project") -> None:
        banner = self._window.mode.page.banner
        if project.read_only:
            banner.show_notice(
                "info", f"{project.path.name} is read-only: you can look and export, but not tag.", closable=False
            )
        elif project.backup:
            banner.show_notice(
                "info",
                f"{project.path.name} was made by an older version and is up to date now. "
                f"A copy of it as it was is {project.backup.name}, in the folder {project.backup.parent.name}.",
            )
        else:
            banner.clear()

    def _changed(self, change_set: ChangeSet) -> None:
        window = self._window
        self.undo_state = change_set.undo_state
        if not change_set.foreign:
            self._saved_at = f"{parse(change_set.change.at).astimezone():%H:%M:%S}"
            window.foot.set_saved(self._saved_at)
        if change_set.codebook or change_set.listing:
            self.read_listing(window.mode.came_back(change_set))
        window.mode.apply(change_set)
        window.modes.apply(change_set)
        window.document_actions.apply(change_set)
        window.codebook.apply(change_set)
        window.entities.apply(change_set)
        window.refresh_actions()

    def read_listing(self, wanted: str = "") -> None:
        """Show labels and documents as they are now, and open the `wanted` document."""
        window = self._window
        if window.worker:
            window.worker.read(
                lambda project: (project.codebook, Statuses(project.statuses())),
                lambda found: self._listing_read(*found, wanted),
                lambda error: window.refused(str(error)),
            )

    def _listing_read(self, codebook: Codebook, statuses: Statuses, wanted: str) -> None:
        window = self._window
        window.mode.set_codebook(codebook)
        window.modes.set_codebook(codebook)
        window.codebook.set_codebook(codebook)
        window.mode.set_statuses(statuses, wanted)
        window.refresh_actions()

    def _write_failed(self, error: EnvironmentFailed) -> None:
        window = self._window
        if window.worker is None:
            return
        window.foot.set_unsaved("Not saved: retrying" if isinstance(error, Busy) else "Not saved")
        banner, text = window.modes.page_of()[1], f"{error} Your change is kept."
        if banner.isHidden() or banner.text.text() != text:  # not anew at every try: a button may have the focus
            buttons = [("Try again", window.worker.retry), ("Give up this change", window.worker.give_up)]
            banner.show_notice("warn", text, buttons, closable=False)

    def _write_recovered(self) -> None:
        for banner in self._window.modes.banners():
            banner.clear()
        self._window.foot.set_saved(self._saved_at)
