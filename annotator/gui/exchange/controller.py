"""Handing out, taking back, handing back: from the menu (or a dropped file) to the project, by way of a dialog.

A dialog is imported when it is opened: starting the program needs none of them.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from annotator.errors import AnnotatorError
from annotator.gui.exchange.words import listed, what_happened
from annotator.gui.widgets.wording import counted
from annotator.gui.worker import Stream

if TYPE_CHECKING:
    from annotator.domain.document import Progress
    from annotator.domain.handing import HandedBack, HandedOut
    from annotator.domain.work import WorkPreview
    from annotator.gui.exchange.hand_back import HandBackDialog
    from annotator.gui.exchange.hand_out import HandOutDialog
    from annotator.gui.exchange.preview import TakeWorkDialog
    from annotator.gui.window import Window
    from annotator.project import Project

Steps: TypeAlias = "Iterator[int | WorkPreview]"

_STEP_S = 0.015  # of work between two looks at what else the worker has to do
_WORK = "Work (*.annotator *.jsonl);;All files (*)"


class Exchange(QObject):
    """Serves the window. One file is taken at a time."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._stream: Stream | None = None
        self._waiting: list[str] = []  # files with work, to be taken after this one
        self.dialog: TakeWorkDialog | None = None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the rows of the action table do."""
        return {
            "hand_out": self.hand_out,
            "take_work": self.choose,
            "hand_back": self.hand_back,
            "load_example": self.load_example,
        }

    # Handing out and back

    def hand_out(self) -> None:
        """Ask which documents go to whom, and write the file."""
        window, path = self._window, self._window.project_path
        if window.worker and path:
            window.mode.inspecting.write_typed()
            # Among the writes, so that what was done a moment ago goes along.
            window.worker.write(
                lambda project: (project.annotators(), project.progress()),
                lambda found: self._ask_hand_out(path, *found),
                self._tell,
            )

    def _ask_hand_out(self, path: Path, people: list[str], progress: "list[Progress]") -> None:
        from annotator.gui.exchange.hand_out import HandOutDialog

        known = [name for name in people if name != self._window.session.annotator]
        dialog = HandOutDialog(path, known, progress, self._window.look.theme, self._window)
        dialog.accepted.connect(lambda: self._write_hand_out(dialog))
        dialog.open()

    def _write_hand_out(self, dialog: "HandOutDialog") -> None:
        person, documents, place = dialog.person, dialog.documents, dialog.place
        target, replace = place.path, place.replaces

        def done(handed: "HandedOut") -> None:
            along = f" {counted(handed.spans, 'span')} of theirs went along." if handed.spans else ""
            self._window.told(
                f"{counted(len(handed.documents), 'document')} for {handed.annotator} written to {handed.path}.{along}"
                f"{_replaced(handed.replaced)}"
            )

        def run(project: "Project") -> "HandedOut":
            return project.hand_out(target, documents, person, force=replace)

        self._window.long_work.run_apart("Handing out…", run, done, self._tell)

    def hand_back(self) -> None:
        """Ask whose reviewed work goes back, and write the file."""
        window, path = self._window, self._window.project_path
        if window.worker and path:
            window.worker.write(
                lambda project: project.annotators(), lambda people: self._ask_hand_back(path, people), self._tell
            )

    def _ask_hand_back(self, path: Path, people: list[str]) -> None:
        from annotator.gui.exchange.hand_back import HandBackDialog

        others = [name for name in people if name != self._window.session.annotator]
        dialog = HandBackDialog(path, others, self._window)
        dialog.accepted.connect(lambda: self._write_hand_back(dialog))
        dialog.open()

    def _write_hand_back(self, dialog: "HandBackDialog") -> None:
        person, target, replace = dialog.person, dialog.place.path, dialog.place.replaces

        def done(handed: "HandedBack") -> None:
            said = [counted(handed.decisions, "decision"), counted(handed.comments, "comment")]
            self._window.told(
                f"The work of {handed.annotator} ({counted(handed.spans, 'span')}, {', '.join(said)}) "
                f"written to {handed.path}.{_replaced(handed.replaced)}"
            )

        def run(project: "Project") -> "HandedBack":
            return project.hand_back(target, person, force=replace)

        self._window.long_work.run_apart("Handing back…", run, done, self._tell)

    def offer_reviewed_work(self) -> None:
        """Where the project that was just opened is reviewed work handed back, offer to walk through it."""
        window = self._window

        def offer(handed_back: bool) -> None:
            if handed_back:
                show = window.actions_table["my_reviewed_work"].trigger
                window.notice("info", "Your work in this project was reviewed.", [("Show what was decided", show)])

        if window.worker:
            window.worker.read(lambda project: project.handed_back, offer)

    # Taking back

    def choose(self) -> None:
        """Ask for a file and show what taking the work in it would do."""
        path = self._window.project_path
        folder = path.parent if path else Path.home()
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Take work back", str(folder), _WORK)
        if chosen:
            self.take(chosen)

    def sort_out(self, paths: Sequence[str], others: Callable[[list[str]], object]) -> None:
        """Of files that are to come in, take those that hold work, one after the other; `others` gets the rest."""
        from annotator import records  # only now: the table of formats is not needed to start

        def sorted_out(work: list[str]) -> None:
            if rest := [path for path in paths if path not in work]:
                others(rest)
            self._waiting += work
            self._take_next()

        if worker := self._window.worker:
            worker.read(lambda _: [path for path in paths if records.holds_work(path)], sorted_out, self._tell)

    def _take_next(self) -> None:
        if self._waiting and self.dialog is None:
            self.take(self._waiting.pop(0))

    def take(self, path: str) -> None:
        """Show what taking the work in a file would do; it is taken in when that is accepted."""
        window, project = self._window, self._window.session.project
        if project is None or window.worker is None or self.dialog:
            return
        if project.read_only:
            window.refused(f"{project.path.name} is read-only: nothing can be taken in. Save a copy elsewhere.")
            return
        from annotator.gui.exchange.preview import TakeWorkDialog

        window.mode.inspecting.write_typed()
        dialog = TakeWorkDialog(Path(path).name, window.look.theme, window)
        dialog.accepted.connect(lambda: self._take(dialog))
        dialog.finished.connect(lambda _: self._end())
        self.dialog = dialog

        def step(found: "int | WorkPreview") -> None:
            if self.dialog is dialog:
                dialog.show_reading(found) if isinstance(found, int) else dialog.show_preview(found)

        def failed(error: AnnotatorError) -> None:
            if self.dialog is dialog:
                dialog.reject()
                self._tell(error)

        self._stream = window.worker.stream(
            lambda project: _paced(project.preview_work_steps(path)), step, failed=failed
        )
        dialog.open()

    def _take(self, dialog: "TakeWorkDialog") -> None:
        preview, skip = dialog.preview, dialog.skip_bad
        if preview and (worker := self._window.worker):
            worker.write(lambda project: project.take_work(preview, skip_bad=skip), self._taken, self._tell)

    def _taken(self, report: "WorkPreview") -> None:
        self._window.told(what_happened(report))

    def _end(self) -> None:
        self.dialog = None
        if self._stream:
            self._stream.cancel()
            self._stream = None
        self._take_next()

    # The example annotations

    def load_example(self) -> None:
        """Take the example annotations into the sample: the open project, where it has the articles, or else ours."""
        project, worker = self._window.session.project, self._window.worker
        if project and worker and not project.read_only:
            worker.read(lambda open_one: open_one.has_sample(), self._load_into, self._tell)
        else:
            self._load_into(False)

    def _load_into(self, open_one: bool) -> None:
        window = self._window
        if open_one and window.worker:
            window.worker.write(lambda project: project.take_examples(), self._loaded, self._tell)
            return

        def go_on() -> None:
            window.project_shown.disconnect(go_on)
            if window.worker:
                window.worker.write(lambda project: project.take_examples(), self._loaded, self._tell)

        window.project_shown.connect(go_on)
        window.actions_table["open_sample"].trigger()

    def _loaded(self, report: "WorkPreview") -> None:
        people = listed(sorted({row.annotator for row in report.rows}))
        if report.empty:
            self._window.told(f"The example annotations by {people} are here already.")
        else:
            spans = sum(row.spans.taken for row in report.rows)
            self._window.told(
                f"{counted(spans, 'span')} by {people} came in. Review shows where they agree and differ; "
                "undo takes them away again."
            )

    # Files that were dropped

    def ask_what_to_do(self, path: str, open_it: Callable[[], object]) -> None:
        """A project was dropped while another is open: open it, or take the work in it."""
        from annotator.gui.exchange.open_or_take import OpenOrTakeDialog

        here = self._window.project_path
        dialog = OpenOrTakeDialog(Path(path).name, here.name if here else "", self._window)

        def answered(result: int) -> None:
            if result == dialog.EXTRA:
                self.take(path)
            elif result == dialog.DialogCode.Accepted:
                open_it()

        dialog.finished.connect(answered)
        dialog.open()

    def _tell(self, error: AnnotatorError) -> None:
        self._window.refused(str(error))


def _replaced(file: Path | None) -> str:
    return f" What was there before is {file.name} now." if file else ""


def _paced(steps: Steps) -> Steps:
    """Pass on the preview, and of the counts only one in a while: each is a turn of the worker."""
    last = time.monotonic()
    for step in steps:
        if not isinstance(step, int) or time.monotonic() - last > _STEP_S:
            yield step
            last = time.monotonic()
