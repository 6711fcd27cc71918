"""What taking work back will do, and has done, in plain words. No widgets here."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from annotator.domain.document import State
from annotator.gui.widgets.wording import counted

if TYPE_CHECKING:
    from annotator.domain.work import Tally, WorkPreview, WorkRow

_NAMED = 4


def listed(names: Sequence[str], most: int = _NAMED) -> str:
    """Word some names: `Ana Ruiz, Ben Okafor and 3 more`."""
    shown, more = list(names[:most]), len(names) - most
    if more > 0:
        return f"{', '.join(shown)} and {more:,} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def what_happens(preview: "WorkPreview") -> list[str]:
    """Return, as sentences, what taking this work in would do."""
    if preview.empty:
        return ["All of it is here already: there is nothing to take in.", *_kept(preview)]
    return [*_about(preview), *_kept(preview), "Other people’s spans, decisions and gold stay as they are."]


def what_happened(preview: "WorkPreview") -> str:
    """Return, as one line, what was taken in."""
    if preview.empty:
        return "All of it is here already: nothing was taken in."
    people = listed(preview.annotators)
    taken = f"Taken in from {people}" if people else "Taken in"
    return f"{taken}: {'; '.join(_parts(preview)) or 'what there was'}."


def row_words(row: "WorkRow") -> str:
    """Word one annotator's work on one document, as assistive technology reads it."""
    parts = [_tally(tally, what) for tally, what in _tallies(row) if tally.taken or tally.same or tally.kept]
    if row.state is not None:
        parts.append(f"marked {state_words(row.state)}")
    if row.note:
        parts.append("a note on the document")
    return "; ".join(parts) or "nothing"


def state_words(state: State) -> str:
    return {State.TODO: "to do", State.IN_PROGRESS: "in progress", State.DONE: "done"}[state]


def _about(preview: "WorkPreview") -> Iterator[str]:
    people, documents = preview.annotators, len({row.document for row in preview.rows if row.taken})
    parts = _parts(preview)
    if people and parts:
        yield f"{listed(people)}, {counted(documents, 'document')}: {'; '.join(parts)}."
    elif parts:
        yield f"{'; '.join(parts)}."
    if preview.codebook:
        yield f"The codebook gets what it lacks: {listed([str(each) for each in preview.codebook], 6)}."


def _parts(preview: "WorkPreview") -> list[str]:
    parts = []
    for what, tallies in (
        ("span", [row.spans for row in preview.rows]),
        ("relation", [row.relations for row in preview.rows]),
        ("comment", [row.comments for row in preview.rows]),
    ):
        found = [(sum(tally.new for tally in tallies), "new"), (sum(tally.changed for tally in tallies), "changed")]
        found.append((sum(tally.deleted for tally in tallies), "deleted"))
        words = [f"{count:,} {how}" for count, how in found if count]
        if words:
            only = len(words) == 1 and words[0].startswith("1 ")
            parts.append(f"{', '.join(words)} {what}{'' if only else 's'}")
    done = sum(row.state is State.DONE for row in preview.rows)
    if done:
        parts.append(f"{counted(done, 'document')} done")
    if notes := sum(row.note for row in preview.rows):
        parts.append(counted(notes, "note on a document", "notes on documents"))
    if added := len(preview.documents):
        parts.append(counted(added, "new document"))
    return parts


def _kept(preview: "WorkPreview") -> Iterator[str]:
    kept = preview.older
    if kept == 1:
        yield "One thing here is newer than in the file, and stays."
    elif kept:
        yield f"{kept:,} things here are newer than in the file, and stay."


def _tallies(row: "WorkRow") -> "tuple[tuple[Tally, str], ...]":
    return (row.spans, "span"), (row.relations, "relation"), (row.comments, "comment")


def _tally(tally: "Tally", what: str) -> str:
    named = ("new", "changed", "deleted", "same", "kept")
    found = [f"{count:,} {name}" for name in named if (count := getattr(tally, name))]
    return f"{what}s: {', '.join(found)}"
