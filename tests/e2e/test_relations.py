"""Relations on a real screen, with real keys and a real mouse; and the two choices among many: spans, and labels."""

import json
from pathlib import Path

from tests.e2e.annotating import (
    SPANS,
    TEXT,
    Tagged,
    command,
    project_of,
    sound,
    wait_until_listed,
    wait_until_open,
)
from tests.e2e.window import Window

RELATIONS = "Relations"
CLAIM = Tagged(0, "claim", "denounced the program that has resulted in mass deportations")
OTHER = Tagged(0, "claim", "only violent criminals would be swept up")
QUOTE = Tagged(0, "quote", "the program that has")
ACTOR = Tagged(0, "actor", "Latino activists")
LATER = Tagged(0, "actor", "The task force released")


def tag_with_keys(window: Window, *tags: Tagged) -> None:
    for tag in tags:
        window.select_with_keys(TEXT, tag.words)
        window.key({"claim": "1", "quote": "2", "actor": "3"}[tag.label])
        wait_until_listed(window, tag)
        window.key("Escape", "Escape")


def exported_relations(project: Path, target: Path) -> set[tuple[str, str, str]]:
    """The relations of the export: the words, the type, the words."""
    command("export", project, "-o", target, "--force")
    found = set()
    for line in target.read_text("utf-8").split("\n"):
        record = json.loads(line) if line else {"spans": [], "relations": []}
        words = {span["id"]: span["text"] for span in record["spans"]}
        found |= {(words[each["from"]], each["type"], words[each["to"]]) for each in record["relations"]}
    return found


def test_relations_with_keys_alone(window: Window, home: Path, tmp_path: Path) -> None:
    wait_until_open(window, 0)
    window.focus_with_keys(TEXT)
    tag_with_keys(window, ACTOR, CLAIM, OTHER)
    window.key("ctrl+Home", "Tab", "Tab", "r", "Tab", "Return")  # the second span; the next that fits is a claim
    window.wait_for(window.popup_is_open, "the types that fit between two claims")
    window.key("2")
    window.wait_for(lambda: window.items(RELATIONS) == [f"contradicts → claim: “{OTHER.words}”"], "the relation")
    window.key("r", "shift+Tab", "Return")  # back to the only actor, to which one type leads
    window.wait_for(lambda: f"said by → actor: “{ACTOR.words}”" in window.items(RELATIONS), "the second relation")
    drawn = {(CLAIM.words, "contradicts", OTHER.words), (CLAIM.words, "said by", ACTOR.words)}
    assert exported_relations(project_of(home), tmp_path / "out.jsonl") == drawn
    window.key("ctrl+z", "ctrl+z")
    window.wait_for(lambda: window.items(RELATIONS) == [], "both to be taken back")
    window.key("ctrl+shift+z", "ctrl+shift+z")
    window.wait_for(lambda: len(window.items(RELATIONS)) == 2, "both to be there again")
    assert sound(project_of(home))


def test_relations_with_the_mouse_alone(window: Window, home: Path, tmp_path: Path) -> None:
    wait_until_open(window, 0)
    for tag in (ACTOR, CLAIM, LATER):
        window.drag_over(TEXT, tag.words)
        window.click(tag.label)
        wait_until_listed(window, tag)
    window.click_text(TEXT, CLAIM.words)
    window.click("Relate")
    window.click_text(TEXT, ACTOR.words)
    window.wait_for(lambda: window.items(RELATIONS) == [f"said by → actor: “{ACTOR.words}”"], "the relation")
    window.drag_letter(TEXT, LATER.words, CLAIM.words)
    window.wait_for(
        lambda: window.items(RELATIONS) == [f"said by ← claim: “{CLAIM.words}”"],
        "the relation that was dragged",
    )
    drawn = {(CLAIM.words, "said by", ACTOR.words), (CLAIM.words, "said by", LATER.words)}
    assert exported_relations(project_of(home), tmp_path / "out.jsonl") == drawn
    window.click_item(RELATIONS, 0)
    window.wait_for(lambda: len(window.items(RELATIONS)) == 2, "the other end to be chosen")


def test_where_spans_overlap_a_click_offers_them_all(window: Window) -> None:
    wait_until_open(window, 0)
    window.focus_with_keys(TEXT)
    tag_with_keys(window, CLAIM, QUOTE)
    window.click_text(TEXT, QUOTE.words)
    window.wait_for(window.popup_is_open, "both spans to be offered")
    window.key("2")  # the longer one
    window.wait_for(lambda: not window.popup_is_open(), "the choice to close")
    window.key("3")
    wait_until_listed(window, CLAIM._replace(label="actor"))
    assert len(window.items(SPANS)) == 2


def test_the_label_picker_tags_by_the_beginning_of_a_name(window: Window) -> None:
    wait_until_open(window, 0)
    window.focus_with_keys(TEXT)
    window.select_with_keys(TEXT, ACTOR.words)
    window.key("l")
    window.wait_for(window.popup_is_open, "the label picker")
    window.type("pol")
    window.key("Return")
    wait_until_listed(window, ACTOR._replace(label="policy recommendation"))
