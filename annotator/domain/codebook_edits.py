"""Edits of a codebook as pure functions: a codebook goes in, another comes out. Ids stay, so that names may change.

None checks its result; `codebook_rules.check` does, once, before it is written.
"""

from dataclasses import replace
from typing import Any, TypeVar

from annotator.domain.codebook import AttributeType, Codebook, Label, RelationType
from annotator.domain.codebook_rules import folded

T = TypeVar("T")


def with_label(codebook: Codebook, label: Label) -> Codebook:
    """Add a label at the end; its key, if another has it, comes to it."""
    return _with_key_of(replace(codebook, labels=(*codebook.labels, label)), label)


def changed_label(codebook: Codebook, name: str, values: dict[str, Any]) -> Codebook:
    """Change a label; a new name goes wherever the old one stood, a key is taken from the label that had it."""
    old = codebook.label(name)
    new = replace(old, **values)
    edited = replace(codebook, labels=_replaced(codebook.labels, old, new))
    if new.name != name:
        edited = _renamed(edited, name, new.name)
    return _with_key_of(edited, edited.label(new.name))


def moved_label(codebook: Codebook, name: str, place: int) -> Codebook:
    """Put a label at `place`, counted from 0."""
    return replace(codebook, labels=_moved(codebook.labels, codebook.label(name), place))


def without_label(codebook: Codebook, name: str, instead: str | None = None) -> Codebook:
    """Take a label away with its attributes; where others refer to it, `instead` stands, or nothing.

    A relation type that only this label could begin or end goes with it.
    """
    label = codebook.label(name)
    kept = tuple(each for each in codebook.labels if each.name != name)
    labels = tuple(replace(each, parent=label.parent) if each.parent == name else each for each in kept)
    attributes = tuple(each for each in codebook.attributes if each.label != name)
    relations = []
    for relation in codebook.relations:
        sources, targets = _without(relation.sources, name, instead), _without(relation.targets, name, instead)
        if bool(sources) == bool(relation.sources) and bool(targets) == bool(relation.targets):
            relations.append(replace(relation, sources=sources, targets=targets))
    return Codebook(labels, attributes, tuple(relations))


def with_attribute(codebook: Codebook, attribute: AttributeType) -> Codebook:
    """Add an attribute after the others of its label."""
    return replace(codebook, attributes=(*codebook.attributes, attribute))


def changed_attribute(codebook: Codebook, label: str, name: str, values: dict[str, Any]) -> Codebook:
    """Change an attribute of a label."""
    old = codebook.attribute(label, name)
    return replace(codebook, attributes=_replaced(codebook.attributes, old, replace(old, **values)))


def moved_attribute(codebook: Codebook, label: str, name: str, place: int) -> Codebook:
    """Put an attribute at `place` among those of its label, counted from 0."""
    mine = _moved(codebook.attributes_of(label), codebook.attribute(label, name), place)
    others = tuple(each for each in codebook.attributes if each.label != label)
    return replace(codebook, attributes=(*others, *mine))


def without_attribute(codebook: Codebook, label: str, name: str) -> Codebook:
    """Take an attribute away."""
    gone = codebook.attribute(label, name)
    return replace(codebook, attributes=tuple(each for each in codebook.attributes if each is not gone))


def with_relation(codebook: Codebook, relation: RelationType) -> Codebook:
    """Add a relation type at the end."""
    return replace(codebook, relations=(*codebook.relations, relation))


def changed_relation(codebook: Codebook, name: str, values: dict[str, Any]) -> Codebook:
    """Change a relation type."""
    old = codebook.relation(name)
    return replace(codebook, relations=_replaced(codebook.relations, old, replace(old, **values)))


def without_relation(codebook: Codebook, name: str) -> Codebook:
    """Take a relation type away."""
    gone = codebook.relation(name)
    return replace(codebook, relations=tuple(each for each in codebook.relations if each is not gone))


def merged(codebook: Codebook, other: Codebook) -> Codebook:
    """Return `codebook` with everything of `other`: what has the same name takes the other's look and guideline.

    Nothing goes, no option either, so that no span loses what it says.
    """
    labels = {folded(label.name): label for label in codebook}
    names = {label.name: labels.get(folded(label.name), label).name for label in other}
    for new in other:
        old = labels.get(folded(new.name))
        parent = names.get(new.parent) if new.parent else None
        labels[folded(new.name)] = replace(new, name=names[new.name], parent=parent, id=old.id if old else "")
    taken = {label.key for label in other if label.key}
    free = tuple(
        replace(label, key=None) if label.key in taken and label.name not in names.values() else label
        for label in labels.values()
    )
    attributes = _merged_attributes(codebook, other, names)
    relations = {folded(each.name): each for each in codebook.relations}
    for relation in other.relations:
        known = relations.get(folded(relation.name))
        sources, targets = _mapped(relation.sources, names), _mapped(relation.targets, names)
        kept = known.id if known else ""
        relations[folded(relation.name)] = replace(relation, sources=sources, targets=targets, id=kept)
    return Codebook(free, attributes, tuple(relations.values()))


def _merged_attributes(codebook: Codebook, other: Codebook, names: dict[str, str]) -> tuple[AttributeType, ...]:
    found = {(each.label, folded(each.name)): each for each in codebook.attributes}
    for new in other.attributes:
        key = names[new.label], folded(new.name)
        old = found.get(key)
        if old is None:
            found[key] = replace(new, label=key[0], id="")
        elif old.kind is new.kind:
            options = tuple(dict.fromkeys((*new.options, *old.options)))
            found[key] = replace(new, label=key[0], name=old.name, options=options, id=old.id)
    return tuple(found.values())


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


def _mapped(labels: tuple[str, ...], names: dict[str, str]) -> tuple[str, ...]:
    return tuple(names.get(label, label) for label in labels)


def _replaced(every: tuple[T, ...], old: T, new: T) -> tuple[T, ...]:
    return tuple(new if each is old else each for each in every)


def _moved(every: tuple[T, ...], one: T, place: int) -> tuple[T, ...]:
    rest = [each for each in every if each is not one]
    rest.insert(max(0, min(place, len(rest))), one)
    return tuple(rest)
