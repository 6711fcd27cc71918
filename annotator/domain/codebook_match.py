"""Which label, attribute, relation type and entity here is one in a file: by id, else by name, else it is added."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from annotator.domain.attributes import Attribute, checked
from annotator.domain.codebook import AttributeKind, AttributeType, Codebook, Label, RelationType
from annotator.domain.codebook_merge import Entry
from annotator.domain.codebook_rules import folded
from annotator.domain.entity import Entity
from annotator.domain.entity_rules import key, tidy

Named = TypeVar("Named", Label, AttributeType, RelationType)
_CHOICES = (AttributeKind.CHOICE, AttributeKind.CHOICES)


class Match:
    """The codebook here (with its entities) as another is taken into it, as far as that is asked for.

    What is asked for by the names of the other codebook is answered as it is here. `codebook` then has all that was
    there and what was `added`; what is added keeps the id that it had.
    """

    def __init__(self, here: Codebook, there: Codebook) -> None:
        self._there = there
        self._labels = list(here.labels)
        self._types = list(here.attributes)
        self._relations = list(here.relations)
        self._entities = list(here.entities)
        self.added: list[Entry] = []
        self._label_of: dict[str, Label] = {}
        self._type_of: dict[tuple[str, str], AttributeType] = {}
        self._relation_of: dict[str, RelationType] = {}
        self._entity_of: dict[str, Entity] = {}
        self._known = {key(name): each for each in here.entities for name in each.names}
        self._by_id = {each.id: each for each in here.entities}
        self._theirs = {key(name): each for each in there.entities for name in each.names}
        self._named_labels = {label.name: label for label in there.labels}
        self._named_types = {(each.label, each.name): each for each in there.attributes}
        self._named_relations = {each.name: each for each in there.relations}

    @property
    def codebook(self) -> Codebook:
        """The codebook with what was added."""
        return Codebook(tuple(self._labels), tuple(self._types), tuple(self._relations), tuple(self._entities))

    def label(self, name: str) -> Label:
        """Return the label here that a label there is."""
        if name not in self._label_of:
            self._label_of[name] = self._find_label(name) or self._add_label(self._named_labels[name])
        return self._label_of[name]

    def attribute(self, label: str, name: str) -> AttributeType:
        """Return the attribute here that one of a label there is."""
        if (label, name) not in self._type_of:
            here = self.label(label).name
            other = replace(self._named_types[label, name], label=here)
            self._type_of[label, name] = self._find_attribute(here, other) or self._add_attribute(other)
        return self._type_of[label, name]

    def relation(self, name: str) -> RelationType:
        """Return the relation type here that one there is."""
        if name not in self._relation_of:
            self._relation_of[name] = self._find_relation(name) or self._add_relation(self._named_relations[name])
        return self._relation_of[name]

    def knows(self, label: str, attributes: Iterable[Attribute]) -> bool:
        """Whether nothing must be added for a span of a label there with these attributes, but an entity perhaps."""
        found = self._label_of.get(label) or self._find_label(label)
        return found is not None and all(self._knows(found, label, each) for each in attributes)

    def knows_relation(self, name: str) -> bool:
        """Whether a relation type there is one here."""
        return name in self._relation_of or self._find_relation(name) is not None

    def _knows(self, here: Label, label: str, attribute: Attribute) -> bool:
        other = self._named_types[label, attribute.name]
        found = self._type_of.get((label, attribute.name)) or self._find_attribute(here.name, other)
        return found is not None and (found.kind not in _CHOICES or set(attribute.values) <= set(found.options))

    def _find_label(self, name: str) -> Label | None:
        return _same(self._labels, self._named_labels[name])

    def _find_attribute(self, label: str, other: AttributeType) -> AttributeType | None:
        return _same([each for each in self._types if each.label == label], other)

    def _find_relation(self, name: str) -> RelationType | None:
        return _same(self._relations, self._named_relations[name])

    def values(self, label: str, name: str, given: tuple[str, ...]) -> tuple[AttributeType, tuple[str, ...]]:
        """Return an attribute of a label there, as it is here, with values as they are stored: of entities, ids.

        An option that the attribute lacks is added. Raises BadArgument for values that it doesn't take.
        """
        kind = self.attribute(label, name)
        if kind.kind in _CHOICES:
            other = self._named_types[label, name]
            lacking = [value for value in given if value in other.options and value not in kind.options]
            if lacking:
                kind = self._with_options(kind, lacking)
        values = checked(kind, given)
        if kind.kind is AttributeKind.ENTITY:
            return kind, tuple(self.entity(value).id for value in values)
        return kind, values

    def entity(self, name: str) -> Entity:
        """Return the entity here that one of this name there is."""
        if name not in self._entity_of:
            other = self._theirs.get(key(name)) or Entity(name)
            found = self._by_id.get(other.id) if other.id else None
            found = found or next((self._known[key(each)] for each in other.names if key(each) in self._known), None)
            self._entity_of[name] = found or self._add_entity(other)
        return self._entity_of[name]

    def _add_label(self, other: Label) -> Label:
        parent = self._parent(other)
        taken = {each.key for each in self._labels if each.key}
        free = other.key if other.key not in taken else None
        new = replace(other, id=self._free(other.id), key=free, parent=parent)
        self._labels.append(new)
        self.added.append(Entry("label", new.name))
        self._label_of[other.name] = new
        for each in self._there.attributes_of(other.name):
            self.attribute(other.name, each.name)
        return new

    def _parent(self, other: Label) -> str | None:
        return self.label(other.parent).name if other.parent in self._named_labels and other.parent else None

    def _add_attribute(self, other: AttributeType) -> AttributeType:
        new = replace(other, id=self._free(other.id))
        self._types.append(new)
        self.added.append(Entry("attribute", new.name, new.label))
        return new

    def _add_relation(self, other: RelationType) -> RelationType:
        sources, targets = (
            tuple(dict.fromkeys(self.label(name).name for name in ends if name in self._named_labels))
            for ends in (other.sources, other.targets)
        )
        new = replace(other, id=self._free(other.id), sources=sources, targets=targets)
        self._relations.append(new)
        self.added.append(Entry("relation type", new.name))
        return new

    def _with_options(self, kind: AttributeType, lacking: list[str]) -> AttributeType:
        new = replace(kind, options=(*kind.options, *dict.fromkeys(lacking)))
        self._types[self._types.index(kind)] = new
        self.added += [Entry("option", value, f"{kind.label}: {kind.name}") for value in dict.fromkeys(lacking)]
        for place, known in list(self._type_of.items()):
            if known is kind:
                self._type_of[place] = new
        return new

    def _add_entity(self, other: Entity) -> Entity:
        aliases = tuple(alias for alias in other.aliases if key(alias) not in self._known)
        known = not other.id or other.id in self._by_id
        new = tidy(replace(other, aliases=aliases, id=str(uuid.uuid4()) if known else other.id))
        self._entities.append(new)
        for each in new.names:
            self._known[key(each)] = new
        self._by_id[new.id] = new
        self.added.append(Entry("entity", new.name))
        return new

    def _free(self, wanted: str) -> str:
        """An id that nothing here has: the one that it had, if it can be."""
        parts: tuple[list[Label] | list[AttributeType] | list[RelationType], ...]
        parts = self._labels, self._types, self._relations
        taken = {"", *(each.id for part in parts for each in part)}
        return str(uuid.uuid4()) if wanted in taken else wanted


def _same(every: Sequence[Named], other: Named) -> Named | None:
    """The one of the same id, else of the same name, whatever its case."""
    by_id = next((each for each in every if each.id == other.id), None) if other.id else None
    return by_id or next((each for each in every if folded(each.name) == folded(other.name)), None)
