"""Taking documents in, and annotations away."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from annotator.domain.document import State
from annotator.errors import BadArgument
from annotator.formats import export as exporting
from annotator.formats.reports import ExportReport, ImportReport
from annotator.project import exchange
from annotator.project.reading import Reading
from annotator.storage import rows


class TakingInAndAway(Reading):
    """The part of Project that imports and exports."""

    def import_file(self, path: str | Path, *, format: str | None = None, dry_run: bool = False) -> ImportReport:
        """Add the document in a plain text file; a text that is in the project already adds nothing."""
        return self.import_files([path], format=format, dry_run=dry_run)

    def import_files(
        self, paths: Sequence[str | Path], *, format: str | None = None, dry_run: bool = False
    ) -> ImportReport:
        """Add the documents in several files in one change: all of them, or none."""
        self.documents.forget()  # what another program added since is there already
        report, texts = exchange.read_documents(paths, format, self.documents)
        if report.added and not dry_run:
            noun = report.added[0].source_file if len(report.added) == 1 else f"{len(report.added)} documents"
            self._write(f"import {noun}", lambda step: rows.add_documents(step, report.added, texts))
            self.documents.forget()
        return report

    def export(
        self,
        target: str | Path | None = None,
        *,
        format: str = "jsonl",
        layout: str | None = None,
        annotators: Sequence[str] = (),
        labels: Sequence[str] = (),
        states: Sequence[State] = (),
        dataset_card: bool = False,
        force: bool = False,
        bom: bool | None = None,
        raw_cells: bool = False,
        stream: TextIO | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> ExportReport:
        """Write the documents with their spans to `target` or, without one, to `stream`.

        `annotators`, `labels` and `states` keep only what they name; empty keeps all. Documents without spans are
        written too. `progress` hears after each document how many are done. Nothing half-written is left behind.
        `bom` and `raw_cells` are for CSV: whether it begins with a byte-order mark (None: in a file, not in a stream),
        and whether cells stay as they are that a spreadsheet would run as formulas. Raises BadArgument where `target`
        exists (unless `force`).
        """
        for label in labels:
            self.codebook.label(label)
        documents = exchange.annotated_documents(self._store, self.documents, annotators, labels, states)
        if target is None:
            if stream is None:
                raise BadArgument("Name a file to export to.")
            return exporting.write_stream(
                documents,
                stream,
                format=format,
                layout=layout,
                progress=progress,
                codebook=self.codebook,
                bom=bom,
                raw_cells=raw_cells,
            )
        return exporting.write_files(
            documents,
            self.codebook,
            Path(target),
            format=format,
            layout=layout,
            dataset_card=dataset_card,
            force=force,
            project=self.path,
            progress=progress,
            bom=bom,
            raw_cells=raw_cells,
        )
