"""Finding on a real screen: every occurrence in five articles is tagged in one step, and one undo takes it back."""

from pathlib import Path

from tests.e2e.annotating import (
    ARTICLES,
    DOCUMENTS,
    SPANS,
    TEXT,
    Tagged,
    article_text,
    exported,
    project_of,
    sound,
    wait_until_open,
)
from tests.e2e.window import Window

WORDS = "Secure Communities"
FIELD, HITS = "Find in project", "Hits"


def occurrences() -> list[Tagged]:
    """The words as they stand in each article, whatever their case, once for each time."""
    found = []
    for number in range(len(ARTICLES)):
        text = article_text(number)
        at = text.lower().find(WORDS.lower())
        while at >= 0:
            found.append(Tagged(number, "actor", text[at : at + len(WORDS)]))
            at = text.lower().find(WORDS.lower(), at + 1)
    return found


def in_article(number: int) -> int:
    return sum(tag.article == number for tag in occurrences())


def look_for(window: Window, words: str) -> None:
    window.wait_for(lambda: FIELD in window.focused(), "the field to have the keyboard")
    window.type(words)
    window.wait_for(lambda: window.shows(f"{len(occurrences())} hits in {len(ARTICLES)} documents"), "all hits")


def spans_are_listed(window: Window, article: int, count: int) -> None:
    window.click_item(DOCUMENTS, article)
    wait_until_open(window, article)
    window.wait_for(lambda: len(window.items(SPANS)) == count, f"{count} spans in article {article}")


def test_all_hits_are_tagged_with_keys_and_one_undo_takes_them_back(window: Window, home: Path, tmp_path: Path) -> None:
    wait_until_open(window, 0)
    window.focus_with_keys(TEXT)
    window.key("ctrl+shift+f")
    look_for(window, WORDS.lower())
    window.key("Return")
    window.wait_for(lambda: HITS in window.focused(), "the list to have the keyboard")
    window.key("3")
    window.wait_for(lambda: window.shows(f"{len(occurrences())} tagged as actor"), "it to be told")
    for article in (0, 3):
        spans_are_listed(window, article, in_article(article))
    assert exported(project_of(home), tmp_path / "all.jsonl") == set(occurrences())
    window.key("ctrl+z")
    spans_are_listed(window, 3, 0)
    assert exported(project_of(home), tmp_path / "none.jsonl") == set()
    window.key("ctrl+shift+z")
    spans_are_listed(window, 4, in_article(4))
    assert sound(project_of(home))


def test_all_hits_are_tagged_with_the_mouse(window: Window, home: Path, tmp_path: Path) -> None:
    wait_until_open(window, 0)
    window.click("Find")
    window.wait_for(lambda: "Find in document" in window.focused(), "the bar")
    window.click("Find in all documents")
    look_for(window, WORDS)
    window.click(f"Tag all {len(occurrences())} as")
    window.key("Down", "Down", "Return")
    window.wait_for(lambda: window.shows(f"{len(occurrences())} tagged as actor"), "it to be told")
    assert exported(project_of(home), tmp_path / "all.jsonl") == set(occurrences())


def test_a_hit_in_the_document_is_tagged_after_escape(window: Window, home: Path, tmp_path: Path) -> None:
    wait_until_open(window, 0)
    window.focus_with_keys(TEXT)
    window.key("ctrl+f")
    window.wait_for(lambda: "Find in document" in window.focused(), "the bar")
    window.type("task force hearings")
    window.wait_for(lambda: window.shows("1 of 1"), "the count")
    window.key("Escape", "1")
    window.wait_for(lambda: window.items(SPANS), "the span")
    assert exported(project_of(home), tmp_path / "one.jsonl") == {Tagged(0, "claim", "task force hearings")}
