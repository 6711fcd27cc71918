"""A whole article of 500 words, 30 spans with attributes and relations: without the mouse, and without the keyboard.

In the quick suite the first spans alone: thirty take minutes.
"""

import json
from pathlib import Path

import pytest

from tests.conftest import many
from tests.e2e.annotating import LABELS, TEXT, command, project_of, sound, wait_until_open
from tests.e2e.desktop import ROOT
from tests.e2e.window import Window

ARTICLE = json.loads((ROOT / "tests" / "shots_dense.json").read_text("utf-8"))
NUMBER = many(12, 30)
SPANS = [(label, words, sum(occurrence)) for label, words, *occurrence in ARTICLE["spans"][:NUMBER]]
QUOTES = [words for label, words, _ in SPANS if label == "quote"]
RELATIONS, LIST = "Relations", "Spans"

pytestmark = pytest.mark.timeout(900)  # thirty spans take a person ten minutes


def number_of_spans(window: Window, number: int) -> None:
    window.wait_for(lambda: len(window.items(LIST)) == number, f"{number} spans")


def taken_away(project: Path, target: Path) -> tuple[list[tuple[str, str]], dict[str, str], dict[str, list[str]]]:
    """The export of the article: labels and words, by quote who said it, and what was answered about it."""
    command("export", project, "-o", target)
    record = json.loads(target.read_text("utf-8").split("\n")[0])
    words = {span["id"]: span["text"] for span in record["spans"]}
    said = {words[each["from"]]: words[each["to"]] for each in record["relations"] if each["type"] == "said by"}
    answers = {span["text"]: span["attributes"][0]["values"] for span in record["spans"] if span["attributes"]}
    return sorted((span["label"], span["text"]) for span in record["spans"]), said, answers


def all_is_there(window: Window, home: Path, folder: Path, said: dict[str, str]) -> None:
    assert any(name.startswith("Saved ") for name in window.names())
    found, relations, answers = taken_away(project_of(home), folder / "out.jsonl")
    assert found == sorted((label, words) for label, words, _ in SPANS)
    assert relations == said
    assert {quote: answers[quote] for quote in QUOTES} == {quote: ["direct"] for quote in QUOTES}
    assert sound(project_of(home))


def test_without_the_mouse(window: Window, home: Path, tmp_path: Path) -> None:
    wait_until_open(window, 0)
    window.focus_with_keys(TEXT)
    said: dict[str, str] = {}
    actor = ""
    for number, (label, words, occurrence) in enumerate(SPANS, 1):
        window.select_with_keys(TEXT, words, occurrence)
        window.key(str(LABELS.index(label) + 1))
        number_of_spans(window, number)
        window.key("Return", "1", "Escape")  # the first answer to the first question about it
        if label == "actor":
            actor = words
        elif label == "quote":
            window.key("r", "shift+Tab", "Return")  # the actor before it: only actors say quotes
            said[words] = actor
            window.wait_for(lambda: len(window.items(RELATIONS)) == 1, "the relation")
        window.key("Escape", "Escape")
    all_is_there(window, home, tmp_path, said)


def test_without_the_keyboard(window: Window, home: Path, tmp_path: Path) -> None:
    wait_until_open(window, 0)
    said: dict[str, str] = {}
    actor = ""
    for number, (label, words, occurrence) in enumerate(SPANS, 1):
        window.drag_over(TEXT, words, occurrence)
        window.click(label)
        number_of_spans(window, number)
        if label == "actor" and not occurrence:
            actor = words
        elif label == "quote":
            window.click("direct")
            window.click("Relate")
            window.click_text(TEXT, actor)
            said[words] = actor
            window.wait_for(lambda: len(window.items(RELATIONS)) == 1, "the relation")
    all_is_there(window, home, tmp_path, said)
