"""The main job on a real screen: open the five articles, tag, undo, close, come back, take it away as JSONL."""

from collections.abc import Callable
from pathlib import Path

from tests.e2e.annotating import (
    ARTICLES,
    DOCUMENTS,
    LABELS,
    SPANS,
    TAGS,
    TEXT,
    by_article,
    exported,
    project_of,
    sound,
    wait_until_listed,
    wait_until_not_listed,
    wait_until_open,
)
from tests.e2e.window import Window


def test_a_new_user_sees_the_first_of_five_articles(window: Window) -> None:
    wait_until_open(window, 0)
    assert len(window.items(DOCUMENTS)) == len(ARTICLES)
    assert [label for label in LABELS if not window.exists(label)] == []


def test_with_the_mouse(window: Window, home: Path, tmp_path: Path) -> None:
    for article, tags in by_article(TAGS).items():
        window.click_item(DOCUMENTS, article)
        wait_until_open(window, article)
        for tag in tags:
            window.drag_over(TEXT, tag.words)
            window.click(tag.label)
            wait_until_listed(window, tag)

    undo_and_redo_across_documents(window, lambda article: window.click_item(DOCUMENTS, article))
    close_and_find_everything_again(window, lambda article: window.click_item(DOCUMENTS, article))
    assert exported(project_of(home), tmp_path / "out.jsonl") == set(TAGS)


def test_with_keys_alone(window: Window, home: Path, tmp_path: Path) -> None:
    wait_until_open(window, 0)
    window.focus_with_keys(TEXT)
    for article, tags in by_article(TAGS).items():
        walk_to(window, article)
        for tag in tags:
            window.select_with_keys(TEXT, tag.words)
            window.key(str(LABELS.index(tag.label) + 1))
            wait_until_listed(window, tag)

    undo_and_redo_across_documents(window, lambda article: walk_to(window, article))
    close_and_find_everything_again(window, lambda article: walk_to(window, article))
    assert exported(project_of(home), tmp_path / "out.jsonl") == set(TAGS)


def test_a_span_is_chosen_retagged_and_deleted_with_keys(window: Window, home: Path, tmp_path: Path) -> None:
    wait_until_open(window, 0)
    window.focus_with_keys(TEXT)
    claim = TAGS[0]
    window.select_with_keys(TEXT, claim.words)
    window.key("1")
    wait_until_listed(window, claim)
    window.key("Escape", "Escape", "Tab", "4")
    wait_until_listed(window, claim._replace(label="policy recommendation"))
    assert exported(project_of(home), tmp_path / "out.jsonl") == {claim._replace(label="policy recommendation")}
    window.key("Delete")
    window.wait_for(lambda: window.items(SPANS) == [], "the span to be deleted")
    window.key("ctrl+z")
    wait_until_listed(window, claim._replace(label="policy recommendation"))
    assert sound(project_of(home))


def undo_and_redo_across_documents(window: Window, go_to: Callable[[int], None]) -> None:
    """Take back the last span of the last two articles, and bring them again; the window goes where each was."""
    last = TAGS[-1]
    before = next(tag for tag in reversed(TAGS) if tag.article != last.article)
    wait_until_open(window, last.article)
    steps = [tag for tag in TAGS if tag.article == last.article] + [before]
    window.key("ctrl+z", times=len(steps))
    wait_until_open(window, before.article)
    wait_until_not_listed(window, before)
    go_to(last.article)
    wait_until_open(window, last.article)
    wait_until_not_listed(window, last)
    window.key("ctrl+shift+z", times=len(steps))
    wait_until_open(window, last.article)
    wait_until_listed(window, last)
    go_to(before.article)
    wait_until_listed(window, before)


def close_and_find_everything_again(window: Window, go_to: Callable[[int], None]) -> None:
    window.restart()
    for article, tags in by_article(TAGS).items():
        go_to(article)
        wait_until_open(window, article)
        for tag in tags:
            wait_until_listed(window, tag)
        assert len(window.items(SPANS)) == len(tags)


def walk_to(window: Window, article: int) -> None:
    """Alt+Up to the first article, then Alt+Down; keys reach the window wherever the focus is."""
    window.wait_for(lambda: window.items(DOCUMENTS), "the documents")
    window.key("alt+Up", times=len(ARTICLES))
    window.key("alt+Down", times=article)
    wait_until_open(window, article)
    window.focus_with_keys(TEXT)
