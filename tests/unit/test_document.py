"""A document is called by its title or by its first words, never by an id when there are words."""

from typing import Any

import pytest

from annotator.domain.document import BEGINNING, Document, describe


def document(text: str, **values: Any) -> Document:
    return describe(text, document_id="000", source_file="a.txt", **values)


def test_a_title_is_the_heading() -> None:
    assert document("Text", title="“Vote” delayed").heading == "“Vote” delayed"


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Before the vote", "“Before the vote”"),
        ("“Before the vote,” he said", "“Before the vote,” he said”"),
        ("\n\t  “ Before", "“Before”"),
        ("word " * 30, "“word word word word word word word word word word word word…”"),
    ],
)
def test_a_text_without_a_title_is_called_by_its_first_words(text: str, heading: str) -> None:
    assert document(text).heading == heading


def test_a_text_that_begins_with_a_page_of_blanks_is_called_by_its_file() -> None:
    assert document("\n" * BEGINNING + "words").heading == "a.txt"
    assert describe("\n" * BEGINNING + "words", document_id="000").heading == "000"


def test_a_document_counts_code_points() -> None:
    assert document("e\u0301👩\u200d💻").length == 5
