"""The sample corpus as documents: the five articles of `seeds/` with what their manifest says of them."""

import json

from annotator import paths
from annotator.domain.document import Document, describe
from annotator.formats import plain_text


def sample_documents() -> list[tuple[Document, str]]:
    """Return the articles in order, each with its text."""
    folder = paths.seeds()
    entries = json.loads((folder / "manifest.json").read_text("utf-8"))
    found = []
    for entry in entries:
        read = plain_text.read(folder / entry["file"])
        document = describe(
            read.text,
            document_id=entry["id"],
            source_file=read.source_file,
            source_sha256=read.source_sha256,
            title=entry["title"],
            outlet=entry["outlet"],
            author=entry["author"],
            published=entry["date"],
            language="en",
        )
        found.append((document, read.text))
    return found
