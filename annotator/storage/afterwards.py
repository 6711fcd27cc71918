"""What must hold after a change was taken back and no key of a table can say: the codebook's rules, values that fit."""

from annotator.domain.change import Change
from annotator.errors import CannotUndo
from annotator.storage import codebooks, history, labelled, relations
from annotator.storage.journal import Step

CODEBOOK = frozenset({"label", "attribute_type", "relation_type"})
"""The tables that hold the codebook."""


def verify(step: Step, target: Change) -> None:
    """Raise CannotUndo where what others did since doesn't go with what `step`, taking `target` back, has written."""
    tables = {table for table, _ in step.touched}
    if tables & CODEBOOK and (wrong := next(codebooks.problems(step.connection), None)):
        raise CannotUndo(
            f"“{target.name}” can't be taken back, since the codebook was changed later. {wrong} Nothing was changed."
        )
    joined = [row_id for table, row_id in step.touched if table == "relation"]
    if wrong := next(relations.problems(step.connection, joined), None):
        raise CannotUndo(f"“{target.name}” can't be taken back. {wrong} Nothing was changed.")
    if not tables & {"span", "attribute_type"}:
        return
    codebook = codebooks.read(step.connection)
    written = [row_id for table, row_id in step.touched if table == "span"]
    if misfit := next(labelled.misfits(step.connection, codebook, written), None):
        raise history.refusal(target, history.newest_of(step.connection, "attribute_type", misfit.type_id))
    for type_id in [row_id for table, row_id in step.touched if table == "attribute_type"]:
        having = labelled.ids_having(step.connection, type_id)
        if misfit := next(labelled.misfits(step.connection, codebook, having), None):
            raise history.refusal(target, history.newest_of(step.connection, "span", misfit.span_id))
