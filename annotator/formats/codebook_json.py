"""A codebook as a JSON file: `NAME.codebook.json` beside an export, and `annotator new --codebook FILE`.

What is written has every key; of what is read only names must be there, the rest has defaults. The schema is
`resources/schema/annotator-codebook-1.schema.json`.
"""

import json
from pathlib import Path
from typing import TypeVar

from annotator.domain import codebook_rules, entity_rules
from annotator.domain.codebook import AttributeKind, AttributeType, Codebook, Label, LineForm, RelationType
from annotator.domain.codebook_merge import merge
from annotator.domain.entity import Entity
from annotator.errors import BadArgument, BadContent
from annotator.formats import strict_json
from annotator.formats.fields import Fields, Wrong, objects

SCHEMA = "annotator-codebook/1"
LARGEST_FILE = 5 * 1024 * 1024
MOST_LABELS = 500
MOST_ATTRIBUTES = 100  # of one label
MOST_RELATION_TYPES = 500
MOST_ENTITIES = 20_000
MOST_ALIASES = 1_000  # of one entity

Named = TypeVar("Named", Label, AttributeType, RelationType)

_LABEL_KEYS = ("name", "letter", "colour", "line_form", "key", "guideline", "parent", "attributes")
_ATTRIBUTE_KEYS = ("name", "kind", "options", "required", "guideline")
_RELATION_KEYS = ("name", "from", "to", "guideline")
_ENTITY_KEYS = ("name", "aliases", "note")

# Lines on a light ground, in the order of look.md, for labels that name no colour of their own.
_LOOKS = (
    ("#B8730E", LineForm.SOLID),
    ("#1A80CC", LineForm.DOUBLE),
    ("#06573A", LineForm.THICK),
    ("#86196A", LineForm.DASH),
    ("#B7271B", LineForm.SOLID),
    ("#80874E", LineForm.DASH_DOT),
    ("#6A46A8", LineForm.DASH),
    ("#04786E", LineForm.DOUBLE),
    ("#788194", LineForm.DASH_DOT),
    ("#442212", LineForm.THICK),
)


def record(codebook: Codebook) -> dict[str, object]:
    """Return the codebook as the JSON object that `dumps` writes."""
    return {
        "schema": SCHEMA,
        "labels": [_label_record(label, codebook.attributes_of(label.name)) for label in codebook],
        "relation_types": [_relation_record(each) for each in codebook.relations],
        "entities": [_entity_record(each) for each in codebook.entities],
    }


def _label_record(label: Label, attributes: tuple[AttributeType, ...]) -> dict[str, object]:
    return {
        "name": label.name,
        "letter": label.letter,
        "colour": label.colour,
        "line_form": label.line_form.value,
        "key": label.key,
        "guideline": label.guideline,
        "parent": label.parent,
        "attributes": [_attribute_record(each) for each in attributes],
    }


def _attribute_record(attribute: AttributeType) -> dict[str, object]:
    return {
        "name": attribute.name,
        "kind": attribute.kind.value,
        "options": list(attribute.options),
        "required": attribute.required,
        "guideline": attribute.guideline,
    }


def _relation_record(relation: RelationType) -> dict[str, object]:
    return {
        "name": relation.name,
        "from": list(relation.sources),
        "to": list(relation.targets),
        "guideline": relation.guideline,
    }


def _entity_record(entity: Entity) -> dict[str, object]:
    return {"name": entity.name, "aliases": list(entity.aliases), "note": entity.note}


def dumps(codebook: Codebook) -> str:
    r"""Return the file's text, which ends in `\n`."""
    return json.dumps(record(codebook), ensure_ascii=False, indent=2) + "\n"


def read(path: Path | str, into: Codebook | None = None) -> Codebook:
    """Read a codebook file; where it is to be merged `into` another, that says what the file leaves open.

    Raises NotFound, BadArgument (a folder), EnvironmentFailed, and BadContent that names what is wrong and where.
    """
    path = Path(path)
    value = strict_json.load(path, LARGEST_FILE)
    try:
        found = _codebook(value, into or Codebook(()))
        codebook_rules.check(merge(into, found).codebook if into else found)
    except (Wrong, BadArgument) as wrong:
        raise BadContent(f"{path} is not a codebook that can be used: {wrong}") from wrong
    return found


def _codebook(value: object, known: Codebook) -> Codebook:
    file = Fields(value, "the file", ("schema", "labels", "relation_types", "entities"))
    if file.value("schema", None) != SCHEMA:
        raise Wrong(f'it needs "schema": "{SCHEMA}".')
    entries = objects(file.value("labels", None), '"labels"', MOST_LABELS, "labels")
    if not entries:
        raise Wrong('it needs "labels", a list with at least one label.')
    labels: list[Label] = []
    attributes: list[AttributeType] = []
    for number, entry in enumerate(entries, 1):
        label, own = _label(entry, number, known)
        labels.append(label)
        attributes += own
    types = objects(file.value("relation_types", []), '"relation_types"', MOST_RELATION_TYPES, "relation types")
    relations = tuple(_relation(entry, number, known) for number, entry in enumerate(types, 1))
    named = objects(file.value("entities", []), '"entities"', MOST_ENTITIES, "entities")
    entities = tuple(_entity(entry, number) for number, entry in enumerate(named, 1))
    entity_rules.check(entities)
    return Codebook(tuple(labels), tuple(attributes), relations, entities)


def _label(entry: object, number: int, known: Codebook) -> tuple[Label, list[AttributeType]]:
    """Return label `number` (counted from 1) of the file with its attributes."""
    fields = Fields(entry, f"label {number}", _LABEL_KEYS)
    name = fields.name(f'the "name" of label {number}')
    fields.called(f"the label “{name}”")
    old = _same(known.labels, name) or new_label(name, len(known.labels) + number)
    label = Label(
        name=name,
        letter=fields.text("letter", old.letter),
        colour=fields.text("colour", old.colour).upper(),
        line_form=fields.choice("line_form", LineForm, old.line_form),
        key=fields.key("key", old.key),
        guideline=fields.text("guideline", old.guideline),
        parent=fields.optional_text("parent", old.parent),
    )
    entries = objects(fields.value("attributes", []), f'the "attributes" of “{name}”', MOST_ATTRIBUTES, "attributes")
    there = known.attributes_of(old.name)
    return label, [_attribute(each, place, name, there) for place, each in enumerate(entries, 1)]


def new_label(name: str, number: int) -> Label:
    """Return a label of which only the name is known, with the look of the one of that number, counted from 1."""
    colour, line_form = _LOOKS[(number - 1) % len(_LOOKS)]
    return Label(name, name[0].upper()[:3], colour, line_form)


def _attribute(entry: object, number: int, label: str, there: tuple[AttributeType, ...]) -> AttributeType:
    fields = Fields(entry, f"attribute {number} of “{label}”", _ATTRIBUTE_KEYS)
    name = fields.name(f'the "name" of attribute {number} of “{label}”')
    fields.called(f"the attribute “{name}” of “{label}”")
    old = _same(there, name)
    options = fields.texts("options", ())
    usual = old.kind if old else AttributeKind.CHOICE if options else AttributeKind.TEXT
    kind = fields.choice("kind", AttributeKind, usual)
    if not options and old and old.kind is kind:
        options = old.options
    required = fields.flag("required", old.required if old else False)
    return AttributeType(label, name, kind, options, required, fields.text("guideline", old.guideline if old else ""))


def _relation(entry: object, number: int, known: Codebook) -> RelationType:
    fields = Fields(entry, f"relation type {number}", _RELATION_KEYS)
    name = fields.name(f'the "name" of relation type {number}')
    fields.called(f"the relation type “{name}”")
    old = _same(known.relations, name) or RelationType(name)
    ends = fields.texts("from", old.sources), fields.texts("to", old.targets)
    return RelationType(name, *ends, fields.text("guideline", old.guideline))


def _entity(entry: object, number: int) -> Entity:
    fields = Fields(entry, f"entity {number}", _ENTITY_KEYS)
    name = fields.name(f'the "name" of entity {number}')
    fields.called(f"the entity “{name}”")
    aliases = fields.texts("aliases", ())
    if len(aliases) > MOST_ALIASES:
        raise Wrong(f"the entity “{name}” has {len(aliases)} aliases; {MOST_ALIASES} is the most.")
    return entity_rules.tidy(Entity(name, aliases, fields.optional_text("note", None)))


def _same(every: tuple[Named, ...], name: str) -> Named | None:
    """The one of this name, whatever its case, if there is one."""
    wanted = codebook_rules.folded(name)
    return next((each for each in every if codebook_rules.folded(each.name) == wanted), None)
