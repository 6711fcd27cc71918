"""What must hold after a change was taken back and no key of a table can say: the codebook's rules, values that fit."""

from annotator.domain import entity_rules
from annotator.domain.change import Change
from annotator.domain.codebook import Codebook
from annotator.errors import BadArgument, CannotUndo
from annotator.storage import codebooks, entities, entity_spans, history, journal, labelled, relations
from annotator.storage.journal import Step

CODEBOOK = frozenset({"label", "attribute_type", "relation_type"})
"""The tables that hold the codebook."""
NAMING = CODEBOOK | {"entity"}
"""The tables whose names spans show."""


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
    if not tables & {"span", "attribute_type", "entity"}:
        return
    codebook = codebooks.read(step.connection)
    if "entity" in tables:
        _verify_entities(step, target, codebook)
    written = [row_id for table, row_id in step.touched if table == "span"]
    if misfit := next(labelled.misfits(step.connection, codebook, written), None):
        named = ("entity", misfit.entity_id) if misfit.entity_id else ("attribute_type", misfit.type_id)
        raise history.refusal(target, history.newest_of(step.connection, *named))
    for type_id in [row_id for table, row_id in step.touched if table == "attribute_type"]:
        having = labelled.ids_having(step.connection, type_id)
        if misfit := next(labelled.misfits(step.connection, codebook, having), None):
            raise history.refusal(target, history.newest_of(step.connection, "span", misfit.span_id))


def _verify_entities(step: Step, target: Change, codebook: Codebook) -> None:
    """Names and aliases must still belong to one entity each, and no span may have one that is gone."""
    try:
        entity_rules.check(entities.read(step.connection))
    except BadArgument as error:
        raise CannotUndo(
            f"“{target.name}” can't be taken back, since the entities were changed later. {error} Nothing was changed."
        ) from error
    written = [row_id for table, row_id in step.touched if table == "entity"]
    for gone in set(written) - journal.current_rows(step.connection, "entity", written).keys():
        if span_id := entity_spans.held(step.connection, codebook, gone):
            raise history.refusal(target, history.newest_of(step.connection, "span", span_id))
