"""Edits of a codebook as pure functions: a codebook goes in, another comes out. Ids stay, so that names may change.

None checks its result; `codebook_rules.check` does, once, before it is written.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from annotator.domain.codebook import AttributeType, Codebook, Label, RelationType

T = TypeVar("T")


def with_label(codebook: Codebook, label: Label) -> Codebook:
    """Add a label at the end; its key, if another has it, comes to it. It is a new one, whatever id it comes with."""
    return _with_key_of(replace(codebook, labels=(*codebook.labels, replace(label, id=""))), label)


def changed_label(codebook: Codebook, name: str, values: dict[str, Any]) -> Codebook:
    """Change a label; a new name goes wherever the old one stood, a key is taken from the label that had it."""
    old = codebook.label(name)
    new = replace(old, **values, id=old.id)
    edited = replace(codebook, labels=_replaced(codebook.labels, old, new))
    if new.name != name:
        edited = _renamed(edited, name, new.name)
    return _with_key_of(edited, edited.label(new.name))


def moved_label(codebook: Codebook, name: str, place: int) -> Codebook:
    """Put a label at `place`, counted from 0."""
    moved = replace(codebook, labels=_moved(codebook.labels, codebook.label(name), place))
    return replace(moved, attributes=_by_label(moved, moved.attributes))


def without_label(codebook: Codebook, name: str, instead: str | None = None) -> Codebook:
    """Take a label away with its attributes; where others refer to it, `instead` stands, or nothing.

    A relation type that only this label could begin or end goes with it. What was a kind of it is a kind of `instead`,
    or where there is none (or that is itself below the label) of what the label was a kind of.
    """
    label = codebook.label(name)
    kept = tuple(each for each in codebook.labels if each.name != name)
    heir = instead if instead is not None and name not in ancestors(codebook, instead) else label.parent
    labels = tuple(replace(each, parent=heir) if each.parent == name else each for each in kept)
    attributes = tuple(each for each in codebook.attributes if each.label != name)
    relations = []
    for relation in codebook.relations:
        sources, targets = _without(relation.sources, name, instead), _without(relation.targets, name, instead)
        if bool(sources) == bool(relation.sources) and bool(targets) == bool(relation.targets):
            relations.append(replace(relation, sources=sources, targets=targets))
    return Codebook(labels, attributes, tuple(relations))


def ancestors(codebook: Codebook, name: str) -> tuple[str, ...]:
    """Return the labels that a label is a kind of, the nearest first."""
    parents = {label.name: label.parent for label in codebook}
    found: list[str] = []
    parent = codebook.label(name).parent
    while parent is not None and parent not in found:
        found.append(parent)
        parent = parents.get(parent)
    return tuple(found)


def with_attribute(codebook: Codebook, attribute: AttributeType) -> Codebook:
    """Add an attribute after the others of its label."""
    return replace(codebook, attributes=_by_label(codebook, (*codebook.attributes, replace(attribute, id=""))))


def changed_attribute(codebook: Codebook, label: str, name: str, values: dict[str, Any]) -> Codebook:
    """Change an attribute of a label."""
    old = codebook.attribute(label, name)
    return replace(codebook, attributes=_replaced(codebook.attributes, old, replace(old, **values, id=old.id)))


def moved_attribute(codebook: Codebook, label: str, name: str, place: int) -> Codebook:
    """Put an attribute at `place` among those of its label, counted from 0."""
    mine = _moved(codebook.attributes_of(label), codebook.attribute(label, name), place)
    others = tuple(each for each in codebook.attributes if each.label != label)
    return replace(codebook, attributes=_by_label(codebook, (*others, *mine)))


def without_attribute(codebook: Codebook, label: str, name: str) -> Codebook:
    """Take an attribute away."""
    gone = codebook.attribute(label, name)
    return replace(codebook, attributes=tuple(each for each in codebook.attributes if each is not gone))


def with_relation(codebook: Codebook, relation: RelationType) -> Codebook:
    """Add a relation type at the end."""
    return replace(codebook, relations=(*codebook.relations, replace(relation, id="")))


def changed_relation(codebook: Codebook, name: str, values: dict[str, Any]) -> Codebook:
    """Change a relation type."""
    old = codebook.relation(name)
    return replace(codebook, relations=_replaced(codebook.relations, old, replace(old, **values, id=old.id)))


def without_relation(codebook: Codebook, name: str) -> Codebook:
    """Take a relation type away."""
    gone = codebook.relation(name)
    return replace(codebook, relations=tuple(each for each in codebook.relations if each is not gone))


def _renamed(codebook: Codebook, old: str, new: str) -> Codebook:
    def name(label: str) -> str:
        return new if label == old else label

    return Codebook(
        tuple(replace(each, parent=name(each.parent) if each.parent else None) for each in codebook.labels),
        tuple(replace(each, label=name(each.label)) for each in codebook.attributes),
        tuple(
            replace(each, sources=tuple(map(name, each.sources)), targets=tuple(map(name, each.targets)))
            for each in codebook.relations
        ),
    )


def _with_key_of(codebook: Codebook, label: Label) -> Codebook:
    def freed(each: Label) -> Label:
        return replace(each, key=None) if each.key == label.key and each.name != label.name else each

    return codebook if label.key is None else replace(codebook, labels=tuple(map(freed, codebook.labels)))


def _without(labels: tuple[str, ...], gone: str, instead: str | None) -> tuple[str, ...]:
    named = (instead if label == gone else label for label in labels)
    return tuple(dict.fromkeys(label for label in named if label is not None))


def _by_label(codebook: Codebook, attributes: Iterable[AttributeType]) -> tuple[AttributeType, ...]:
    """Attributes in the order in which a codebook is read: by label, each label's own as they come."""
    order = {label.name: place for place, label in enumerate(codebook)}
    return tuple(sorted(attributes, key=lambda each: order.get(each.label, len(order))))


def _replaced(every: tuple[T, ...], old: T, new: T) -> tuple[T, ...]:
    return tuple(new if each is old else each for each in every)


def _moved(every: tuple[T, ...], one: T, place: int) -> tuple[T, ...]:
    rest = [each for each in every if each is not one]
    rest.insert(max(0, min(place, len(rest))), one)
    return tuple(rest)
