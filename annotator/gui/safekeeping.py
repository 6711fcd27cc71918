"""The window keeps the project safe by itself: a look for damage, backups, and word of where the file lies.

Nothing of it waits in the window's thread, and the project's thread does it in steps between which one tags.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

import annotator
from annotator.domain.time import stored
from annotator.errors import AnnotatorError, Busy, NotAProject
from annotator.gui.opening import CannotOpen, open_file
from annotator.gui.widgets.wording import counted, shown_time
from annotator.gui.worker import Stream

if TYPE_CHECKING:
    from annotator.domain.backup import Backup
    from annotator.gui.window import Window
    from annotator.project import Project

AFTER_OPENING_MS = 2_000
"""How soon after the first paint the file is looked at and, where something is new, backed up."""
EVERY_MS = 30 * 60_000


class Safekeeping(QObject):
    """One for a window, over all the projects that it opens."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._stream: Stream | None = None
        self._looked = False  # for damage, in the project that is open
        self._told: set[str] = set()  # what was said of it, once
        self._place: tuple[str, str] | None = None  # the words shown of the file's place, and its folder
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        session = window.session
        session.opened.connect(self._opened)
        session.leaving.connect(self._timer.stop)
        session.not_opened.connect(self._not_opened)
        session.crashed.connect(lambda _: self._done(None))
        window.project_shown.connect(self._shown)
        window.mode.page.banner.closed.connect(self._notice_closed)

    # By itself

    def look(self) -> None:
        """Look for damage, once a project, and back up where something is new since the last backup."""
        worker = self._window.worker
        if worker is None or self._stream is not None:
            return
        first, self._looked = not self._looked, True
        self._stream = worker.stream(
            lambda project: _steps(project, first), self._found, self._done, self._failed, patient=True
        )

    def _opened(self, *_: object) -> None:
        self._stream, self._looked, self._place = None, False, None
        self._told = set()
        self._timer.stop()

    def _shown(self) -> None:
        """The first document can be read: now, and not before, there is time for this."""
        if self._window.worker and not self._timer.isActive():
            self._timer.start(EVERY_MS)
            QTimer.singleShot(AFTER_OPENING_MS, self.look)
            self._window.worker.read(lambda project: project.shared_place, self._placed)

    def _found(self, result: str | Path | None) -> None:
        if isinstance(result, str):
            self._tell_damage(result)

    def _done(self, _: None) -> None:
        self._stream = None

    def _failed(self, error: AnnotatorError) -> None:
        self._stream = None
        if isinstance(error, NotAProject):
            self._tell_damage(str(error))
        elif not isinstance(error, Busy) and "backup" not in self._told:  # that it is busy is no news in half an hour
            self._told.add("backup")
            self._window.notice("warn", f"{error} Your work is saved as ever, but it has no new backup.")

    def _tell_damage(self, text: str) -> None:
        if "damage" not in self._told:
            self._told.add("damage")
            self._window.notice("danger", text, [("Restore a backup…", self.ask)])

    # Where the file lies

    def _placed(self, place: str | None) -> None:
        path = self._window.project_path
        banner = self._window.mode.page.banner
        if place is None or path is None or str(path.parent) in self._window.settings.warned_folders.split("\n"):
            return
        if banner.isHidden():
            text = (
                f"{path.name} lies in {place}. If two computers change it at once, or it is copied while you work, "
                "changes can be lost. Keep it in a folder of this computer, and share exports or backups instead."
            )
            self._place = text, str(path.parent)
            self._window.notice("warn", text)

    def _notice_closed(self) -> None:
        """One who has closed the word about a folder isn't told again."""
        window = self._window
        if self._place and window.mode.page.banner.text.text() == self._place[0]:
            known = window.settings.warned_folders.split("\n")
            folders = "\n".join([*filter(None, known), self._place[1]])
            window.settings = window.settings.changed(warned_folders=folders)
            window.settings.save()
            self._place = None

    # Restoring

    def ask(self) -> None:
        """Let a person choose a backup of the open project, and restore it."""
        worker, path = self._window.worker, self._window.project_path
        if worker and path:
            worker.read(lambda project: project.backups(), lambda found: self._choose(path, found))

    def give_up(self, error: AnnotatorError) -> None:
        """Say that the open project can't be read after all; where it is damaged, with its backups at hand."""
        worker, path = self._window.worker, self._window.project_path
        if worker and path and isinstance(error, NotAProject):
            damage = error
            worker.read(
                lambda project: project.backups(),
                lambda found: self._window.session.give_up(CannotOpen(damage, path, found)),
                self._window.session.give_up,
            )
        else:
            self._window.session.give_up(error)

    def _choose(self, path: Path, backups: "list[Backup]") -> None:
        from annotator.gui.dialogs.restore import RestoreDialog  # only now: starting needs none

        dialog = RestoreDialog(path, backups, self._window.look.theme, self._window)
        dialog.accepted.connect(lambda: self.restore(path, dialog.chosen))
        dialog.open()

    def restore(self, path: Path, backup: Path | None) -> None:
        """Put a backup in the place of the project at `path`, closed before, and open that."""
        if backup is None:
            return
        said: list[str] = []
        shown = self._window.settings.last_document if self._window.project_path == path else ""
        self._window.open_project(_restoring(path, backup, said), document=shown)

        def tell() -> None:
            if said and self._window.project_path:
                self._window.told(said[0])

        self._window.project_shown.connect(tell, Qt.ConnectionType.SingleShotConnection)

    def _not_opened(self, error: AnnotatorError) -> None:
        """On the start page: the backups of what could not be opened, the newest by name."""
        self._timer.stop()
        self._stream = None
        if not isinstance(error, CannotOpen):
            return
        path, good = error.path, [each for each in error.backups if each.readable]
        if not good:
            return
        newest = good[0]
        holds = f"{counted(newest.documents or 0, 'document')}, {counted(newest.spans or 0, 'span')}"
        text = f"{error} Its newest backup is {newest.path.name} ({shown_time(stored(newest.at))}: {holds})."
        choices: list[tuple[str, Callable[[], object]]] = [("Restore it", lambda: self.restore(path, newest.path))]
        if len(error.backups) > 1:
            choices.append((f"All {len(error.backups)} backups…", lambda: self._choose(path, error.backups)))
        self._window.start.banner.show_notice("danger", text, choices)


def _steps(project: "Project", first: bool) -> Iterator[str | Path | None]:
    """Runs in the project's thread, a step at a time."""
    if first:
        for problem in project.damage_in_steps():
            yield problem
            if problem:
                return  # of a damaged file no backup is made, and one sentence says enough
    if not project.read_only and project.changed_since_backup():
        yield from project.back_up_in_steps()


def _restoring(path: Path, backup: Path, said: list[str]) -> "Callable[[], Project]":
    """Restore and open; where the one fails, what is there is opened as it is, and the reason told."""

    def run() -> "Project":
        try:
            replaced = annotator.restore(backup, path)
        except AnnotatorError as error:
            try:
                project = open_file(path)
            except AnnotatorError:
                raise error from None
            said.append(str(error))
            return project
        kept = f" What it replaced is kept as {replaced.name}." if replaced else ""
        said.append(f"{backup.name} was restored.{kept}")
        return open_file(path)

    return run
