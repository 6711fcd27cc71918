"""Spans as CSV: what a careful reader gets back is what was written, and no cell runs as a formula."""

import csv
import io
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.annotated import AnnotatedDocument
from annotator.domain.attributes import Attribute
from annotator.domain.codebook import AttributeKind, AttributeType, Codebook, Label, LineForm
from annotator.domain.document import AnnotatorState, State
from annotator.errors import BadContent
from annotator.formats import csv_spans, export
from annotator.formats.manner import Manner
from annotator.formats.tally import Tally
from tests.formats.builders import annotated, annotated_documents, span

BOOK = Codebook(
    (Label("claim", "C", "#B7271B", LineForm.SOLID), Label("quote", "Q", "#B7271B", LineForm.SOLID)),
    (
        AttributeType("claim", "kind", AttributeKind.CHOICE, ("causal",)),
        AttributeType("quote", "topics", AttributeKind.CHOICES, ("law", "a;b")),
    ),
)
TEXT = 'Ann, "the chief",\nsaid: =1+1 👩\u200d💻\u2028is\u00a0no. '


def written(*documents: AnnotatedDocument, tally: Tally | None = None, **manner: Any) -> str:
    stream = io.StringIO(newline="")
    csv_spans.write(iter(documents), stream, "spans", tally or Tally(), Manner(BOOK, **manner))
    return stream.getvalue()


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@given(st.lists(annotated_documents(), max_size=3), st.booleans())
def test_a_reader_gets_every_span_back_as_it_is(documents: list[AnnotatedDocument], bom: bool) -> None:
    rows = read(written(*documents, bom=bom, raw_cells=True))
    spans = [(each, source) for source in documents for each in source.spans]
    assert len(rows) == len(spans)
    for row, (each, source) in zip(rows, spans, strict=True):
        assert (row["span"], row["label"], row["text"], row["note"]) == (
            each.id,
            each.label,
            each.text,
            each.note or "",
        )
        assert (int(row["start"]), int(row["end"])) == (each.start, each.end)
        assert source.text[: each.start].endswith(row["before"])
        assert source.text[each.end :].startswith(row["after"])
        pairs = [tuple(map(int, pair.split("-"))) for pair in row["fragments"].split("; ")]
        assert pairs == [(fragment.start, fragment.end) for fragment in each.fragments]


def test_a_row_has_document_span_and_one_column_an_attribute() -> None:
    said = (Attribute("topics", ("law", "a;b")),)
    quote = span(TEXT, (0, 3), (5, 16), label="quote", attributes=said, note="n")
    about: dict[str, Any] = {"title": "T", "outlet": "CNN", "published": "2011-09"}
    tally = Tally()
    (row,) = read(written(annotated(TEXT, quote, **about), tally=tally))
    assert list(row) == [
        *("document", "title", "outlet", "author", "published", "language", "url"),
        *("span", "label", "start", "end", "fragments", "text", "before", "after", "annotator", "note", "entity"),
        *("claim.kind", "quote.topics", "created", "modified"),
    ]
    assert (row["document"], row["title"], row["published"], row["author"]) == ("d1", "T", "2011-09", "")
    assert (row["text"], row["fragments"]) == ('Ann "the chief"', "0-3; 5-16")
    assert (row["claim.kind"], row["quote.topics"]) == ("", "law; a;b")
    assert tally.losses["values with a semicolon"] == 1
    assert tally.losses["texts between fragments"] == 1


@pytest.mark.parametrize("begins", ["=1+1", "+1", "-1", "@SUM", "\t=1"])
def test_a_cell_like_a_formula_gets_an_apostrophe_unless_raw_ones_are_asked_for(begins: str) -> None:
    text = f"{begins} is said"
    document = annotated(text, span(text, (0, len(begins)), note=begins))
    tally = Tally()
    (row,) = read(written(document, tally=tally))
    assert (row["text"], row["note"]) == (f"'{begins}", f"'{begins}")
    assert tally.losses["cells like formulas"] == 2
    (row,) = read(written(document, raw_cells=True))
    assert (row["text"], row["note"]) == (begins, begins)


def test_lines_end_as_rfc_4180_says_and_a_mark_comes_first() -> None:
    text = written(annotated(TEXT, span(TEXT, (0, 17))))
    assert text.startswith("\ufeffdocument,title,")
    assert text.endswith("\r\n")
    assert '"Ann, ""the chief"","' in text
    assert not written(bom=False).startswith("\ufeff")


def test_a_file_begins_with_the_mark_and_a_stream_does_not(tmp_path) -> None:
    documents = [annotated(TEXT, span(TEXT, (0, 3)))]
    report = export.write_files(documents, BOOK, tmp_path / "a.csv", format="csv")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfdocument,")
    assert [file.name for file in report.files] == ["a.csv", "a.codebook.json"]
    export.write_files(documents, BOOK, tmp_path / "b.csv", format="csv", bom=False)
    assert (tmp_path / "b.csv").read_bytes().startswith(b"document,")
    stream = io.StringIO()
    export.write_stream(documents, stream, format="csv", codebook=BOOK)
    assert stream.getvalue().startswith("document,")
    assert "claim.kind" in stream.getvalue()


def test_what_is_left_out_is_said(tmp_path) -> None:
    states = (AnnotatorState("kim", State.DONE),)
    noted = annotated(TEXT, states=states, note="n", fields=(("page", "1"),))
    waiting = AnnotatedDocument(noted.document, noted.text, unplaced=2)
    report = export.write_files([noted, waiting], BOOK, tmp_path / "a.csv", format="csv")
    assert set(report.losses.sentences) == {
        "2 documents without spans are left out.",
        "1 document’s state is left out.",
        "2 notes on documents are left out.",
        "The further metadata of 2 documents is left out.",
        "2 spans are left out: they have no place in the text since that was corrected.",
    }


def test_a_dataset_card_is_for_jsonl(tmp_path) -> None:
    with pytest.raises(Exception, match="goes with JSONL alone"):
        export.write_files([], BOOK, tmp_path / "a.csv", format="csv", dataset_card=True)
    assert list(tmp_path.iterdir()) == []


def test_a_span_that_is_not_its_slice_stops_everything() -> None:
    with pytest.raises(BadContent, match="does not have the text at its offsets"):
        written(annotated(TEXT, replace(span(TEXT, (0, 3)), text="Bob")))
