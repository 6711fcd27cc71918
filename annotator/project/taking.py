"""Taking documents in, and annotations away."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from annotator.domain import garbage
from annotator.domain.document import State
from annotator.errors import BadArgument
from annotator.formats import export as exporting
from annotator.formats.reports import ExportReport, ImportReport
from annotator.project import exchange
from annotator.project.reading import Reading
from annotator.storage import rows

if TYPE_CHECKING:
    from annotator.domain.incoming import ImportOptions, ImportPreview

_ROW = 2_000  # characters of text that count as one row: a million make a large import


class TakingInAndAway(Reading):
    """The part of Project that imports and exports."""

    def import_file(self, path: str | Path, *, format: str | None = None, dry_run: bool = False) -> ImportReport:
        """Add the documents of one file; a text that is in the project already adds nothing."""
        return self.import_files([path], format=format, dry_run=dry_run)

    def import_files(
        self,
        paths: Sequence[str | Path],
        *,
        format: str | None = None,
        encoding: str | None = None,
        columns: Mapping[str, str] | None = None,
        repair: bool = False,
        skip_bad: bool = False,
        dry_run: bool = False,
    ) -> ImportReport:
        """Add the documents in several files and folders in one change: all of them, or none.

        `encoding` names that of files which are neither UTF-8 nor begin with a byte-order mark; `columns` the column of
        a field, in tables; `repair` repairs mojibake; `skip_bad` leaves out what can't come in, which else raises
        BadContent. See `preview_import` for what there is to know before.
        """
        from annotator.domain.incoming import ImportOptions  # only now, as below: opening a project needs none of it

        options = ImportOptions(format=format, encoding=encoding, columns=columns or {}, repair=repair)
        return self.import_preview(self.preview_import(paths, options), skip_bad=skip_bad, dry_run=dry_run)

    def import_text(self, text: str, title: str | None = None, *, repair: bool = False) -> ImportReport:
        """Add a document with this text, such as one that was pasted."""
        return self.import_preview(_last(self.preview_text_steps(text, title, repair=repair)))

    def preview_import(self, paths: Sequence[str | Path], options: "ImportOptions | None" = None) -> "ImportPreview":
        """Return what an import of these files and folders would add, and everything there is to know before it does.

        Raises NotFound (a file, a format, an encoding, a column), BadArgument (too much at once), EnvironmentFailed.
        What is wrong with a file's content is in the preview.
        """
        return _last(self.preview_import_steps(paths, options))

    def preview_import_steps(
        self, paths: Sequence[str | Path], options: "ImportOptions | None" = None
    ) -> "Iterator[int | ImportPreview]":
        """As `preview_import`, step by step: yields how many documents were looked at, and the preview last."""
        from annotator.domain.incoming import ImportOptions
        from annotator.project import importing

        self.documents.forget()  # what another program added since is there already
        return importing.preview_files(self.documents, paths, options or ImportOptions())

    def preview_text_steps(
        self, text: str, title: str | None = None, *, repair: bool = False
    ) -> "Iterator[int | ImportPreview]":
        """As `preview_import_steps`, for a text that was pasted. Raises BadContent for one that can't be stored."""
        from annotator.project import importing

        self.documents.forget()
        return importing.preview_text(self.documents, text, title, repair=repair)

    def import_preview(
        self,
        preview: "ImportPreview",
        *,
        repair: Collection[str] | None = None,
        skip_bad: bool = False,
        dry_run: bool = False,
    ) -> ImportReport:
        """Add the documents of a preview in one change. `repair` names those, by key, whose mojibake is repaired.

        Raises BadContent where something was refused (unless `skip_bad`), or a person must say something first.
        """
        from annotator.project import importing

        importing.checked(preview, skip_bad=skip_bad)
        incoming = preview.incoming
        if repair is not None:
            incoming = tuple(importing.with_repair(each, repair=each.key in repair) for each in incoming)
        self.documents.forget()
        added, present, texts = importing.settled(self.documents, incoming)
        if added and not dry_run:
            only = added[0].source_file or added[0].heading
            noun = only if len(added) == 1 else f"{len(added)} documents"
            self.back_up_before(sum(map(len, texts.values())) // _ROW)
            self._write(f"import {noun}", lambda step: rows.add_documents(step, added, texts))
            self.documents.forget()
        new = {document.text_sha256 for document in added}
        repaired = sum(each.repaired and each.document.text_sha256 in new for each in incoming)
        notes = (*preview.notes, *(note for source in preview.sources for note in source.notes))
        return ImportReport(added, present, notes, preview.refused, repaired)

    @garbage.left_alone()
    def export(
        self,
        target: str | Path | None = None,
        *,
        format: str = "jsonl",
        layout: str | None = None,
        annotators: Sequence[str] = (),
        labels: Sequence[str] = (),
        states: Sequence[State] = (),
        gold: bool = False,
        dataset_card: bool = False,
        force: bool = False,
        bom: bool | None = None,
        raw_cells: bool = False,
        stream: TextIO | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> ExportReport:
        """Write the documents with their spans to `target` or, without one, to `stream`.

        `annotators`, `labels` and `states` keep only what they name; empty keeps all. `gold` writes the reviewed spans
        instead of the annotators' own. Documents without spans are written too. `progress` hears after each document
        how many are done. Nothing half-written is left behind.
        `bom` and `raw_cells` are for CSV: whether it begins with a byte-order mark (None: in a file, not in a stream),
        and whether cells stay as they are that a spreadsheet would run as formulas. Raises BadArgument where `target`
        exists (unless `force`).
        """
        for label in labels:
            self.codebook.label(label)
        if gold and annotators:
            raise BadArgument("Gold is nobody’s own: leave the annotators out, or gold.")
        documents = exchange.annotated_documents(self._store, annotators, labels, states, gold=gold)
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
            self.full_codebook(),
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


def _last(steps: "Iterator[int | ImportPreview]") -> "ImportPreview":
    return next(step for step in steps if not isinstance(step, int))
