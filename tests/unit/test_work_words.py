"""What taking work back does is said in plain words, before and after."""

from collections.abc import Sequence

import pytest

from annotator.domain.codebook import Codebook
from annotator.domain.codebook_merge import Entry
from annotator.domain.document import State
from annotator.domain.work import Tally, Work, WorkPreview, WorkRow
from annotator.gui.exchange.words import listed, row_words, what_happened, what_happens


def row(who: str, spans: Tally, relations: Tally | None = None, state: State | None = None) -> WorkRow:
    return WorkRow(who, "one", "One", spans, relations or Tally(), Tally(), state)


def preview(rows: Sequence[WorkRow], codebook: Sequence[Entry] = ()) -> WorkPreview:
    return WorkPreview(Work("/x/kim.annotator", "project", (), Codebook(())), tuple(rows), codebook=tuple(codebook))


def test_what_comes_in_changes_and_goes_is_counted_over_all_rows() -> None:
    rows = [row("kim", Tally(new=2, changed=1)), row("lee", Tally(new=1, deleted=4), Tally(new=1), State.DONE)]
    assert what_happens(preview(rows)) == [
        "kim and lee, 1 document: 3 new, 1 changed, 4 deleted spans; 1 new relation; 1 document done.",
        "Other people’s spans, decisions and gold stay as they are.",
    ]
    assert what_happened(preview(rows)).startswith("Taken in from kim and lee: 3 new, 1 changed, 4 deleted spans;")


def test_what_is_newer_here_and_what_the_codebook_gets_is_said() -> None:
    lacking = [Entry("label", "frame"), Entry("attribute", "tone", "frame")]
    said = what_happens(preview([row("kim", Tally(new=1, kept=2))], lacking))
    assert said[1] == "The codebook gets what it lacks: label “frame” and attribute “tone” of “frame”."
    assert said[2] == "2 things here are newer than in the file, and stay."


def test_where_nothing_is_new_it_says_so() -> None:
    same = preview([row("kim", Tally(same=20, kept=1))])
    assert what_happens(same) == [
        "All of it is here already: there is nothing to take in.",
        "One thing here is newer than in the file, and stays.",
    ]
    assert what_happened(same) == "All of it is here already: nothing was taken in."


def test_a_row_is_read_out_with_all_its_figures() -> None:
    full = row("kim", Tally(1, 2, 3, 4, 5), Tally(same=1), State.IN_PROGRESS)
    assert row_words(full) == (
        "spans: 1 new, 2 changed, 3 deleted, 4 same, 5 kept; relations: 1 same; marked in progress"
    )
    assert row_words(row("kim", Tally())) == "nothing"


@pytest.mark.parametrize(
    ("names", "said"),
    [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"), (list("abcdef"), "a, b, c, d and 2 more")],
)
def test_names_are_listed_and_many_are_counted(names: list[str], said: str) -> None:
    assert listed(names) == said
