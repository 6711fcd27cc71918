"""What else people said of a document, held against what is here: how far they are, comments, and the note on it."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import uuid4

from annotator.domain.document import Document, State
from annotator.domain.work import Deleted, GivenState, WorkDocument
from annotator.storage import handing, reviews, taking
from annotator.storage.journal import Row, current_rows
from annotator.storage.work_plan import Plan

_NOTE = (
    "1 note on a document stays as it is here, being newer or somebody else’s.",
    "# notes on documents stay as they are here, being newer or somebody else’s.",
)
_FURTHER = {state.value: place for place, state in enumerate(State)}


def add_rest(
    plan: Plan,
    of: WorkDocument,
    here: Document,
    states_of: Mapping[str, Mapping[str, Row]],
    *,
    known: bool,
    deleted: Mapping[str, Deleted],
) -> None:
    """Plan what becomes of states, comments and the note of one document; `known` where it was here before."""
    _add_states(plan, of, here, states_of.get(here.id, {}))
    _add_comments(plan, of, here, known, deleted)
    if known:
        _add_note(plan, of, here)


def _add_states(plan: Plan, of: WorkDocument, here: Document, there: Mapping[str, Row]) -> None:
    found = {row["annotator"]: row for row in there.values()}
    left = taking.left_at(plan.connection, plan.times, list(found.values()))
    for given in of.states:
        if not plan.wants(given.annotator):
            continue
        who = plan.person(given.annotator)
        row = found.get(who)
        if row is None:
            values = {"id": str(uuid4()), "document": here.id, "annotator": who, "state": given.state.value}
            plan.writes["document_state"].new.append(values)
        elif row["state"] != given.state and _newer(given, row, left[row["id"]]):
            plan.writes["document_state"].changed[row["id"]] = {"state": given.state.value}
        else:
            continue
        plan.row(given.annotator, here).state = given.state


def _newer(given: GivenState, row: Row, at: str) -> bool:
    """Whether a state is newer than the one here; at the same time, the one that is further on."""
    return given.at > at or (given.at == at and _FURTHER[given.state] > _FURTHER[row["state"]])


def _add_comments(plan: Plan, of: WorkDocument, here: Document, known: bool, deleted: Mapping[str, Deleted]) -> None:
    wanted = [each for each in of.comments if plan.wants(each.author)]
    found = current_rows(plan.connection, "comment", [*(each.id for each in wanted), *deleted])
    new = [each.id for each in wanted if each.id not in found]
    lost = taking.gone(plan.connection, plan.times, "comment", new) if known else {}
    for each in wanted:
        tally = plan.row(each.author, here).comments
        gone = lost.get(each.id)
        if each.id in found:
            tally.same += 1
        elif gone and not gone.undone and gone.at >= each.at:
            tally.kept += 1
        else:
            author = plan.person(each.author)
            row = reviews.comment_row(replace(each, document=here.id, at=min(each.at, plan.latest)), author)
            plan.writes["comment"].new.append({**row, "version": gone.version if gone else 1})
            tally.new += 1
    for key, gone_there in deleted.items():
        row_here = found.get(key)
        mine = row_here and plan.names.get(row_here["author"]) == gone_there.annotator
        if row_here and mine and row_here["document"] == here.id and plan.wants(gone_there.annotator):
            plan.writes["comment"].gone.append(key)
            plan.row(gone_there.annotator, here).comments.deleted += 1


def _add_note(plan: Plan, of: WorkDocument, here: Document) -> None:
    """A note comes in where it is newer than one's own, or there is none: somebody else's is never written over."""
    written = of.note
    if written is None or of.document.note == here.note or not plan.wants(written.annotator):
        return
    mine = handing.note_written(plan.connection, plan.times, here.id, here.note)
    who = plan.person(written.annotator)
    if mine and (mine[1] >= written.at or (here.note and mine[0] != who)):
        plan.left[_NOTE] += 1
        return
    plan.writes["document"].changed[here.id] = {"note": of.document.note}
    plan.note_authors[here.id] = who
    plan.row(written.annotator, here).note = True
