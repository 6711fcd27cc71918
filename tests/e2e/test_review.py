"""A study by three people on a real screen: handed out, annotated, taken back, decided by keys, and handed back."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.annotating import (
    ARTICLES,
    TAGS,
    TEXT,
    Tagged,
    by_article,
    command,
    sound,
    wait_until_listed,
    wait_until_open,
)
from tests.e2e.window import Window

pytestmark = pytest.mark.timeout(600)

KEYS = {"claim": "1", "quote": "2", "actor": "3", "policy recommendation": "4"}
# Ben agrees with Ana (TAGS) on five spans; on the others he has another end, another label, two fragments, nothing,
# or something that she hasn't.
AGREED = (TAGS[1], TAGS[3], TAGS[6], TAGS[7], TAGS[8])
BOUNDARY = Tagged(0, "claim", "its aim was to remove")
LABEL = Tagged(1, "claim", TAGS[4].words)
FRAGMENTS = Tagged(2, "quote", "The only way forward"), "end this program"
MORE = Tagged(4, "actor", "Kate Desormeau")
BEN = (*AGREED, BOUNDARY, LABEL, FRAGMENTS[0], MORE)

Open = Callable[..., Window]


def hand_out(window: Window, name: str, target: Path) -> None:
    """File > Hand out documents…, by keys: the name, the file, all documents, Enter."""
    window.key("alt+f", "h")
    window.wait_for(lambda: "For whom" in window.focused(), "the dialog to ask for whom")
    window.type(name)
    fill(window, "File", str(target))
    window.key("Return")
    window.wait_for(target.exists, f"the file for {name}")


def fill(window: Window, name: str, text: str) -> None:
    """Walk to a field of a dialog with Tab and put a text in the place of what it has."""
    for _ in range(8):
        if name in window.focused():
            break
        window.key("Tab")
    assert name in window.focused()
    window.key("ctrl+a")
    window.type(text)


def annotate(window: Window, tags: tuple[Tagged, ...]) -> None:
    """Tag with the keyboard, article by article, and mark each done."""
    window.focus_with_keys(TEXT)
    for article, mine in sorted(by_article(tags).items()):
        wait_until_open(window, article)
        for tag in mine:
            window.select_with_keys(TEXT, tag.words)
            window.key(KEYS[tag.label])
            wait_until_listed(window, tag)
            if tag == FRAGMENTS[0]:
                window.select_with_keys(TEXT, FRAGMENTS[1])
                window.key("f")
            window.key("Escape", "Escape")
        window.key("ctrl+Return")
    window.wait_for(lambda: "5 of 5 done" in window.names(), "all to be done")


def take_back(window: Window, file: Path) -> None:
    """File > Take work back…, by keys: the file, and Enter when what would come in is shown."""
    window.key("alt+f", "t")
    window.wait_for(lambda: "File name:" in window.names(), "the file dialog")
    window.type(str(file))
    window.key("Return")
    window.wait_for(lambda: "Work to take in" in window.names(), "what would come in")
    window.wait_for(lambda: any(name.startswith("Take ") for name in window.focused()), "it to be read")
    window.key("Return")


def queue(project: Path) -> Any:
    return json.loads(command("review", project, "queue", "--annotator", "Ruth", "--json"))


def decided(project: Path) -> list[tuple[str, str]]:
    """Kind and action of what is decided, in the order of the texts."""
    return [(item["kind"], item["decision"]["action"]) for item in queue(project) if item["decision"]]


def has_decided(project: Path, number: int) -> bool:
    return len(decided(project)) == number


def test_a_study_goes_out_comes_back_is_decided_and_goes_back(open_window: Open, tmp_path: Path) -> None:
    project = tmp_path / "study.annotator"
    command("new", project, "--sample")
    lead = open_window(str(project))
    wait_until_open(lead, 0)
    for name in ("Ana", "Ben"):
        hand_out(lead, name, tmp_path / f"{name}.annotator")
    lead.close()
    for name, tags in (("Ana", TAGS), ("Ben", BEN)):
        theirs = open_window(str(tmp_path / f"{name}.annotator"))
        annotate(theirs, tags)
        theirs.close()
    lead.start()
    wait_until_open(lead, 0)
    for name in ("Ana", "Ben"):
        take_back(lead, tmp_path / f"{name}.annotator")
    lead.wait_for(lambda: len(queue(project)) == 10, "the work of both")
    assert sorted(item["kind"] for item in queue(project)) == sorted(
        ["unanimous"] * 5 + ["boundary"] * 2 + ["label"] + ["missing"] * 2
    )
    decide(lead, project)
    gold(project, tmp_path / "gold.jsonl")
    hand_back(lead, "Ana", tmp_path / "back.annotator")
    lead.close()
    look_back(open_window(str(tmp_path / "back.annotator")))
    assert sound(project)
    assert sound(tmp_path / "back.annotator")


KINDS = ("Missing", "Boundary", "Label", "Unanimous")
STEPS = {  # by kind, what is done with the first such item and with those after it
    "Missing": (("1",), ("x",)),
    "Boundary": (("e", "alt+Left", "Return"), ("s",)),
    "Label": (("2",),),
    "Unanimous": (("a",),),
}


def decide(window: Window, project: Path) -> None:
    """Ctrl+2, then every item by a key or two; after each decision the next item comes by itself."""
    window.key("ctrl+2")
    window.wait_for(lambda: window.items("Queue"), "the queue")
    window.key("alt+r", "s")  # what is unanimous in this article, at once
    window.wait_for(lambda: "Merge" in window.focused(), "the question")
    window.key("Return")
    window.wait_for(lambda: decided(project) == [("unanimous", "accept")], "what is unanimous")
    window.key("c")
    window.type("Is she an actor?")
    window.key("Return", "Escape")
    done = dict.fromkeys(KINDS, 0)
    for number in range(1, 10):
        kind = window.wait_for(lambda: next((name for name in window.names() if name in KINDS), None), "an item")
        keys = STEPS[kind][min(done[kind], len(STEPS[kind]) - 1)]
        done[kind] += 1
        window.key(*keys)
        window.wait_for(partial(has_decided, project, number + 1), f"{keys} to decide on {kind.lower()}")
    assert sorted(decided(project)) == sorted(
        [("unanimous", "accept")] * 5
        + [("missing", "accept"), ("missing", "reject"), ("label", "accept")]
        + [("boundary", "correct"), ("boundary", "defer")]
    )


def gold(project: Path, target: Path) -> None:
    """The reviewed spans go out with what was decided."""
    command("export", project, "--gold", "-o", target)
    lines = [json.loads(line) for line in target.read_text("utf-8").split("\n") if line]
    assert [line["id"] for line in lines] == [article["id"] for article in ARTICLES]
    spans = [span for line in lines for span in line["spans"]]
    assert len(spans) == 8
    assert {span["layer"] for span in spans} == {"gold"}
    assert sorted(span["review"]["action"] for span in spans) == ["accept"] * 7 + ["correct"]


def hand_back(window: Window, name: str, target: Path) -> None:
    """File > Hand work back…, by keys; the first of those whose work there is stands there already."""
    window.key("alt+f", "w")
    window.wait_for(lambda: "Hand work back" in window.names() and name in window.names(), "the dialog to ask to whom")
    fill(window, "File", str(target))
    window.key("Return")
    window.wait_for(target.exists, "the file that goes back")


def look_back(window: Window) -> None:
    """The annotator walks through what was decided on their spans, and reads what was said."""
    window.key("ctrl+2", "alt+r", "y")
    window.wait_for(lambda: len(window.items("Queue")) >= 9, "their spans with what was decided")
    for _ in range(10):
        if "Is she an actor?" in window.names():
            break
        window.key("j")
    window.wait_for(lambda: "Is she an actor?" in window.names(), "the comment")
