"""Text of every kind goes through a project unharmed: import, spans, reopening, export."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import annotator
from annotator.errors import BadArgument
from annotator.project import Project
from tests.project.conftest import TEXT
from tests.unit.strategies import PIECES

texts = st.lists(st.sampled_from([*PIECES, "\r\n", "\r", "\x85", "\x0b"]), min_size=1, max_size=20).map("".join)


def exported(project: Project, **filters) -> list[dict]:
    stream = io.StringIO()
    project.export(stream=stream, **filters)
    return [json.loads(line) for line in stream.getvalue().split("\n") if line]


@settings(max_examples=25)
@given(texts.filter(str.strip), st.data())
def test_a_span_is_its_slice_of_the_text_from_the_file_to_the_export(
    tmp_path: Path, text: str, data: st.DataObject
) -> None:
    source = tmp_path / "source.txt"
    source.write_bytes(text.encode())
    with annotator.new(tmp_path / "odd.annotator", annotator="kim", force=True) as project:
        (document,) = project.import_file(source).added
        stored = project.documents.text(document.id)
        assert stored == text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        edges = data.draw(st.lists(st.integers(0, len(stored)), min_size=2, max_size=4, unique=True).map(sorted))
        pairs = list(zip(edges[::2], edges[1::2], strict=False))
        span = project.tag(document.id, "claim", *pairs[0], *pairs[1:])
    with annotator.open(tmp_path / "odd.annotator", "kim") as again:
        assert again.spans(document.id) == [span]
        (line,) = exported(again)
        assert again.check() == []
    assert line["text"] == stored
    (written,) = line["spans"]
    slices = [stored[each["start"] : each["end"]] for each in written["fragments"]]
    assert " ".join(slices) == span.text == written["text"]


@pytest.mark.parametrize("words", ["e\u0301tat", "👩\u200d💻", "שָׁלוֹם", "\u00a0", "\u2028", "“we must act,”", "U.S."])
def test_a_word_is_found_again_where_it_was_tagged(words: str, kim: Project) -> None:
    start = TEXT.index(words)
    kim.tag("one", "claim", start, start + len(words))
    (span,) = kim.spans("one")
    assert span.text == words == kim.documents.text("one")[span.start : span.end]


def test_names_and_notes_may_be_in_any_script(kim: Project) -> None:
    with annotator.open(kim.path, " Zoë 👩\u200d💻 שָׁלוֹם ") as project:
        span = project.tag("one", "claim", 0, 3, note="“שָׁלוֹם”\n👩\u200d💻")
    assert kim.span(span.id).annotator == "Zoë 👩\u200d💻 שָׁלוֹם"
    assert kim.span(span.id).note == "“שָׁלוֹם”\n👩\u200d💻"


@pytest.mark.parametrize("note", ["half \ud83d", "nul \0"])
def test_a_note_that_no_file_could_keep_is_refused(note: str, kim: Project) -> None:
    with pytest.raises(BadArgument, match="can't be stored"):
        kim.tag("one", "claim", 0, 3, note=note)
    assert kim.history(1)[0].name == "import 2 documents"
