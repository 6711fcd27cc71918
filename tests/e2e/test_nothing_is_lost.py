"""What happens when the program is killed, and when two windows work on one project."""

import time
from collections.abc import Callable
from pathlib import Path

from tests.e2e.annotating import (
    TEXT,
    Tagged,
    exported,
    project_of,
    saved,
    sound,
    wait_until_listed,
    wait_until_open,
)
from tests.e2e.window import Window

SAVED = (
    Tagged(0, "claim", "the program had eroded public trust"),
    Tagged(0, "actor", "Latino activists"),
    Tagged(0, "quote", "the worst of the worst"),
)
IN_FLIGHT = Tagged(0, "actor", "task force members")
LABEL_KEY = {"claim": "1", "quote": "2", "actor": "3", "policy recommendation": "4"}


def tag_and_wait_for_saved(window: Window, tag: Tagged) -> None:
    """Return once the foot shows a "Saved" of after the key."""
    window.drag_over(TEXT, tag.words)
    before = saved(window)
    while before and before.endswith(time.strftime("%H:%M:%S")):
        time.sleep(0.05)  # the foot shows seconds: a "Saved" of this same one would prove nothing
    window.key(LABEL_KEY[tag.label])
    window.wait_for(lambda: saved(window) not in (None, before), "a new “Saved”")


def test_killed_while_tagging_it_keeps_every_span_shown_as_saved(window: Window, home: Path, tmp_path: Path) -> None:
    wait_until_open(window, 0)
    for tag in SAVED:
        tag_and_wait_for_saved(window, tag)
    window.drag_over(TEXT, IN_FLIGHT.words)
    window.key(LABEL_KEY[IN_FLIGHT.label])
    window.kill()

    window.start()
    wait_until_open(window, 0)
    for tag in SAVED:
        wait_until_listed(window, tag)
    window.close()
    project = project_of(home)
    assert sound(project)
    assert set(SAVED) <= exported(project, tmp_path / "out.jsonl") <= {*SAVED, IN_FLIGHT}


def test_two_windows_on_one_project_see_each_other_and_lose_nothing(
    window: Window, open_window: Callable[..., Window], home: Path, tmp_path: Path
) -> None:
    wait_until_open(window, 0)
    second = open_window(str(project_of(home)))
    wait_until_open(second, 0)
    tags = SAVED[:2]
    for by, seen_by, tag in ((window, second, tags[0]), (second, window, tags[1])):
        by.drag_over(TEXT, tag.words)
        by.key(LABEL_KEY[tag.label])
        wait_until_listed(by, tag)
        wait_until_listed(seen_by, tag)
    window.close()
    second.close()
    assert exported(project_of(home), tmp_path / "out.jsonl") == set(tags)
