"""What the menu's actions do that concern files, looks and help; tagging and moving are the mode's."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

import annotator
from annotator.domain.document import State
from annotator.errors import AnnotatorError
from annotator.gui.actions import Actions
from annotator.gui.opening import open_file, open_sample, sample_path
from annotator.gui.style import CHOICES
from annotator.gui.widgets.wording import counted

if TYPE_CHECKING:
    from annotator.gui.dialogs.export import ExportChoice
    from annotator.gui.window import Window
    from annotator.project import Project
    from annotator.records import ExportReport

_PROJECTS = "annotator projects (*.annotator);;All files (*)"


def _made(path: Path, texts: Sequence[str], *, force: bool) -> "Project":
    """Make a project for these texts, or none at all where nothing of them can come in. Called in its thread."""
    there = path.exists()
    project = annotator.new(path, force=force)
    try:
        preview = project.preview_import(texts)
        if preview.refused and not preview.incoming and not preview.uncertain:
            raise preview.refused[0].error
    except AnnotatorError:
        project.close()
        if not there:
            path.unlink()
        raise
    return project


class MenuHandlers(QObject):
    """One method an action, over the window's parts."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window

    def serve(self, table: Actions) -> None:
        """Say what each action does."""
        mode, window, text = self._window.mode, self._window, self._window.mode.page.text
        handlers: dict[str, Callable[[], object]] = {
            "new": lambda: self._new(),
            "open": self._open,
            "open_sample": lambda: window.open_project(open_sample),
            "import": window.importing.choose,
            "paste_document": window.importing.paste,
            "export": self._export,
            "restore": lambda: window.safekeeping.ask(),
            "quit": window.close,
            "undo": lambda: self._take_back(redo=False),
            "redo": lambda: self._take_back(redo=True),
            "pick_label": mode.labelling.pick_label,
            "attributes": lambda: self._inspect(mode.inspecting.edit_attributes),
            "note": lambda: self._inspect(mode.inspecting.edit_note),
            "document_note": mode.inspecting.edit_document_note,
            "entity": lambda: self._inspect(mode.entities.edit),
            "take_entity": lambda: mode.entities.take_offer(),
            "guideline": mode.inspecting.show_guideline,
            "delete": mode.delete_span,
            "snap": self._snap,
            "name": self._name,
            "zoom_in": lambda: self._zoom(1),
            "zoom_out": lambda: self._zoom(-1),
            "zoom_reset": lambda: self._zoom(0),
            "serif": lambda: self._face(sans=False),
            "sans": lambda: self._face(sans=True),
            "left_panel": lambda: window.modes.show_panel("left", table["left_panel"].isChecked()),
            "right_panel": lambda: window.modes.show_panel("right", table["right_panel"].isChecked()),
            "done": lambda: mode.mark(State.DONE, go_on=True),
            "in_progress": lambda: mode.mark(State.IN_PROGRESS, go_on=False),
            "todo": lambda: mode.mark(State.TODO, go_on=False),
            "next_document": lambda: mode.step_document(mode.documents.next_id()),
            "previous_document": lambda: mode.step_document(mode.documents.previous_id()),
            "next_todo": lambda: mode.step_document(mode.documents.next_to_do()),
            "next_span": text.choose_next,
            "previous_span": text.choose_previous,
            "filter_documents": self._filter,
            "codebook": window.show_codebook,
            "entities": window.show_entities,
            "next_pane": lambda: self._next_pane(1),
            "previous_pane": lambda: self._next_pane(-1),
            "keys": self._show_keys,
            "about": self._show_about,
        }
        handlers |= mode.span_actions.handlers() | mode.relating.handlers() | mode.finding.handlers()
        handlers |= window.exchange.handlers() | window.document_actions.handlers()
        table.connect(handlers)
        table.connect({f"theme_{choice}": partial(self._theme, choice) for choice in CHOICES})
        table.connect({f"tag_{n}": partial(mode.labelling.tag_with_key, n) for n in range(1, 10)})

    # Dialogs are imported when they are asked for: starting needs none.

    def _show_keys(self) -> None:
        from annotator.gui.dialogs.keys import KeySheet

        KeySheet(self._window.look.theme, self._window).open()

    def _show_about(self) -> None:
        from annotator.gui.dialogs.about import AboutDialog

        AboutDialog(self._window.project_path, self._window).open()

    def _next_pane(self, step: int) -> None:
        window = self._window
        if window.codebook.shown():
            window.codebook.editor.go_to_pane(step)
        elif window.entities.shown():
            window.entities.editor.go_to_pane(step)
        else:
            window.modes.panes()(step)

    def open_path(self, path: str) -> None:
        """Open a project file."""
        self._window.open_project(lambda: open_file(path))

    def take_files(self, files: list[str]) -> None:
        """Take what was dropped: a project is opened, or its work taken in; texts go into the open or a new project."""
        window, only = self._window, files[0] if len(files) == 1 else ""
        if only.endswith(".annotator"):
            if window.session.project and not window.session.project.read_only:
                window.exchange.ask_what_to_do(only, lambda: self.open_path(only))
            else:
                self.open_path(only)
        elif files and self._window.worker:
            self._window.importing.take(files)
        elif files:
            self._new(texts=files)

    def show_face(self, *, sans: bool) -> None:
        """Set the text in the serif or the sans-serif face."""
        for text in self._window.modes.texts():
            self._window.modes.show_face(text, sans=sans)

    def _zoom(self, step: int) -> None:
        """Make the text that is shown larger or smaller by px, or as it was at first."""
        text = self._window.modes.texts()[0]
        text.set_zoom_px(text.zoom_px() + step if step else 18)

    def _new(self, texts: Sequence[str] = ()) -> None:
        start = str(self._folder() / "study.annotator")
        chosen, _ = QFileDialog.getSaveFileName(self._window, "New project", start, _PROJECTS)
        if chosen:
            path = Path(chosen)
            path = path if path.suffix else path.with_suffix(".annotator")
            asked = path == Path(chosen)  # only then has the file dialog asked whether to replace it
            if texts:
                self._window.importing.take_later(texts)
            self._window.open_project(lambda: _made(path, texts, force=asked))

    def _open(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Open project", str(self._folder()), _PROJECTS)
        if chosen:
            self.open_path(chosen)

    def _export(self) -> None:
        worker, path = self._window.worker, self._window.project_path
        if worker and path:
            worker.read(
                lambda project: (project.annotators(), project.has_gold()),
                lambda found: self._ask_export(path, *found),
                self._tell,
            )

    def _ask_export(self, path: Path, annotators: list[str], gold: bool) -> None:
        from annotator.gui.dialogs.export import ExportDialog

        labels = [label.name for label in self._window.mode.codebook]
        dialog = ExportDialog(path.with_suffix(".jsonl"), annotators, labels, self._window, gold=gold)
        dialog.accepted.connect(lambda: self._write_export(dialog.choice))
        dialog.open()

    def _write_export(self, choice: "ExportChoice") -> None:
        def run(project: "Project") -> "ExportReport":
            return project.export(
                choice.target,
                format=choice.format,
                layout=choice.layout,
                annotators=choice.annotators,
                gold=choice.gold,
                labels=choice.labels,
                states=choice.states,
                dataset_card=choice.dataset_card,
                force=choice.replace,
            )

        def done(report: "ExportReport") -> None:
            losses = " ".join(report.losses.sentences)
            names = ", ".join(file.name for file in report.files)
            counts = f"{counted(report.documents, 'document')} with {counted(report.spans, 'span')}"
            counts += f" and {counted(report.relations, 'relation')}" if report.relations else ""
            said = f"{counts} written to {choice.target.parent}: {names}."
            self._window.told(f"{said} {losses}".strip())

        self._window.long_work.run_apart("Exporting…", run, done, self._tell)

    def _take_back(self, *, redo: bool) -> None:
        if self._window.worker:
            self._window.worker.write(lambda project: project.redo() if redo else project.undo(), failed=self._tell)

    def _inspect(self, go: Callable[[], None]) -> None:
        """Go to the chosen span at the right, which must be to be seen for that."""
        if not self._window.actions_table["right_panel"].isChecked():
            self._window.actions_table["right_panel"].trigger()
        go()

    def _snap(self) -> None:
        window = self._window
        window.mode.tagger.snapping = window.actions_table["snap"].isChecked()
        window.settings = window.settings.changed(snap=window.mode.tagger.snapping)

    def _name(self) -> None:
        if worker := self._window.worker:
            worker.read(lambda project: project.annotators(), self._ask_name, self._tell)
        else:
            self._ask_name([])

    def _ask_name(self, known: list[str]) -> None:
        from annotator.gui.dialogs.name import NameDialog

        dialog = NameDialog(self._window.session.annotator, known, self._window.look.theme, self._window)
        dialog.accepted.connect(lambda: self._take_name(dialog.name))
        dialog.open()

    def _take_name(self, name: str) -> None:
        window = self._window
        if name and name != window.session.annotator:
            window.settings = window.settings.changed(annotator=name)
            window.settings.save()
            if path := window.project_path:
                window.open_project(lambda: open_file(path, name), document=window.settings.last_document)

    def _theme(self, choice: str) -> None:
        self._window.look.choose(choice)
        self._window.settings = self._window.settings.changed(theme=choice)

    def _face(self, *, sans: bool) -> None:
        self.show_face(sans=sans)
        self._window.settings = self._window.settings.changed(reading_sans=sans)

    def _filter(self) -> None:
        mode = self._window.mode
        self._window.actions_table["left_panel"].setChecked(True)
        mode.documents.show()
        mode.documents.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        mode.documents.filter.selectAll()

    def _folder(self) -> Path:
        path = self._window.project_path
        return path.parent if path and path != sample_path() else Path.home()

    def _tell(self, error: AnnotatorError) -> None:
        self._window.refused(str(error))
