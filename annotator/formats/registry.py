"""The table of formats: what each reads, writes and loses. A format's module is imported when it is used."""

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TextIO, cast

from annotator.domain.annotated import AnnotatedDocument
from annotator.errors import NotFound
from annotator.formats.manner import Manner
from annotator.formats.tally import Tally


class Writer(Protocol):
    """What a format's module must offer to be written."""

    def write(
        self, documents: Iterable[AnnotatedDocument], stream: TextIO, layout: str, tally: Tally, manner: Manner
    ) -> None:
        """Write every document to `stream`, holding few at a time, and count them in `tally`."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `layouts` are its shapes, the default first; `loses` are plain sentences, none when all is kept."""

    name: str
    title: str
    endings: tuple[str, ...]
    reads: bool
    writes: bool
    module: str
    layouts: tuple[str, ...] = ()
    loses: tuple[str, ...] = ()
    writes_with: str = ""
    """The module that writes it, where that is another than the one that reads it."""

    def writer(self) -> Writer:
        """Return the module that writes this format. Raises NotFound for a format that is only read."""
        if not self.writes:
            names = ", ".join(entry.name for entry in FORMATS if entry.writes)
            raise NotFound(f"The format “{self.name}” can be imported but not exported. Export knows: {names}.")
        return cast(Writer, importlib.import_module(self.writes_with or self.module))

    def layout(self, name: str | None) -> str:
        """Return the layout of that name, or the default one for None. Raises NotFound with the known names."""
        if name is None:
            return self.layouts[0]
        if name not in self.layouts:
            known = ", ".join(self.layouts)
            raise NotFound(f"The format “{self.name}” has no layout “{name}”. It has: {known}.")
        return name


FORMATS: tuple[Format, ...] = (
    Format(
        name="jsonl",
        title="JSONL",
        endings=(".jsonl", ".ndjson"),
        reads=True,
        writes=True,
        module="annotator.formats.jsonl",
        layouts=("documents", "spans"),
        loses=(
            "The history of changes stays in the project.",
            "The layout “spans” leaves out full texts, relations, the documents’ states, and documents without spans.",
            "Import takes an object a line for a document: keys are mapped to fields, others become metadata.",
            "Our own export (documents) comes in with its spans, relations and states; gold and comments do not.",
        ),
    ),
    Format(
        name="json",
        title="A list of objects as JSON",
        endings=(".json",),
        reads=True,
        writes=False,
        module="annotator.formats.json_rows",
        loses=("As JSONL: an object is a document, its keys are mapped to fields, others become metadata.",),
    ),
    Format(
        name="csv",
        title="Table (CSV, TSV)",
        endings=(".csv", ".tsv", ".tab"),
        reads=True,
        writes=True,
        module="annotator.formats.delimited",
        layouts=("spans",),
        loses=(
            "Imported, a row is a document; its columns are mapped to fields, others become metadata.",
            "Exported, a row is a span: history, full texts, states, relations, documents without spans are left out.",
            "Several values stand in one cell, with “; ” between them.",
            "Cells that begin with = + - @ get an apostrophe before them, unless raw cells are asked for.",
        ),
        writes_with="annotator.formats.csv_spans",
    ),
    Format(
        name="text",
        title="Plain text",
        endings=(".txt", ".text", ".md"),
        reads=True,
        writes=False,
        module="annotator.formats.plain_text",
        loses=("Line ends become \\n, and a byte-order mark at the start is dropped; nothing else is changed.",),
    ),
)


def of_ending(file_name: str) -> Format | None:
    """Return the format that reads files of this name, by its ending; our codebook files are no documents."""
    name = file_name.lower()
    if name.endswith(".codebook.json"):
        return None
    return next((entry for entry in FORMATS if entry.reads and name.endswith(entry.endings)), None)


def find(name: str) -> Format:
    """Return the format of that name. Raises NotFound (a BadArgument) with the known names."""
    for entry in FORMATS:
        if entry.name == name:
            return entry
    known = ", ".join(entry.name for entry in FORMATS)
    raise NotFound(f"There is no format “{name}”. Known formats: {known}.")
