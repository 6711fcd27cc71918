"""A dataset card: the `README.md` with which `datasets.load_dataset(FOLDER)` loads an export with the right types.

The front matter names the one data file, so that a codebook beside it is not taken for data, and every column's type,
so that empty lists and columns of nulls get theirs. Its form is that of Hugging Face's dataset cards.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from annotator.domain.codebook import Codebook
from annotator.formats.tally import Tally

NAME = "README.md"

Shape: TypeAlias = "str | list[Shape] | dict[str, Shape]"
"""A column's type: an Arrow type's name, a list of one type, or a record of named types."""

_META: Shape = {
    **dict.fromkeys(("title", "outlet", "author", "published", "url", "source_file"), "string"),
    "fields": [{"name": "string", "value": "string"}],
}
_ATTRIBUTES: Shape = [{"name": "string", "values": ["string"]}]
_REVIEW: Shape = {
    **dict.fromkeys(("decision", "action", "rule", "kind"), "string"),
    **dict.fromkeys(("votes", "annotators"), "int64"),
    **dict.fromkeys(("reviewer", "at", "reason"), "string"),
}
_SPAN: dict[str, Shape] = {
    "id": "string",
    "label": "string",
    "start": "int64",
    "end": "int64",
    "text": "string",
    "fragments": [{"start": "int64", "end": "int64"}],
    "annotator": "string",
    "layer": "string",
    "attributes": _ATTRIBUTES,
    "note": "string",
    "entity": "string",
    "review": _REVIEW,
    "created": "string",
    "modified": "string",
}
_RELATION: Shape = {
    "id": "string",
    "type": "string",
    "from": "string",
    "to": "string",
    "annotator": "string",
    "attributes": _ATTRIBUTES,
    "created": "string",
}
COLUMNS: Mapping[str, dict[str, Shape]] = {
    "documents": {
        "schema": "string",
        "id": "string",
        "text": "string",
        "text_sha256": "string",
        "offset_unit": "string",
        "language": "string",
        "meta": _META,
        "status": [{"annotator": "string", "state": "string"}],
        "note": "string",
        "spans": [_SPAN],
        "relations": [_RELATION],
    },
    "spans": {
        "schema": "string",
        **_SPAN,
        "context_before": "string",
        "context_after": "string",
        "document": "string",
        "document_sha256": "string",
        "offset_unit": "string",
        "language": "string",
        "meta": _META,
    },
}
"""The columns of each layout, in the order of the file."""

_LINES = {
    "documents": "One line is one document with its text, its spans, the relations among them, and each annotator’s "
    "state. Documents without spans are there too.",
    "spans": "One line is one span with its label, its text, the text around it, and its document’s metadata. "
    "Documents without spans are not in it.",
}


def card(data_file: str, layout: str, codebook: Codebook, tally: Tally) -> str:
    """Return the card's text for the data file of that name, in the same folder."""
    return "\n".join([*_front_matter(data_file, layout, tally), "", *_body(data_file, layout, codebook, tally)])


def _front_matter(data_file: str, layout: str, tally: Tally) -> Iterator[str]:
    yield "---"
    yield "# Say here under which licence you give the data away: https://hf.co/docs/hub/repositories-licenses"
    yield "license: unknown"
    yield f"pretty_name: {quoted(_title(data_file))}"
    if languages := sorted(code for code in tally.languages if re.fullmatch("[a-z]{2,3}", code)):
        yield "language:"
        yield from (f"- {quoted(code)}" for code in languages)
    yield "configs:"
    yield "- config_name: default"
    yield "  data_files:"
    yield "  - split: train"
    yield f"    path: {quoted(_literal_pattern(data_file))}"
    yield "dataset_info:"
    yield "- config_name: default"
    yield "  features:"
    for name, shape in COLUMNS[layout].items():
        yield from _feature(name, shape, "  ")
    yield "---"


def _feature(name: str, shape: Shape, indent: str) -> Iterator[str]:
    yield f"{indent}- name: {name}"
    indent += "  "
    if isinstance(shape, str):
        yield f"{indent}dtype: {quoted(shape)}"
        return
    kind, inner = ("list", shape[0]) if isinstance(shape, list) else ("struct", shape)
    if isinstance(inner, str):
        yield f"{indent}{kind}: {quoted(inner)}"
        return
    if isinstance(inner, list):
        raise TypeError("a list of lists has no place in a dataset card")
    yield f"{indent}{kind}:"
    for key, value in inner.items():
        yield from _feature(key, value, indent)


def _literal_pattern(name: str) -> str:
    """Return a pattern that matches the file of that name alone: the reader takes `*`, `?` and `[` for wildcards."""
    return re.sub(r"[*?\[]", lambda found: f"[{found[0]}]", name)


def _title(data_file: str) -> str:
    return data_file.rpartition(".")[0] or data_file


def quoted(text: str) -> str:
    """Return `text` as a YAML scalar in double quotes; what YAML does not print is escaped."""
    return '"' + "".join(_yaml_character(character) for character in text) + '"'


def _yaml_character(character: str) -> str:
    code = ord(character)
    if character in '"\\':
        return "\\" + character
    if 0x20 <= code <= 0x7E or (0xA0 <= code <= 0xD7FF and code not in (0x2028, 0x2029)):
        return character
    if (0xE000 <= code <= 0xFFFD and code != 0xFEFF) or code >= 0x10000:
        return character
    return f"\\u{code:04x}"


def _body(data_file: str, layout: str, codebook: Codebook, tally: Tally) -> Iterator[str]:
    yield f"# {plain(_title(data_file))}"
    yield ""
    yield f"Annotated texts, exported by annotator as JSONL. {_LINES[layout]}"
    yield ""
    yield f"- {_counted(tally.documents, 'document')}, {_counted(tally.spans, 'span')}{_related(layout, tally)}"
    yield f"- Annotators: {_named_counts(tally.annotators)}"
    yield "- `start` and `end` count Unicode code points from 0; `end` is exclusive. In Python,"
    yield "  `text[start:end]` is the span’s `text`; several fragments are joined by one blank."
    yield "- Times are UTC. Annotators’ spans are kept apart; none was merged with another’s."
    yield ""
    yield "```python"
    yield "from datasets import load_dataset"
    yield ""
    yield 'data = load_dataset("PATH OF THIS FOLDER", split="train")'
    yield "```"
    yield ""
    yield "## Licence"
    yield ""
    yield "Not stated. The texts may belong to others: say here what may be done with them, and in `license` above."
    yield ""
    yield "## Codebook"
    yield ""
    for label in codebook:
        yield f"### {plain(label.name)}"
        yield ""
        yield f"{_counted(tally.labels[label.name], 'span')}. {plain(label.guideline)}".rstrip()
        yield ""


def _related(layout: str, tally: Tally) -> str:
    return f", {_counted(tally.relations, 'relation')}" if layout == "documents" and tally.relations else ""


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _named_counts(counts: Counter[str]) -> str:
    """Return the names with their counts, the most first; of many, the first twenty."""
    if not counts:
        return "none"
    named = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown = ", ".join(f"{plain(name)} ({_counted(count, 'span')})" for name, count in named[:20])
    return shown + (f" and {len(named) - 20} more" if len(named) > 20 else "")


def plain(text: str) -> str:
    """Return `text` on one line, with escapes where Markdown or HTML would take it for more; not for a line's start."""
    return re.sub(r"([\\`*_{}\[\]<>#|~$&@])", r"\\\1", " ".join(text.split()))
