"""`make shots`: pictures of the real window on the sample articles, light and dark, in three sizes.

Four kinds: as a day's work looks; one article with 40 spans, four deep, and the arrows of ten relations (`dense`); the
example annotations under review, some of them decided (`review`), and as charts (`analyse`).

    python -m tests.shots --out FOLDER [--only light-1440x900]

Files are `FOLDER/annotator-light-1440x900.png`, `FOLDER/annotator-review-dark-1024x700.png` and so on. The README's
picture is `resources/screenshot.png`, light at 1440x900. The window is started as the end-to-end tests start it;
nothing of the user's own is read or written.
"""

import argparse
import json
import shutil
import tempfile
from itertools import product
from pathlib import Path

import annotator
from annotator.domain.document import State
from annotator.domain.review import Action, Kind, Rule
from annotator.settings import Settings
from tests.e2e.desktop import ROOT, Desktop
from tests.e2e.window import Window

README_PICTURE = ROOT / "resources" / "screenshot.png"
SIZES = ((1440, 900), (1024, 700), (2560, 1440))
ROOM = (60, 80)  # pixels of screen beside and below the window, for what the window manager draws
NAME = "Noor Haddad"
CHOSEN = "quote: ““unintended negative"

# What a careful annotator would tag: label and words, by article; words that stand twice mean the first place.
ANNOTATIONS = Path(__file__).with_suffix(".json")
DENSE = Path(__file__).with_name("shots_dense.json")


def make_project(path: Path) -> None:
    """Make the sample project, annotated."""
    with annotator.new(path, sample=True, annotator=NAME) as project:
        for annotated in json.loads(ANNOTATIONS.read_text("utf-8")):
            document = annotated["document"]
            text = project.documents.text(document)
            for label, words in annotated["spans"]:
                start = text.index(words)
                project.tag(document, label, start, start + len(words))
            project.set_state(document, State(annotated["state"]))


def make_dense_project(path: Path) -> None:
    """Make the sample project, one article annotated as densely as it gets."""
    dense = json.loads(DENSE.read_text("utf-8"))
    with annotator.new(path, sample=True, annotator=NAME) as project:
        text = project.documents.text(dense["document"])
        spans = []
        for label, words, *occurrence in dense["spans"]:
            start = -1
            for _ in range(1 + sum(occurrence)):
                start = text.index(words, start + 1)
            spans.append(project.tag(dense["document"], label, start, start + len(words)))
        for source, kind, target in dense["relations"]:
            project.relate(spans[source].id, kind, spans[target].id)


def make_reviewed_project(path: Path) -> None:
    """Make the sample project with the example annotations, some of what differs decided and talked about."""
    with annotator.new(path, sample=True, annotator=NAME) as project:
        project.take_examples()
        items = project.review_queue(documents=[next(iter(project.documents)).id])
        project.merge(items[:20], Rule.UNANIMOUS)
        boundary = [item for item in items if item.kind is Kind.BOUNDARY]
        project.decide(boundary[0], Action.ACCEPT, candidate=1, reason="The guideline says the whole clause.")
        spans = [span.id for span in boundary[1].spans]
        project.comment(boundary[1].document, "Is “recommend that” part of the recommendation?", spans=spans)
    with annotator.open(path, "Ana Ruiz") as ana:
        ana.comment(boundary[1].document, "The guideline says: the action alone.", spans=spans)


MAKERS = {
    "": make_project,
    "dense": make_dense_project,
    "review": make_reviewed_project,
    "analyse": make_reviewed_project,
}


def take(size: tuple[int, int], dark: bool, kind: str, picture: Path) -> None:
    """One picture: a desktop, a project and a window of its own, brought to what the kind shows."""
    folder = Path(tempfile.mkdtemp(prefix="annotator-shots-"))
    home = folder / "home"
    project = folder / "Secure Communities debate.annotator"
    MAKERS[kind](project)
    Settings(annotator=NAME, all_relations=kind == "dense").save(home / ".config" / "annotator" / "settings.json")
    desktop = Desktop(folder, (size[0] + ROOM[0], size[1] + ROOM[1]), dark=dark)
    try:
        desktop.start()
        window = Window(desktop, home, [str(project)]).start()
        window.resize(*size)
        SHOW[kind](window)
        window.shot(picture)
    finally:
        desktop.end()
        shutil.rmtree(folder, ignore_errors=True)


def show_relations(window: Window) -> None:
    """The arrows of all relations, and their list."""
    window.wait_for(lambda: window.items("Spans"), "the spans")
    window.press("Show relations")
    window.wait_for(lambda: window.items("All relations"), "the relations")


def show_review(window: Window) -> None:
    """The item that was talked about."""
    window.wait_for(lambda: window.text("Document text"), "the text")
    window.key("ctrl+2")
    window.wait_for(lambda: window.items("Queue"), "the queue")
    for _ in range(10):
        if any(name.startswith("Conversation, 2") for name in window.names()):
            break
        window.key("j")


def show_analyse(window: Window) -> None:
    """The overview, with its figures."""
    window.wait_for(lambda: window.text("Document text"), "the text")
    window.key("ctrl+3")
    window.wait_for(lambda: any(name.startswith("Figures of") for name in window.names()), "the figures")


def choose(window: Window, item: str) -> None:
    """Choose a span as the keys do: Tab walks the spans in the order of their list."""
    items = window.wait_for(lambda: window.items("Spans"), "the spans")
    place = next(number for number, name in enumerate(items) if name.startswith(item))
    window.focus_with_keys("Document text")
    window.key("Tab", times=place + 1)


SHOW = {
    "": lambda window: choose(window, CHOSEN),
    "dense": show_relations,
    "review": show_review,
    "analyse": show_analyse,
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Pictures of the real window.")
    parser.add_argument("--out", type=Path, default=Path("/tmp"))
    parser.add_argument("--only", default="", help="part of a name, for instance light or 1024x700")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for kind, dark, size in product(MAKERS, (False, True), SIZES):
        look = f"{kind}{'-' if kind else ''}{'dark' if dark else 'light'}-{size[0]}x{size[1]}"
        picture = options.out / f"annotator-{look}.png"
        if options.only not in picture.name:
            continue
        take(size, dark, kind, picture)
        print(picture, flush=True)
        if picture.name == "annotator-light-1440x900.png":
            shutil.copyfile(picture, README_PICTURE)
            print(README_PICTURE.relative_to(ROOT), flush=True)


if __name__ == "__main__":
    main()
