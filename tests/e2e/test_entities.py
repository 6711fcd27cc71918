"""Entities on a real screen: who an actor is, said by keys; two that are one merged in the registry; undo."""

import json
from pathlib import Path
from typing import Any

from tests.e2e.annotating import SPANS, TEXT, command, project_of, sound, wait_until_open
from tests.e2e.window import Window

AGENCY = "Immigration and Customs Enforcement"
CHOICES, ENTITIES = "Entities to choose from", "Entities"
ARTICLE = 2


def test_an_actor_gets_its_entity_by_keys_and_two_entities_become_one(
    window: Window, home: Path, tmp_path: Path
) -> None:
    wait_until_open(window, 0)
    window.focus_with_keys(TEXT)
    window.key("alt+Down", times=ARTICLE)
    wait_until_open(window, ARTICLE)
    tag_actor(window, AGENCY, spans=1)
    take_entity(window, AGENCY)
    tag_actor(window, "ICE", spans=2)
    take_entity(window, "ICE", rows_down=1)  # the first row is the agency that is called so in short
    project = project_of(home)
    window.wait_for(lambda: len(entities(project)) == 2, "both entities on disk")

    window.key("ctrl+shift+k")
    window.wait_for(lambda: len(window.items(ENTITIES)) == 2, "the registry")
    window.click_item("To sort out", 1)
    window.wait_for(
        lambda: window.items("Entities that look like one") == [f"ICE and {AGENCY}"], "the two that look like one"
    )
    window.click(f"Merge into “{AGENCY}”")
    window.wait_for(lambda: window.items(ENTITIES) == [f"{AGENCY}, 2 spans"], "one entity")
    assert entities(project) == {AGENCY: (["ICE"], 2)}
    assert exported_entities(project, tmp_path / "merged.jsonl") == [AGENCY, AGENCY]

    window.key("ctrl+z")
    window.wait_for(lambda: len(window.items(ENTITIES)) == 2, "both entities again")
    window.key("Escape")
    window.wait_for(lambda: window.exists(SPANS), "the page again")
    assert exported_entities(project, tmp_path / "undone.jsonl") == [AGENCY, "ICE"]
    assert sound(project)


def tag_actor(window: Window, words: str, spans: int) -> None:
    window.select_with_keys(TEXT, words)
    window.key("3")
    window.wait_for(lambda: len(window.items(SPANS)) == spans, f"“{words}” in the list of spans")


def take_entity(window: Window, name: str, rows_down: int = 0) -> None:
    """E opens the list below the field; arrows walk in it, Enter takes a row and goes back to the text."""
    window.key("e")
    window.wait_for(lambda: f"New entity “{name}”" in window.items(CHOICES), "the row for a new entity")
    window.key("Down", times=rows_down)
    window.key("Return")
    window.wait_for(lambda: TEXT in window.focused(), "the keyboard back in the text")
    window.key("Escape")


def entities(project: Path) -> dict[str, tuple[list[str], int]]:
    found: list[dict[str, Any]] = json.loads(command("entities", project, "--json"))
    return {each["name"]: (each["aliases"], each["span_count"]) for each in found}


def exported_entities(project: Path, target: Path) -> list[str]:
    """The entities of the article's spans in text order, as the JSONL has them."""
    command("export", project, "-o", target)
    record = [json.loads(line) for line in target.read_text("utf-8").split("\n") if line][ARTICLE]
    return [span["entity"] for span in record["spans"]]
