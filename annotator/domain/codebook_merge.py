"""One codebook taken into another, by name; and what that adds and changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from annotator.domain.codebook import AttributeType, Codebook, Label, RelationType
from annotator.domain.codebook_rules import folded
from annotator.domain.entity import Entity
from annotator.domain.entity_rules import taken_in


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a codebook: a label, an attribute (of the label `label`), a relation type or an entity."""

    what: str
    name: str
    label: str | None = None

    def __str__(self) -> str:
        return f"{self.what} “{self.name}”" + (f" of “{self.label}”" if self.label else "")


@dataclass(frozen=True, slots=True)
class Merge:
    """What came of taking one codebook into another. `left` are attributes of another kind, which stay as they were."""

    codebook: Codebook
    added: tuple[Entry, ...]
    changed: tuple[Entry, ...]
    left: tuple[Entry, ...]


def merge(codebook: Codebook, other: Codebook) -> Merge:
    """Take `other` into `codebook`: what has the same name takes the other's look, key and guideline.

    Nothing goes, no option either, so that no span loses what it says. Names are the same whatever their case. The
    result is not checked: `other` may refer to labels that only `codebook` has, or that nobody has.
    """
    names: dict[str, str] = {folded(label.name): label.name for label in (*other, *codebook)}

    def known(name: str) -> str:
        return names.get(folded(name), name)

    new = [replace(each, name=known(each.name), parent=known(each.parent) if each.parent else None) for each in other]
    labels = _labels(codebook, new)
    attributes, left = _attributes(codebook, tuple(replace(each, label=known(each.label)) for each in other.attributes))
    types = tuple(
        replace(each, sources=tuple(map(known, each.sources)), targets=tuple(map(known, each.targets)))
        for each in other.relations
    )
    entities = taken_in(codebook.entities, other.entities)
    merged = Codebook(labels, attributes, _relations(codebook.relations, types), entities)
    before, after = dict(_entries(codebook)), dict(_entries(merged))
    return Merge(
        merged,
        tuple(entry for entry in after if entry not in before),
        tuple(entry for entry in after if entry in before and before[entry] != after[entry]),
        left,
    )


def _labels(codebook: Codebook, others: Sequence[Label]) -> tuple[Label, ...]:
    found = {label.name: label for label in codebook}
    for new in others:
        found[new.name] = replace(new, id=found[new.name].id if new.name in found else "")
    named = {label.name for label in others}
    taken = {label.key for label in others if label.key}
    return tuple(
        replace(label, key=None) if label.key in taken and label.name not in named else label
        for label in found.values()
    )


def _attributes(
    codebook: Codebook, others: Sequence[AttributeType]
) -> tuple[tuple[AttributeType, ...], tuple[Entry, ...]]:
    found = {(each.label, folded(each.name)): each for each in codebook.attributes}
    left = []
    for new in others:
        key = new.label, folded(new.name)
        old = found.get(key)
        if old is None:
            found[key] = replace(new, id="")
        elif old.kind is new.kind:
            options = _options(old.options, new.options)
            found[key] = replace(new, name=old.name, options=options, id=old.id)
        else:
            left.append(Entry("attribute", old.name, old.label))
    return tuple(found.values()), tuple(left)


def _options(old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """The new options in their order, written as the old ones were, then those that only were there before."""
    written = {folded(option): option for option in (*new, *old)}
    return tuple(written[key] for key in dict.fromkeys(folded(option) for option in (*new, *old)))


def _relations(old: Sequence[RelationType], new: Sequence[RelationType]) -> tuple[RelationType, ...]:
    found = {folded(each.name): each for each in old}
    for each in new:
        known = found.get(folded(each.name))
        found[folded(each.name)] = replace(each, name=known.name, id=known.id) if known else replace(each, id="")
    return tuple(found.values())


def _entries(codebook: Codebook) -> Iterator[tuple[Entry, Label | AttributeType | RelationType | Entity]]:
    for label in codebook:
        yield Entry("label", label.name), label
    for attribute in codebook.attributes:
        yield Entry("attribute", attribute.name, attribute.label), attribute
    for relation in codebook.relations:
        yield Entry("relation type", relation.name), relation
    for entity in codebook.entities:
        yield Entry("entity", entity.name), entity
