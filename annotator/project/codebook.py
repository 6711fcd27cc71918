"""Changing the codebook. Spans keep their labels by id, so renaming touches none of them; nothing is ever lost."""

from collections.abc import Callable, Mapping
from typing import Any

from annotator.domain import codebook_edits as edits
from annotator.domain import codebook_rules
from annotator.domain.codebook import AttributeType, Codebook, Label, RelationType
from annotator.domain.time import now
from annotator.errors import BadArgument
from annotator.project.base import OpenProject
from annotator.storage import codebooks, labelled
from annotator.storage.journal import Step


class CodebookChanges(OpenProject):
    """The part of Project that writes labels, attributes and relation types.

    Names given are those in `codebook` now; values are the fields of the dataclass, as keywords.
    """

    def add_label(self, label: Label) -> None:
        """Add a label at the end. A key that another label has comes to it."""
        self._edit(f"add label {label.name}", lambda book: edits.with_label(book, label))

    def change_label(self, name: str, **values: Any) -> None:
        """Change a label: `name`, `letter`, `colour`, `line_form`, `key`, `guideline`, `parent`."""
        self._edit(f"change label {name}", lambda book: edits.changed_label(book, name, values))

    def move_label(self, name: str, place: int) -> None:
        """Put a label at `place` in the list, counted from 0."""
        self._edit(f"move label {name}", lambda book: edits.moved_label(book, name, place))

    def merge_labels(self, name: str, into: str) -> None:
        """Give every span of one label another label, and take the first away. Attributes of one name go along."""
        if name == into:
            raise BadArgument(f"“{name}” can't be merged into itself.")
        self.codebook.label(into)
        self._without_label(f"merge {name} into {into}", name, into)

    def remove_label(self, name: str, *, move_to: str | None = None, delete_spans: bool = False) -> None:
        """Take a label away. Where spans have it, say what becomes of them: `move_to` a label, or `delete_spans`."""
        if move_to is not None:
            self.merge_labels(name, move_to)
            return
        count = self.count_spans(name)
        if count and not delete_spans:
            raise BadArgument(
                f"{count} spans are labelled “{name}”. Say what becomes of them: give them another label, or delete them."
            )
        self._without_label(f"remove label {name}", name, None)

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
        self, label: str, name: str, *, renamed: Mapping[str, str] | None = None, **values: Any
    ) -> None:
        """Change an attribute: `name`, `kind`, `options`, `required`, `guideline`.

        `renamed` says which old option is which new one, so that spans go along. An option that spans have can't go,
        nor the kind change while spans have values that would not fit.
        """
        old = self.codebook.attribute(label, name)

        def edit(book: Codebook) -> Codebook:
            return edits.changed_attribute(book, label, name, values)

        def along(step: Step) -> None:
            new = edit(self.codebook).attribute(label, values.get("name", name))
            labelled.keep_fitting(step, old, new, renamed or {})

        self._edit(f"change attribute {name}", edit, along)

    def move_attribute(self, label: str, name: str, place: int) -> None:
        """Put an attribute at `place` among those of its label, counted from 0."""
        self._edit(f"move attribute {name}", lambda book: edits.moved_attribute(book, label, name, place))

    def remove_attribute(self, label: str, name: str) -> None:
        """Take an attribute away. The values on spans are kept out of sight, and come back with an undo."""
        self._edit(f"remove attribute {name}", lambda book: edits.without_attribute(book, label, name))

    def add_relation_type(self, relation: RelationType) -> None:
        """Add a relation type."""
        self._edit(f"add relation type {relation.name}", lambda book: edits.with_relation(book, relation))

    def change_relation_type(self, name: str, **values: Any) -> None:
        """Change a relation type: `name`, `sources`, `targets`, `guideline`."""
        self._edit(f"change relation type {name}", lambda book: edits.changed_relation(book, name, values))

    def remove_relation_type(self, name: str) -> None:
        """Take a relation type away."""
        self._edit(f"remove relation type {name}", lambda book: edits.without_relation(book, name))

    def import_codebook(self, codebook: Codebook) -> None:
        """Add what `codebook` has; what has the same name takes its look and guideline. Nothing is taken away."""
        self._edit("import codebook", lambda book: edits.merged(book, codebook))

    def _without_label(self, change: str, name: str, instead: str | None) -> None:
        old = self.codebook

        def along(step: Step) -> None:
            label_id = old.label(name).id
            if instead is None:
                labelled.delete_all(step, label_id)
            else:
                pairs = _same_attributes(old, name, instead)
                labelled.move_all(step, label_id, old.label(instead).id, pairs, now())

        self._edit(change, lambda book: edits.without_label(book, name, instead), along)

    def _edit(
        self, change: str, edit: Callable[[Codebook], Codebook], along: Callable[[Step], None] | None = None
    ) -> None:
        """Write one edit, checked whole; `along` writes what must change on spans before it."""
        new = edit(self.codebook)
        codebook_rules.check(new)
        if new == self.codebook and along is None:
            return

        def write(step: Step) -> None:
            # As it is inside the transaction: another program may have changed it since it was read.
            old = codebooks.read(step.connection)
            if along:
                along(step)
            codebooks.write(step, old, codebooks.with_ids(_checked(edit(old))))

        self._write(change, write)


def _checked(codebook: Codebook) -> Codebook:
    codebook_rules.check(codebook)
    return codebook


def _same_attributes(codebook: Codebook, name: str, into: str) -> dict[str, str]:
    """The ids of the first label's attributes that the second has too (name and kind), each with the second's id."""
    theirs = {(each.name, each.kind): each for each in codebook.attributes_of(into)}
    found: dict[str, str] = {}
    for each in codebook.attributes_of(name):
        same = theirs.get((each.name, each.kind))
        if same and set(each.options) <= set(same.options):
            found[each.id] = same.id
    return found
