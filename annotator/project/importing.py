"""What an import would bring into a project: files are read, described, and compared with what is there.

Step by step, so that a long import can be watched and stopped, and short jobs of the window go between.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.domain import likeness, metadata
from annotator.domain.document import BEGINNING, Document, describe
from annotator.domain.incoming import Alike, ImportOptions, ImportPreview, Incoming, Near, Refused, Source
from annotator.domain.text import normalise, sha256
from annotator.errors import BadArgument, BadContent
from annotator.formats import folders, mojibake, plain_text, reading
from annotator.formats.reading import Whole
from annotator.formats.rows import Draft
from annotator.project.documents import Documents

MOST_DOCUMENTS = 100_000
"""Documents of one import."""
MOST_CHARACTERS = 1_000_000_000
"""Code points of one import, which are all in memory until they are written."""
MOST_COMPARED = 20_000
"""Documents of one import that are compared with others for near-duplicates."""

_NEAR = 3  # near-duplicates that are named for one document
_FEW, _SAMPLED = 2_000, 128  # documents up to which so many runs of words of each are held
_PASTED = "pasted"
_TURNED = {Alike.PART: Alike.WHOLE, Alike.WHOLE: Alike.PART, Alike.SAME: Alike.SAME}


@dataclass(slots=True)
class _Batch:
    """The documents of an import as they are found."""

    taken: dict[str, Document]
    by_text: dict[str, Document]
    incoming: list[Incoming] = field(default_factory=list)
    in_batch: dict[str, Document] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    numbers: Counter[str] = field(default_factory=Counter)  # of documents in one file
    characters: int = 0

    @classmethod
    def beside(cls, documents: Documents) -> "_Batch":
        present = list(documents)
        return cls({each.id: each for each in present}, documents.by_text())

    def free_id(self, wanted: str) -> str:
        """Return `wanted`, with a number behind it where another document has it."""
        number, found = 2, wanted
        while found in self.taken or found in self.ids:
            found, number = f"{wanted}-{number}", number + 1
        return found

    def add(self, draft: Draft, path: str, name: str | None, default_id: str, *, repair: bool) -> None:
        """Put a document in. Raises BadContent where its id is another document's."""
        found = mojibake.find(draft.text)
        stored = found.text if found and repair else draft.text
        text_sha256 = sha256(stored)
        same = self.by_text.get(text_sha256) or self.in_batch.get(text_sha256)
        own_id = draft.fields.get("id")
        if own_id and not same and (own_id in self.taken or own_id in self.ids):
            raise BadContent(
                f"its id “{own_id}” is another document’s. Map no column to the id, and it gets a new one."
            )
        fields = {key: value for key, value in draft.fields.items() if key != "id"}
        source_file = draft.source_file or name
        new_id = own_id or self.free_id(default_id)
        document = describe(stored, document_id=new_id, source_file=source_file, fields=draft.more, **fields)
        document = replace(document, note=draft.note)
        if not same:
            self.ids.add(document.id)
            self.in_batch[text_sha256] = document
        key = path
        while key in self.keys:
            key, self.numbers[path] = f"{path}#{self.numbers[path] + 1}", self.numbers[path] + 1
        self.keys.add(key)
        in_batch = same is not None and text_sha256 not in self.by_text
        self.incoming.append(
            Incoming(key, path, draft.line, document, draft.text, found, bool(found and repair), same, in_batch)
        )
        self.characters += len(draft.text)
        if len(self.incoming) > MOST_DOCUMENTS or self.characters > MOST_CHARACTERS:
            raise BadArgument(
                f"That is over {MOST_DOCUMENTS:,} documents or {MOST_CHARACTERS:,} characters, the most at once. "
                "Import it in parts."
            )


def preview_files(
    documents: Documents, paths: Sequence[str | Path], options: ImportOptions
) -> Iterator[int | ImportPreview]:
    """Yield how many documents were read or compared so far, and the preview last."""
    files, notes = folders.expand(paths)
    if paths and not files:
        raise BadArgument(f"There is no file in the folder {paths[0]} that can be read. What can: annotator formats")
    batch = _Batch.beside(documents)
    sources: list[Source] = []
    refused: list[Refused] = []
    for path in files:
        first = len(batch.incoming)
        try:
            for found in reading.read(path, options):
                _take(found, path, batch, refused, sources, first, options)
                yield len(batch.incoming)
        except BadContent as error:
            refused.append(Refused(str(path), None, BadContent(f"{path}: {error}")))
            sources.append(Source(str(path), Path(path).name, ""))
    yield from _compared(documents, batch)
    if len(batch.incoming) > MOST_COMPARED:
        notes.append(f"Only the first {MOST_COMPARED:,} documents were compared with others for near-duplicates.")
    yield ImportPreview(tuple(sources), tuple(batch.incoming), tuple(refused), tuple(notes))


def _take(
    found: Draft | Refused | Whole,
    path: Path,
    batch: _Batch,
    refused: list[Refused],
    sources: list[Source],
    first: int,
    options: ImportOptions,
) -> None:
    if isinstance(found, Refused):
        refused.append(found)
    elif isinstance(found, Whole):
        sources.append(found.source)
        for at in range(first, len(batch.incoming)):
            each = batch.incoming[at]
            batch.incoming[at] = replace(each, document=replace(each.document, source_sha256=found.sha256))
    else:
        name = plain_text.shown_name(path)
        default = Path(name).stem if found.line is None else f"{Path(name).stem}-{len(batch.incoming) - first + 1}"
        try:
            batch.add(found, str(path), name, default, repair=options.repair)
        except BadContent as error:
            refused.append(Refused(str(path), found.line, error))


def preview_text(
    documents: Documents, text: str, title: str | None, *, repair: bool = False
) -> Iterator[int | ImportPreview]:
    """As `preview_files`, for one text that was pasted. Raises BadContent or BadArgument for what can't be stored."""
    stored = normalise(text)
    if not stored.strip():
        raise BadContent("There is no text. Copy some text first.")
    batch = _Batch.beside(documents)
    checked_title = metadata.checked("title", title)
    fields = {"title": checked_title} if checked_title else {}
    batch.add(Draft(None, stored, fields), "", None, _PASTED, repair=repair)
    yield from _compared(documents, batch)
    yield ImportPreview((Source("", "", "text"),), tuple(batch.incoming), ())


def _compared(documents: Documents, batch: _Batch) -> Iterator[int]:
    """Find, for each new document, those in the project and those earlier in the import that are nearly the same."""
    incoming, near = batch.incoming, dict[int, list[Near]]()
    few = len(incoming) <= _FEW
    index: likeness.Index[int] = likeness.Index(
        lambda at: likeness.shingles(incoming[at].stored), _SAMPLED if few else _SAMPLED // 2
    )
    for at, each in enumerate(incoming[:MOST_COMPARED]):
        if each.same is None:
            mine = likeness.shingles(each.stored)
            for other, how, share in index.alike(mine):
                document = incoming[other].document
                near.setdefault(at, []).append(Near(document.id, document.heading, _TURNED[how], share, in_batch=True))
            index.add(at, mine)
        yield at + 1
    for document in documents if len(index) else ():
        for at, how, share in index.alike(likeness.shingles(documents.text(document.id))):
            near.setdefault(at, []).append(Near(document.id, document.heading, how, share))
        yield len(incoming)
    for at, found in near.items():
        found.sort(key=lambda each: (-each.share, each.id))
        incoming[at] = replace(incoming[at], near=tuple(found[:_NEAR]))


def checked(preview: ImportPreview, *, skip_bad: bool) -> None:
    """Raise what keeps a preview from being imported as it is: files that somebody must say more of, refused ones."""
    for source in preview.uncertain:
        name = source.encoding.name if source.encoding else ""
        say = f"name the encoding ({name})" if source.needs == "encoding" else "say which"
        raise BadContent(f"{source.path}: {source.problem}: {say}. Nothing was imported.")
    if preview.refused and not skip_bad:
        first = preview.refused[0]
        if len(preview.refused) == 1 and first.line is None:
            raise first.error
        place = f"{first.path}, line {first.line}" if first.line is not None else "the first"
        raise BadContent(
            f"{len(preview.refused):,} of {len(preview.refused) + len(preview.incoming):,} documents were refused; "
            f"{place}: {first.reason} Nothing was imported."
        )


def with_repair(incoming: Incoming, *, repair: bool) -> Incoming:
    """Return a document with its mojibake repaired, or left as it is in the file."""
    if incoming.mojibake is None or incoming.repaired == repair:
        return incoming
    stored = incoming.mojibake.text if repair else incoming.text
    document = replace(incoming.document, text_sha256=sha256(stored), length=len(stored), beginning=stored[:BEGINNING])
    return replace(incoming, document=document, repaired=repair)


def settled(
    documents: Documents, incoming: Iterable[Incoming]
) -> tuple[tuple[Document, ...], tuple[Document, ...], dict[str, str]]:
    """Return what is new now and what is there already, and the new texts by hash; an id taken meanwhile is changed."""
    batch = _Batch.beside(documents)
    texts: dict[str, str] = {}
    present: list[Document] = []
    for each in incoming:
        document = each.document
        if same := batch.by_text.get(document.text_sha256) or batch.in_batch.get(document.text_sha256):
            present.append(same)
            continue
        document = replace(document, id=batch.free_id(document.id))
        batch.ids.add(document.id)
        batch.in_batch[document.text_sha256] = document
        texts[document.text_sha256] = each.stored
    return tuple(batch.in_batch.values()), tuple(present), texts
