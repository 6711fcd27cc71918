"""What a filter of the documents finds, typed letter by letter, is what a look at every document finds."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.document import Document, DocumentStatus, State, describe
from annotator.gui.annotate import documents_filter
from annotator.gui.annotate.documents_filter import DocumentsFilter

WORDS = st.text(alphabet="aAbß ", max_size=6)


def document(number: int, title: str, beginning: str = "") -> Document:
    return replace(describe(beginning or "x", document_id=str(number), title=title or None), beginning=beginning)


def listed(titles: list[str]) -> list[DocumentStatus]:
    return [DocumentStatus(document(number, title, title[::-1]), 0, State.TODO) for number, title in enumerate(titles)]


def found(filter_: DocumentsFilter, words: str) -> list[int]:
    return [place for step in filter_.find(words.casefold().split()) for place in step]


@given(titles=st.lists(WORDS, max_size=12), typed=st.lists(WORDS, max_size=5), steps=st.integers(0, 5))
def test_every_filter_after_any_other_finds_what_has_all_its_words(
    titles: list[str], typed: list[str], steps: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(documents_filter, "BLOCK", 3)
        filter_ = DocumentsFilter()
        filter_.set_documents(listed(titles))
        for each in typed:
            for text in filter(str.strip, (each[:end] for end in range(1, len(each) + 1))):
                for _ in zip(range(steps), filter_.find(text.casefold().split()), strict=False):
                    pass  # the next letter came before the end
            looked_in = [f"{title}\n{title[::-1]}".casefold() for title in titles]
            words = each.casefold().split()
            if words:
                expected = [n for n, text in enumerate(looked_in) if all(word in text for word in words)]
                assert found(filter_, each) == expected


def test_a_letter_more_is_looked_for_only_in_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents_filter, "BLOCK", 2)
    filter_ = DocumentsFilter()
    filter_.set_documents(listed([f"Report {number}" for number in range(20)]))
    assert found(filter_, "report 7") == [7, 17]
    looked: list[int] = []
    in_block = DocumentsFilter._in_block

    def noted(self: DocumentsFilter, number: int, words: Sequence[str], among: list[int] | None) -> list[int]:
        looked.extend(range(20) if among is None else among)
        return in_block(self, number, words, among)

    monkeypatch.setattr(DocumentsFilter, "_in_block", noted)
    assert found(filter_, "report 7 r") == [7, 17]
    assert looked == [7, 17]


def test_a_document_that_is_another_is_looked_in_anew() -> None:
    filter_, documents = DocumentsFilter(), listed(["one", "two"])
    filter_.set_documents(documents)
    assert found(filter_, "two") == [1]
    documents[0] = DocumentStatus(document(0, "two too"), 0, State.TODO)
    filter_.changed(0)
    assert found(filter_, "two") == [0, 1]
