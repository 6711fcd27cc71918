"""The window: header, the modes or the start page, foot. It opens and closes projects and remembers how it was left."""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QMenuBar, QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.change import ChangeSet, UndoState
from annotator.domain.codebook import Codebook
from annotator.domain.document import DocumentStatus
from annotator.domain.time import parse
from annotator.errors import AnnotatorError, EnvironmentFailed
from annotator.gui import fonts
from annotator.gui.actions import Actions
from annotator.gui.annotate.mode import AnnotateMode
from annotator.gui.crash import CrashGuard
from annotator.gui.menu_handlers import MenuHandlers
from annotator.gui.start_page import StartPage
from annotator.gui.style import Look
from annotator.gui.theme import Theme
from annotator.gui.widgets.foot import Foot
from annotator.gui.widgets.header import Header
from annotator.gui.widgets.themed import spread_theme
from annotator.gui.worker import Worker
from annotator.settings import Settings, default_annotator

if TYPE_CHECKING:
    from annotator.project import Project

_LATER = "Review and Analyse come with a later version."
_Found = tuple[Codebook, list[DocumentStatus], UndoState]
_FRAME = 32  # px: about what a window manager's title bar takes
NARROW = 1024  # px: below this the right panel makes room for the text


class Window(QMainWindow):
    """One window on one project. Project calls run on the worker; nothing here waits."""

    project_shown = Signal()
    """The first document of a project is readable, or its emptiness is."""

    def __init__(self, look: Look, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.look = look
        self.worker: Worker | None = None
        self._project: Project | None = None
        self._undo_state = UndoState(None, None)
        self._workers: set[Worker] = set()  # until their threads have ended
        self._saved_at: str | None = None
        self._narrow = False
        self.crash_guard = CrashGuard(self)
        self.actions_table = Actions(self)
        theme = look.theme
        self.mode = AnnotateMode(self.actions_table, theme)
        self.start = StartPage(self.actions_table, theme)
        self.foot = Foot(theme)
        self._handlers = MenuHandlers(self)
        self._lay_out(theme)
        self._connect()
        self._restore()
        self._refresh_actions()

    # Projects

    def open_project(self, open_it: "Callable[[], Project]", *, document: str = "") -> None:
        """Close what is open and open a project; `open_it` runs on the worker's thread. Show `document` first."""

        def go_on() -> None:
            self.worker = worker = Worker(open_it, lambda project: self._opened(project, document), self._not_opened)
            self._workers.add(worker)
            worker.closed.connect(lambda: self._workers.discard(worker))
            worker.changed.connect(self._changed)
            worker.write_failed.connect(self._write_failed)
            worker.write_recovered.connect(self._write_recovered)
            worker.crashed.connect(self.crash_guard.caught)

        self.close_project(go_on)

    def close_project(self, then: Callable[[], None]) -> None:
        """Finish what was accepted, close the project, then go on; or stay, where work would be lost by it."""
        self.mode.inspecting.write_typed()
        worker = self.worker
        if worker is None:
            then()
            return
        abandon = False
        if worker.refused:
            abandon = self._may_abandon(worker)
            if not abandon:
                worker.retry()
                return
        self.worker = None
        self.setEnabled(False)
        self._remember()
        worker.closed.connect(then)
        worker.closed.connect(lambda: self.setEnabled(True))
        worker.close(abandon=abandon)

    def _may_abandon(self, worker: Worker) -> bool:
        count = worker.pending_writes()
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Not saved")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"{'The last change is' if count == 1 else f'The last {count} changes are'} not saved yet.")
        box.setInformativeText(str(worker.refused))
        leave = box.addButton("Close without saving", QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton("Stay and try again", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.exec()
        return box.clickedButton() is leave

    @property
    def project_path(self) -> Path | None:
        """The file of the open project."""
        return self._project.path if self._project else None

    def _opened(self, project: "Project", document: str) -> None:
        self._project = project
        worker = self.worker
        if worker is None:
            return
        self.settings = self.settings.changed(last_project=str(project.path))
        self.settings.save()
        self.setWindowTitle(f"{project.path.stem} — annotator")
        self.foot.set_annotator(project.annotator)
        self._saved_at = None
        self.foot.set_saved(None)
        self._notice_read_only(project)
        worker.read(
            lambda open_project: (open_project.codebook, open_project.statuses(), open_project.undo_state()),
            lambda found: self._show_project(project, found, document),
            self._not_opened,
        )

    def _show_project(self, project: "Project", found: _Found, document: str) -> None:
        if self.worker is None:
            return
        codebook, statuses, self._undo_state = found
        self.mode.set_project(self.worker, project.annotator, project.read_only, codebook)
        self._stack.setCurrentWidget(self.mode)
        self.mode.page.text.setFocus()
        self.mode.set_statuses(statuses, document)
        self._refresh_actions()
        if not statuses:
            self.project_shown.emit()

    def _not_opened(self, error: AnnotatorError) -> None:
        worker, self.worker, self._project = self.worker, None, None
        if worker:
            worker.close()
        self.setWindowTitle("annotator")
        self.foot.set_no_project()
        self._stack.setCurrentWidget(self.start)
        self.start.banner.show_notice("danger", str(error))
        self._refresh_actions()
        self.project_shown.emit()

    def _notice_read_only(self, project: "Project") -> None:
        banner = self.mode.page.banner
        if project.read_only:
            banner.show_notice(
                "info", f"{project.path.name} is read-only: you can look and export, but not tag.", closable=False
            )
        else:
            banner.clear()

    # News from the project

    def _changed(self, change_set: ChangeSet) -> None:
        if self.worker is None:
            return
        self._undo_state = change_set.undo_state
        if not change_set.foreign:
            self._saved_at = f"{parse(change_set.change.at).astimezone():%H:%M:%S}"
            self.foot.set_saved(self._saved_at)
        if change_set.codebook or change_set.listing:
            self.read_listing()
        self.mode.apply(change_set)
        self._refresh_actions()

    def read_listing(self, wanted: str = "") -> None:
        """Show labels and documents as they are now, and open the `wanted` document."""
        if self.worker:
            self.worker.read(
                lambda project: (project.codebook, project.statuses()),
                lambda found: self._listing_read(*found, wanted),
                lambda error: self.refused(str(error)),
            )

    def _listing_read(self, codebook: Codebook, statuses: list[DocumentStatus], wanted: str) -> None:
        self.mode.set_codebook(codebook)
        self.mode.set_statuses(statuses, wanted)
        self._refresh_actions()

    def _write_failed(self, error: EnvironmentFailed) -> None:
        if self.worker is None:
            return
        self.foot.set_unsaved()
        buttons = [("Try again", self.worker.retry), ("Give up this change", self.worker.give_up)]
        self.mode.page.banner.show_notice("warn", f"{error} Your change is kept.", buttons, closable=False)

    def _write_recovered(self) -> None:
        self.mode.page.banner.clear()
        self.foot.set_saved(self._saved_at)

    def refused(self, text: str) -> None:
        """Tell, in one line, why something was not done."""
        banner = self.mode.page.banner if self._stack.currentWidget() is self.mode else self.start.banner
        banner.show_notice("danger", text)

    def told(self, text: str) -> None:
        """Tell, in one line, that something was done."""
        self.mode.page.banner.show_notice("info", text)

    # The window itself

    def show_theme(self, theme: Theme) -> None:
        """Paint with another theme."""
        for part in (self._header, self.mode, self.start, self.foot):
            spread_theme(part, theme)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Called by Qt. What was accepted is written before the window goes."""
        if self.worker is None:
            self._remember()
            event.accept()
            return
        event.ignore()
        self.close_project(self._close_again)

    def _close_again(self) -> None:
        self.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt. A narrow window gives the text the room of the right panel, a wide one gives it back."""
        super().resizeEvent(event)
        narrow = self.width() < fonts.px(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self.actions_table["right_panel"].setChecked(not narrow)
            self.mode.right.setVisible(not narrow)

    def _lay_out(self, theme: Theme) -> None:
        bar = QMenuBar()
        self.actions_table.fill(bar)
        shown = [self.actions_table[name] for name in ("undo", "redo", "left_panel", "right_panel")]
        self._header = Header(bar, [*shown[:2], None, *shown[2:]], theme)
        self._header.modes.set_available(["Annotate"], _LATER)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.mode)
        self._stack.addWidget(self.start)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._stack, 1)
        column.addWidget(self.foot)
        self.setCentralWidget(middle)
        self.setMinimumSize(fonts.px(900), fonts.px(600))
        self.setWindowTitle("annotator")

    def _connect(self) -> None:
        self._handlers.serve(self.actions_table)
        self.foot.keys_asked.connect(self.actions_table["keys"].trigger)
        self.look.changed.connect(self.show_theme)
        self.mode.conditions_changed.connect(self._refresh_actions)
        self.mode.refused.connect(self.refused)
        self.mode.document_shown.connect(self._document_shown)
        self.mode.page.text.zoom_changed.connect(self._zoomed)
        self.start.project_dropped.connect(self._handlers.open_path)

    def _document_shown(self, document_id: str) -> None:
        self.settings = self.settings.changed(last_document=document_id)
        self._refresh_actions()
        QTimer.singleShot(0, self.project_shown.emit)

    def _zoomed(self, size: int) -> None:
        self.settings = self.settings.changed(reading_px=size)
        self.foot.set_zoom(round(100 * size / 18))

    def _refresh_actions(self) -> None:
        conditions: set[str] = set()
        if self.worker and self._project:
            conditions = {"project"} | self.mode.conditions()
            if not self._project.read_only:
                conditions.add("writable")
                conditions |= {"undo"} if self._undo_state.undo else set()
                conditions |= {"redo"} if self._undo_state.redo else set()
            self.foot.set_spans(len(self.mode.page.text.spans()))
            self.foot.set_document(*self.mode.place())
        self.actions_table.enable(conditions)
        for name, what in (("undo", self._undo_state.undo), ("redo", self._undo_state.redo)):
            enabled = name in conditions
            self.actions_table[name].setText(f"&{name.title()} {what}" if what and enabled else f"&{name.title()}")

    def _restore(self) -> None:
        settings, table = self.settings, self.actions_table
        room = self.screen().availableGeometry()
        self.resize(min(fonts.px(1440), room.width()), min(fonts.px(900), room.height() - _FRAME))
        if settings.geometry:
            self.restoreGeometry(QByteArray(base64.b64decode(settings.geometry)))
        if settings.panels:
            self.mode.restoreState(QByteArray(base64.b64decode(settings.panels)))
        self.mode.tagger.snapping = settings.snap
        table["snap"].setChecked(settings.snap)
        table[f"theme_{self.look.choice}"].setChecked(True)
        table["sans" if settings.reading_sans else "serif"].setChecked(True)
        table["left_panel"].setChecked(not self.mode.documents.isHidden())
        table["right_panel"].setChecked(not self.mode.right.isHidden())
        self._handlers.show_face(sans=settings.reading_sans)
        self.mode.page.text.set_zoom_px(settings.reading_px)
        self._zoomed(self.mode.page.text.zoom_px())

    def _remember(self) -> None:
        self.settings = self.settings.changed(
            geometry=base64.b64encode(self.saveGeometry().data()).decode(),
            panels=base64.b64encode(self.mode.saveState().data()).decode(),
        )
        self.settings.save()

    def annotator_name(self) -> str:
        """The name whose spans these are."""
        return self._project.annotator if self._project else default_annotator()
