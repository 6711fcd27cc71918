"""Charts saved as pictures and tables: one from its menu, several by Export figures."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from annotator.errors import AnnotatorError
from annotator.gui.analyse.chart_paint import Ink
from annotator.gui.analyse.export_dialog import FigureChoice, FiguresDialog
from annotator.gui.analyse.mode import AnalyseMode
from annotator.gui.analyse.panel import ChartPanel
from annotator.gui.analyse.picture import Picture
from annotator.gui.analyse.wiring import AnalyseWiring
from annotator.gui.theme import LabelStyles, Theme

if TYPE_CHECKING:
    from annotator.gui.window import Window

_FILTERS = {"png": "Pictures (*.png)", "svg": "Drawings (*.svg)", "csv": "Tables (*.csv)"}


class Saving(QObject):
    """Pictures are always light, whatever the window is: they go into papers."""

    def __init__(self, mode: AnalyseMode, window: "Window", wiring: AnalyseWiring) -> None:
        super().__init__(mode)
        self._mode, self._window, self._wiring = mode, window, wiring
        mode.side.export.clicked.connect(self.ask)
        for panel in mode.board.panels:
            panel.save_asked.connect(lambda kind, panel=panel: self.ask_one(panel, kind))

    def ask(self) -> None:
        """Ask which figures to save, as what and where."""
        path = self._window.project_path
        if path is None:
            return
        there = [panel for panel in self._mode.board.panels if not panel.grid.empty]
        shown = self._mode.board.in_section()
        figures = [(panel.slug, panel.title, panel in shown) for panel in there]
        dialog = FiguresDialog(figures, self._folder(path), path.stem, self._window)
        dialog.accepted.connect(lambda: self._save(dialog.choice))
        dialog.open()

    def ask_one(self, panel: ChartPanel, kind: str) -> None:
        """Ask where to save one chart as `png`, `svg` or `csv`."""
        path = self._window.project_path
        if path is None or panel.grid.empty:
            return
        wanted = self._folder(path) / f"{path.stem}-{panel.slug}.{kind}"
        chosen, _ = QFileDialog.getSaveFileName(self._window, f"Save {panel.title}", str(wanted), _FILTERS[kind])
        if chosen:  # the file dialog has asked whether to replace what is there
            target = Path(chosen)
            target, asked = (target, True) if target.suffix else (target.with_suffix(f".{kind}"), False)
            self._write({target: self.content(panel, kind)}, replace=asked)

    def content(self, panel: ChartPanel, kind: str) -> bytes:
        """Return what is in the file of a chart."""
        from annotator import records  # only now: the table of formats is not needed to start

        if kind == "csv":
            return records.table_csv(panel.grid.table.heads, panel.grid.table.rows)
        light = Theme.load("light")
        ink = Ink(light, LabelStyles(self._wiring.looked_at.codebook, light))
        words = panel.subtitle.text() or self._wiring.measure_name(panel)
        picture = Picture(panel.grid, ink, panel.title, words, panel.caption.text(), panel.scale.name)
        return picture.png() if kind == "png" else picture.svg()

    def _save(self, choice: FigureChoice) -> None:
        panels = {panel.slug: panel for panel in self._mode.board.panels}
        contents = {
            target: self.content(panels[slug], kind) for (slug, kind), target in choice.files.items() if slug in panels
        }
        self._write(contents, replace=choice.replace)

    def _write(self, contents: dict[Path, bytes], *, replace: bool) -> None:
        from annotator import records

        worker, path = self._window.worker, self._window.project_path
        if worker is None or path is None or not contents:
            return
        banner = self._mode.banner

        def done(written: list[Path]) -> None:
            names = ", ".join(file.name for file in written)
            banner.show_notice("info", f"Saved in {written[0].parent}: {names}.")

        def failed(error: AnnotatorError) -> None:
            banner.show_notice("danger", str(error))

        worker.read(lambda _: records.write_figures(contents, force=replace, project=path), done, failed)

    def _folder(self, path: Path) -> Path:
        from annotator.gui.menu_handlers import sample_path

        return path.parent if path != sample_path() else Path.home()
