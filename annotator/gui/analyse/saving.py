"""Charts saved as pictures and tables: one from its menu, several by Export figures."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from annotator.errors import AnnotatorError
from annotator.gui.analyse.board import Board
from annotator.gui.analyse.chart_paint import Ink
from annotator.gui.analyse.export_dialog import FigureChoice, FiguresDialog
from annotator.gui.analyse.panel import ChartPanel
from annotator.gui.analyse.picture import Picture
from annotator.gui.analyse.wiring import AnalyseWiring
from annotator.gui.modes import Mode
from annotator.gui.theme import LabelStyles, Theme
from annotator.gui.worker import Worker
from annotator.project import Project

Content = bytes | Callable[[], bytes]
_MOST_ROWS = 1_000  # of a picture, which is some 30,000 px high then
_FILTERS = {"png": "Pictures (*.png)", "svg": "Drawings (*.svg)", "csv": "Tables (*.csv)"}


class Saving(QObject):
    """Pictures are always light, whatever the window is: they go into papers."""

    def __init__(self, board: Board, wiring: AnalyseWiring, mode: Mode) -> None:
        super().__init__(mode)
        self._board, self._wiring, self._mode = board, wiring, mode
        self._worker: Worker | None = None
        for panel in board.panels:
            panel.save_asked.connect(lambda kind, panel=panel: self.ask_one(panel, kind))

    def set_worker(self, worker: Worker) -> None:
        """Save beside this project from now on."""
        self._worker = worker

    def ask(self) -> None:
        """Ask which figures to save, as what and where."""
        if self._worker:
            self._worker.read(lambda project: project.path, self._ask_in)

    def _ask_in(self, path: Path) -> None:
        shown = self._board.in_section()
        figures = [(panel.slug, panel.title, panel in shown) for panel in self._board.panels if not panel.grid.empty]
        dialog = FiguresDialog(figures, _folder(path), path.stem, self._mode.window())
        dialog.accepted.connect(lambda: self._save(dialog.choice))
        dialog.open()

    def ask_one(self, panel: ChartPanel, kind: str) -> None:
        """Ask where to save one chart as `png`, `svg` or `csv`."""
        if self._worker and not panel.grid.empty and self._fits(panel, kind):
            self._worker.read(lambda project: project.path, lambda path: self._ask_one_in(path, panel, kind))

    def _ask_one_in(self, path: Path, panel: ChartPanel, kind: str) -> None:
        wanted = _folder(path) / f"{path.stem}-{panel.slug}.{kind}"
        parent = self._mode.window()
        chosen, _ = QFileDialog.getSaveFileName(parent, f"Save {panel.title}", str(wanted), _FILTERS[kind])
        if chosen:  # the file dialog has asked whether to replace what is there
            target = Path(chosen)
            target, asked = (target, True) if target.suffix else (target.with_suffix(f".{kind}"), False)
            self._write({target: self.content(panel, kind)}, replace=asked)

    def content(self, panel: ChartPanel, kind: str) -> Content:
        """Return what is in the file of a chart, or what makes it."""
        from annotator import records  # only now: the table of formats is not needed to start

        if kind == "csv":
            table = panel.grid.table  # of very many documents it takes a while: it is made where it is written
            return lambda: records.table_csv(table.heads, table.rows)
        light = Theme.load("light")
        ink = Ink(light, LabelStyles(self._wiring.looked_at.codebook, light))
        words = panel.subtitle.text() or self._wiring.measure_name(panel)
        picture = Picture(panel.grid, ink, panel.title, words, panel.caption.text(), panel.scale.name)
        return picture.png() if kind == "png" else picture.svg()

    def _save(self, choice: FigureChoice) -> None:
        panels = {panel.slug: panel for panel in self._board.panels}
        wanted = [(panels[slug], kind, target) for (slug, kind), target in choice.files.items() if slug in panels]
        small = [each for each in wanted if self._fits(each[0], each[1])]
        self._write({target: self.content(panel, kind) for panel, kind, target in small}, replace=choice.replace)

    def _fits(self, panel: ChartPanel, kind: str) -> bool:
        """Whether a chart can be saved so; say why not."""
        if kind == "csv" or len(panel.grid.rows) <= _MOST_ROWS:
            return True
        rows = f"{panel.title} has {len(panel.grid.rows):,} rows, and a picture no more than {_MOST_ROWS:,}"
        self._mode.banner.show_notice("warn", f"{rows}: save it as a table, or look at fewer documents.")
        return False

    def _write(self, contents: dict[Path, Content], *, replace: bool) -> None:
        from annotator import records

        worker = self._worker
        if worker is None or not contents:
            return
        banner = self._mode.banner

        def done(written: list[Path]) -> None:
            names = ", ".join(file.name for file in written)
            banner.show_notice("info", f"Saved in {written[0].parent}: {names}.")

        def failed(error: AnnotatorError) -> None:
            banner.show_notice("danger", str(error))

        def write(project: Project) -> list[Path]:
            made = {file: each if isinstance(each, bytes) else each() for file, each in contents.items()}
            return records.write_figures(made, force=replace, project=project.path)

        worker.read(write, done, failed)


def _folder(path: Path) -> Path:
    from annotator.gui.opening import sample_path

    return path.parent if path != sample_path() else Path.home()
