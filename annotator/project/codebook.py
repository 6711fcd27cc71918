"""Changing the codebook. Spans keep their labels by id, so renaming touches none of them; nothing is ever lost."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from annotator.domain import codebook_edits as edits
from annotator.domain import codebook_rules, entity_rules
from annotator.domain.codebook import AttributeType, Codebook, Label, RelationType
from annotator.domain.codebook_merge import Merge, merge
from annotator.domain.time import now
from annotator.errors import BadArgument
from annotator.project.base import OpenProject
from annotator.storage import codebooks, entities, labelled, relations
from annotator.storage.journal import Step

Along = Callable[[Step, Codebook, Codebook], None]
"""Writes what an edit, from the first codebook to the second, does to spans."""


class CodebookChanges(OpenProject):
    """The part of Project that writes labels, attributes and relation types.

    Names given are those in `codebook` now; values are the fields of the dataclass, as keywords.
    """

    def add_label(self, label: Label) -> None:
        """Add a label at the end. A key that another label has comes to it."""
        self._edit(f"add label {label.name}", lambda book: edits.with_label(book, label))

    def change_label(self, name: str, /, **values: Any) -> None:
        """Change a label: `name`, `letter`, `colour`, `line_form`, `key`, `guideline`, `parent`."""
        self._edit(f"change label {name}", lambda book: edits.changed_label(book, name, values))

    def move_label(self, name: str, place: int) -> None:
        """Put a label at `place` in the list, counted from 0."""
        self._edit(f"move label {name}", lambda book: edits.moved_label(book, name, place))

    def merge_labels(self, name: str, into: str) -> None:
        """Give every span of one label another label, and take the first away. Attributes of one name go along."""
        if name == into:
            raise BadArgument(f"“{name}” can't be merged into itself.")

        def along(step: Step, old: Codebook, _: Codebook) -> None:
            ids = old.label(name).id, old.label(into).id
            labelled.move_all(step, *ids, _same_attributes(old, name, into), now())

        self._edit(f"merge {name} into {into}", lambda book: edits.without_label(book, name, into), along)

    def remove_label(self, name: str, *, move_to: str | None = None, delete_spans: bool = False) -> None:
        """Take a label away. Where spans have it, say what becomes of them: `move_to` a label, or `delete_spans`.

        Relations at spans that are deleted go with them.
        """
        if move_to is not None:
            self.merge_labels(name, move_to)
            return

        def along(step: Step, old: Codebook, new: Codebook) -> None:
            label_id = old.label(name).id
            count = labelled.count(step.connection, label_id)  # those too that somebody tagged a moment ago
            if count and not delete_spans:
                has = "1 span is" if count == 1 else f"{count:,} spans are"
                raise BadArgument(
                    f"{has} labelled “{name}”. Say what becomes of them: give them another label, or delete them."
                )
            labelled.delete_all(step, label_id)
            _refuse_to_lose_types(step, name, old, new)

        self._edit(f"remove label {name}", lambda book: edits.without_label(book, name), along)

    def count_spans(self, label: str) -> int:
        """Return how many spans, by anybody, have a label."""
        label_id = self.codebook.label(label).id
        with self._store.told():
            return labelled.count(self._store.connection, label_id)

    def add_attribute(self, attribute: AttributeType) -> None:
        """Add an attribute to a label."""
        name = f"add attribute {attribute.name}"
        self._edit(name, lambda book: edits.with_attribute(book, attribute))

    def change_attribute(
        self, label: str, name: str, /, *, renamed: Mapping[str, str] | None = None, **values: Any
    ) -> None:
        """Change an attribute: `name`, `kind`, `options`, `required`, `guideline`.

        `renamed` says which old option is which new one, so that spans go along. An option that spans have can't go,
        nor the kind change while spans have values that would not fit.
        """

        def along(step: Step, old: Codebook, new: Codebook) -> None:
            kinds = old.attribute(label, name), new.attribute(label, values.get("name", name))
            labelled.keep_fitting(step, old.label(label).id, *kinds, renamed or {})

        self._edit(f"change attribute {name}", lambda book: edits.changed_attribute(book, label, name, values), along)

    def move_attribute(self, label: str, name: str, place: int) -> None:
        """Put an attribute at `place` among those of its label, counted from 0."""
        self._edit(f"move attribute {name}", lambda book: edits.moved_attribute(book, label, name, place))

    def remove_attribute(self, label: str, name: str) -> None:
        """Take an attribute away. The values on spans are kept out of sight, and come back with an undo."""
        self._edit(f"remove attribute {name}", lambda book: edits.without_attribute(book, label, name))

    def add_relation_type(self, relation: RelationType) -> None:
        """Add a relation type."""
        self._edit(f"add relation type {relation.name}", lambda book: edits.with_relation(book, relation))

    def change_relation_type(self, name: str, /, **values: Any) -> None:
        """Change a relation type: `name`, `sources`, `targets`, `guideline`."""
        self._edit(f"change relation type {name}", lambda book: edits.changed_relation(book, name, values))

    def remove_relation_type(self, name: str, *, move_to: str | None = None, delete_relations: bool = False) -> None:
        """Take a relation type away. Where relations have it, say what becomes of them.

        `move_to` gives them another type, also where that doesn't fit between their spans; `delete_relations` deletes
        them.
        """
        if name == move_to:
            raise BadArgument(f"“{name}” can't take the place of itself.")

        def along(step: Step, old: Codebook, _: Codebook) -> None:
            type_id = old.relation(name).id
            if move_to is not None:
                relations.move_of_type(step, type_id, old.relation(move_to).id)
                return
            count = relations.count_of_type(step.connection, type_id)
            if count and not delete_relations:
                raise BadArgument(
                    f"{_are(count)} “{name}”. Say what becomes of them: give them another type, or delete them."
                )
            relations.delete_of_type(step, type_id)

        self._edit(f"remove relation type {name}", lambda book: edits.without_relation(book, name), along)

    def count_relations(self, relation_type: str) -> int:
        """Return how many relations, by anybody, have a type."""
        type_id = self.codebook.relation(relation_type).id
        with self._store.told():
            return relations.count_of_type(self._store.connection, type_id)

    def import_codebook(self, codebook: Codebook) -> Merge:
        """Add what `codebook` has; what has the same name takes its look and guideline. Nothing is taken away.

        Its entities are taken into the registry.
        """
        done: list[Merge] = []

        def edit(book: Codebook) -> Codebook:
            known = replace(book, entities=entities.read(self._store.connection))
            done.append(merge(known, codebook))
            return done[-1].codebook

        def along(step: Step, old: Codebook, new: Codebook) -> None:
            for each in new.attributes:  # whose options may come in another order
                known = next((one for one in old.attributes if one.id == each.id), each)
                labelled.keep_fitting(step, new.label(each.label).id, known, each, {})
            now_there = entities.read(step.connection)  # texts that became entities among them
            after = entities.with_ids(entity_rules.taken_in(now_there, codebook.entities))
            entity_rules.check(after)
            entities.write(step, now_there, after)

        self._edit("import codebook", edit, along)
        return done[-1]

    def _edit(self, change: str, edit: Callable[[Codebook], Codebook], along: Along | None = None) -> None:
        """Write one edit, checked whole; `along` writes what must change on spans before it.

        All of it happens to the codebook as it is inside the transaction: another program may have changed it since it
        was read. Where nothing comes of it, there is no change.
        """

        def write(step: Step) -> None:
            old = codebooks.read(step.connection)
            new = edit(old)
            codebook_rules.check(new)
            new = codebooks.with_ids(new)
            if along:
                along(step, old, new)
            codebooks.write(step, new)

        self._write(change, write, same_meaning=along is not None)


def _same_attributes(codebook: Codebook, name: str, into: str) -> list[tuple[AttributeType, AttributeType]]:
    """The first label's attributes with the second's of the same name."""
    theirs = {codebook_rules.folded(each.name): each for each in codebook.attributes_of(into)}
    mine = ((each, theirs.get(codebook_rules.folded(each.name))) for each in codebook.attributes_of(name))
    return [(each, same) for each, same in mine if same]


def _refuse_to_lose_types(step: Step, name: str, old: Codebook, new: Codebook) -> None:
    """Raise BadArgument where relations are left of a type that would go with a label, the only one at an end of it."""
    kept = {each.id for each in new.relations}
    for kind in old.relations:
        count = 0 if kind.id in kept else relations.count_of_type(step.connection, kind.id)
        if count:
            raise BadArgument(
                f"{_are(count)} “{kind.name}”, which would go with “{name}”: no other label may begin or end it. "
                "Let other labels do so first, or delete those relations."
            )


def _are(count: int) -> str:
    return "1 relation is" if count == 1 else f"{count:,} relations are"
