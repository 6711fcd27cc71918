"""Handing out and handing back: from the menu to the project, by way of a dialog.

A dialog is imported when it is opened: starting the program needs none of them.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.errors import AnnotatorError
from annotator.gui.widgets.wording import counted

if TYPE_CHECKING:
    from annotator.domain.document import Progress
    from annotator.domain.handing import HandedBack, HandedOut
    from annotator.gui.exchange.hand_back import HandBackDialog
    from annotator.gui.exchange.hand_out import HandOutDialog
    from annotator.gui.window import Window


class Exchange(QObject):
    """Serves the window."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the rows of the action table do."""
        return {
            "hand_out": self.hand_out,
            "hand_back": self.hand_back,
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

        if worker := self._window.worker:
            worker.read(lambda project: project.hand_out(target, documents, person, force=replace), done, self._tell)

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

        if worker := self._window.worker:
            worker.read(lambda project: project.hand_back(target, person, force=replace), done, self._tell)

    def _tell(self, error: AnnotatorError) -> None:
        self._window.refused(str(error))


def _replaced(file: Path | None) -> str:
    return f" What was there before is {file.name} now." if file else ""
