"""What a change of the codebook does to spans, many at a time."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection, RowMapping, func, select

from annotator.domain.attributes import checked
from annotator.domain.codebook import AttributeType
from annotator.errors import BadArgument
from annotator.storage import stored
from annotator.storage.journal import Step
from annotator.storage.rows import dumped
from annotator.storage.tables import attribute_type, span


def count(connection: Connection, label_id: str) -> int:
    """Return how many spans have a label."""
    return int(connection.execute(select(func.count()).where(span.c.label == label_id)).scalar_one())


def delete_all(step: Step, label_id: str) -> None:
    """Delete every span of a label."""
    for row in _rows(step.connection, label_id):
        step.delete("span", row["id"])


def move_all(step: Step, label_id: str, to: str, attributes: Mapping[str, str], at: str) -> None:
    """Give every span of a label another one, its values the ids that `attributes` names for theirs."""
    for row in _rows(step.connection, label_id):
        values = {attributes.get(key, key): each for key, each in stored.values_by_id(row["attributes"]).items()}
        step.update("span", row["id"], {"label": to, "attributes": dumped(values), "modified": at})


def keep_fitting(step: Step, old: AttributeType, new: AttributeType, renamed: Mapping[str, str]) -> None:
    """Rename options on spans. Raises BadArgument where a span has a value that `new` would not take."""
    if (old.kind, old.options) == (new.kind, new.options) and not renamed:
        return
    of = select(attribute_type.c.label).where(attribute_type.c.id == old.id)
    label_id = step.connection.execute(of).scalar_one()

    def fitted(values: tuple[str, ...]) -> tuple[str, ...]:
        return checked(new, [renamed.get(value, value) for value in values])

    _rewrite(step, label_id, old, fitted)


def _rewrite(
    step: Step, label_id: str, old: AttributeType, fitted: Callable[[tuple[str, ...]], tuple[str, ...]]
) -> None:
    misfits = 0
    example = ""
    for row in _rows(step.connection, label_id):
        values = stored.values_by_id(row["attributes"])
        if not values.get(old.id):
            continue
        try:
            new = fitted(values[old.id])
        except BadArgument:
            misfits, example = misfits + 1, ", ".join(values[old.id])
            continue
        if new != values[old.id]:
            step.update("span", row["id"], {"attributes": dumped({**values, old.id: new})})
    if misfits:
        raise BadArgument(
            f"{misfits} spans have a value of “{old.name}” that would no longer fit, such as “{example}”. "
            "Change those spans first, or rename the option instead of removing it."
        )


def _rows(connection: Connection, label_id: str) -> Sequence[RowMapping]:
    return connection.execute(select(span.c.id, span.c.attributes).where(span.c.label == label_id)).mappings().all()
