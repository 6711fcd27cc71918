"""Tables of figures as CSV: what a spreadsheet and a statistics program read."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import records
from annotator.errors import BadArgument
from annotator.formats import csv_table
from annotator.formats.csv_spans import BOM, FORMULA
from tests.formats.builders import texts

values = st.one_of(texts, st.integers(-(10**9), 10**9), st.floats(-1, 1), st.none())


def read(text: str) -> list[list[str]]:
    assert text.startswith(BOM)
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline="")))


@given(st.lists(st.tuples(texts, values)))
def test_what_is_written_is_read_again_and_runs_in_no_spreadsheet(rows: list[tuple[str, object]]) -> None:
    heads, *found = read(csv_table.dumps(("Name", "=Value"), rows))  # type: ignore[arg-type]
    assert heads == ["Name", "'=Value"]
    for (name, value), (name_read, value_read) in zip(rows, found, strict=True):
        assert name_read.removeprefix("'") == name.removeprefix("'") or name_read == name
        if isinstance(value, str):
            assert not value_read.startswith(FORMULA)
        else:
            assert (value_read or None) == (None if value is None else repr(value))


def test_a_negative_figure_stays_a_number() -> None:
    assert read(csv_table.dumps(("Value",), [(-0.125,), ("-0.125",)])) == [["Value"], ["-0.125"], ["'-0.125"]]


def test_figures_are_written_all_of_them_or_none(tmp_path: Path) -> None:
    project, there = tmp_path / "a.annotator", tmp_path / "b.csv"
    project.touch()
    there.write_bytes(b"mine")
    contents = {tmp_path / "a.png": b"picture", there: b"table"}
    with pytest.raises(BadArgument, match="exists already"):
        records.write_figures(contents, force=False, project=project)
    assert (there.read_bytes(), (tmp_path / "a.png").exists()) == (b"mine", False)
    assert records.write_figures(contents, force=True, project=project) == list(contents)
    assert (there.read_bytes(), (tmp_path / "a.png").read_bytes()) == (b"table", b"picture")
    with pytest.raises(BadArgument):
        records.write_figures({project: b"picture"}, force=True, project=project)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.annotator", "a.png", "b.csv"]
