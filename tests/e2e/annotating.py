"""Steps that the end-to-end tests share: the sample articles, tagging, and what the export says of the result."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from jsonschema import Draft202012Validator

from annotator import paths
from tests.conftest import XDG_FOLDERS
from tests.e2e.desktop import ROOT
from tests.e2e.window import Window

TEXT, DOCUMENTS, SPANS = "Document text", "Documents", "Spans"
LABELS = ("claim", "quote", "actor", "policy recommendation")
ARTICLES = json.loads((ROOT / "seeds" / "manifest.json").read_text("utf-8"))


class Tagged(NamedTuple):
    """A span as a test wants it: words of the article with that number, under a label."""

    article: int
    label: str
    words: str


# All four labels, five articles; the three about "the worst of the worst" overlap, two of them cross.
TAGS = (
    Tagged(0, "claim", "its aim was to remove “the worst of the worst” immigrant criminals"),
    Tagged(0, "quote", "the worst of the worst"),
    Tagged(0, "actor", "immigrant criminals from the United States"),
    Tagged(1, "actor", "Chuck Wexler"),
    Tagged(1, "policy recommendation", "overhaul the embattled Secure Communities program"),
    Tagged(2, "quote", "The only way forward is to end this program"),
    Tagged(3, "policy recommendation", "ensure that victims of domestic violence"),
    Tagged(4, "claim", "the program encourages racial profiling"),
    Tagged(4, "actor", "Julia Preston"),
)


def article_text(article: int) -> str:
    return Path(ROOT, "seeds", ARTICLES[article]["file"]).read_text("utf-8")


def as_stored(shown: str) -> str:
    """The text as stored, from the one shown: Qt reads line ends and no-break spaces out in its own way."""
    return shown.replace("\u2028", "\n").replace("\u2029", "\n")


def is_open(window: Window, article: int) -> bool:
    same = str.maketrans("\u00a0", " ")
    return as_stored(window.text(TEXT)).translate(same) == article_text(article).translate(same)


def wait_until_open(window: Window, article: int) -> None:
    window.wait_for(lambda: is_open(window, article), f"article {article} to be shown")


def item_of(tag: Tagged) -> str:
    """How the list of spans names it: `claim: “the first words…”`; here its beginning."""
    return f"{tag.label}: “{tag.words[:12]}"


def listed(window: Window, tag: Tagged) -> bool:
    return any(item.startswith(item_of(tag)) for item in window.items(SPANS))


def wait_until_listed(window: Window, tag: Tagged) -> None:
    window.wait_for(lambda: listed(window, tag), f"the span “{tag.words}” in the list of spans")


def wait_until_not_listed(window: Window, tag: Tagged) -> None:
    window.wait_for(lambda: not listed(window, tag), f"the span “{tag.words}” to leave the list of spans")


def saved(window: Window) -> str | None:
    """The foot's "Saved 14:03:22", or None."""
    return next((name for name in window.names() if name.startswith("Saved ")), None)


def project_of(home: Path) -> Path:
    """The sample project that the program made in the user's data folder."""
    (project,) = (home / XDG_FOLDERS["XDG_DATA_HOME"]).rglob("*.annotator")
    return project


def command(*arguments: object) -> str:
    """Run the command line as its user does; returns what it printed."""
    line = [sys.executable, "-m", "annotator", *map(str, arguments)]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, f"{arguments} ended with {done.returncode}: {done.stderr}"
    return done.stdout


def exported(project: Path, target: Path) -> set[Tagged]:
    """Export to `target`; every line is valid and every span's text is its slice. Returns the spans."""
    command("export", project, "-o", target)
    schema = json.loads((paths.resources() / "schema" / "annotator-1.schema.json").read_text("utf-8"))
    validator = Draft202012Validator(schema)
    records = [json.loads(line) for line in target.read_text("utf-8").split("\n") if line]
    assert [record["id"] for record in records] == [article["id"] for article in ARTICLES]
    spans = set()
    for number, record in enumerate(records):
        validator.validate(record)
        assert record["text"] == article_text(number)
        for span in record["spans"]:
            assert span["text"] == record["text"][span["start"] : span["end"]]
            spans.add(Tagged(number, span["label"], span["text"]))
    return spans


def sound(project: Path) -> bool:
    """Whether `annotator check` finds nothing wrong."""
    return bool(json.loads(command("check", project, "--json"))["well"])


def by_article(tags: Iterable[Tagged]) -> dict[int, list[Tagged]]:
    grouped: dict[int, list[Tagged]] = {}
    for tag in tags:
        grouped.setdefault(tag.article, []).append(tag)
    return grouped
