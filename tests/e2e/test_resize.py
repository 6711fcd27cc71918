"""An end of a span is dragged with a real mouse on a real screen, then moved with keys, and stays so."""

from pathlib import Path

from tests.e2e.annotating import LABELS, SPANS, TEXT, Tagged, exported, project_of, wait_until_listed, wait_until_open
from tests.e2e.window import Window

WORDS = Tagged(0, "actor", "Latino activists")
DRAGGED = WORDS._replace(words="Latino activists denounced the program")
NUDGED = WORDS._replace(words="Latino activists denounced the program that")


def test_a_handle_is_dragged_and_a_key_goes_on(window: Window, home: Path, tmp_path: Path) -> None:
    wait_until_open(window, 0)
    window.drag_over(TEXT, WORDS.words)
    window.key(str(LABELS.index(WORDS.label) + 1))
    wait_until_listed(window, WORDS)
    end = window.offset_of(TEXT, WORDS.words) + len(WORDS.words)
    to = window.offset_of(TEXT, DRAGGED.words) + len(DRAGGED.words) - 2
    window.drag_end(TEXT, end, to)
    window.wait_for(lambda: item_of(DRAGGED) in window.items(SPANS), "the end that was dragged")
    window.key("alt+Right")
    window.wait_for(lambda: item_of(NUDGED) in window.items(SPANS), "the end that was nudged")
    window.close()
    assert exported(project_of(home), tmp_path / "out.jsonl") == {NUDGED}


def item_of(tag: Tagged) -> str:
    return f"{tag.label}: “{tag.words}”"
