"""What a registry of entities must be, and its edits as pure functions. Ids stay, so that names may change."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from annotator.domain.codebook_rules import check_name, folded
from annotator.domain.entity import Entity
from annotator.domain.text import as_note
from annotator.errors import BadArgument

LONGEST_NAME = 200  # code points: official names are long


def key(name: str) -> str:
    """Return what two names of one entity have in common, however a text breaks its lines between the words."""
    return folded(" ".join(name.split()))


def as_name(text: str) -> str:
    """Return a text on one line as a name is stored. Raises BadArgument where it can't be one."""
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    check_name(name, "entity", LONGEST_NAME)
    return name


def as_aliases(name: str, aliases: Iterable[str]) -> tuple[str, ...]:
    """Return aliases as they are stored: in their order, none twice, none that is the name. Raises BadArgument."""
    found: dict[str, str] = {}
    for alias in aliases:
        found.setdefault(key(alias), as_name(alias))
    found.pop(key(name), None)
    return tuple(found.values())


def tidy(entity: Entity) -> Entity:
    """Return the entity with name, aliases and note as they are stored. Raises BadArgument where that can't be."""
    name = as_name(entity.name)
    return replace(entity, name=name, aliases=as_aliases(name, entity.aliases), note=as_note(entity.note))


def check(entities: Iterable[Entity]) -> None:
    """Raise BadArgument unless every name and alias belongs to one entity alone."""
    owner: dict[str, Entity] = {}
    for entity in entities:
        if tidy(entity) != entity:
            raise BadArgument(f"The entity “{entity.name}” has blanks around its names, or a name twice.")
        for name in entity.names:
            other = owner.setdefault(key(name), entity)
            if other is not entity:
                raise BadArgument(_clash(name, entity, other))


def _clash(name: str, entity: Entity, other: Entity) -> str:
    if key(entity.name) == key(other.name):
        return f"Two entities are called “{name}”."
    return (
        f"“{name}” can't be both “{other.name}” and “{entity.name}”: a name or an alias belongs to one entity. "
        "If they are one, merge them."
    )


def find(entities: Iterable[Entity], name: str) -> Entity | None:
    """Return the entity that has this name or alias, whatever its case."""
    wanted = key(name)
    return next((each for each in entities if any(key(known) == wanted for known in each.names)), None)


def renamed(entity: Entity, name: str) -> Entity:
    """Give an entity another name; where that was an alias of it, the two change places."""
    was_alias = key(name) in map(key, entity.aliases)
    kept = [alias for alias in entity.aliases if key(alias) != key(name)]
    return tidy(replace(entity, name=name, aliases=tuple([entity.name, *kept] if was_alias else kept)))


def merged(entity: Entity, into: Entity) -> Entity:
    """Return `into` with the names of `entity` as aliases, and its note below its own."""
    notes = [note for note in (into.note, entity.note) if note]
    return tidy(replace(into, aliases=(*into.aliases, *entity.names), note="\n".join(notes) or None))


def split(entity: Entity, name: str, forms: Iterable[str]) -> tuple[Entity, Entity]:
    """Return an entity without the aliases that are `name` or among `forms`, and the new one that has them."""
    going = {key(name), *map(key, forms)}
    gone = tuple(alias for alias in entity.aliases if key(alias) in going)
    kept = tuple(alias for alias in entity.aliases if key(alias) not in going)
    return replace(entity, aliases=kept), tidy(Entity(name, gone))


def taken_in(entities: Sequence[Entity], others: Iterable[Entity]) -> tuple[Entity, ...]:
    """Take the entities of a file into a registry, by name, else by alias; nothing goes.

    What has a name in common is one; an alias that belongs to another entity stays with that one.
    """
    found = list(entities)
    owner = {key(name): place for place, each in enumerate(found) for name in each.names}
    for other in map(tidy, others):
        place = next((owner[key(name)] for name in other.names if key(name) in owner), len(found))
        free = tuple(name for name in other.names if owner.get(key(name), place) == place)
        if place == len(found):
            found.append(replace(other, id=""))
        else:
            old = found[place]
            found[place] = tidy(replace(old, aliases=(*old.aliases, *free), note=old.note or other.note))
        owner |= {key(name): place for name in free}
    return tuple(found)
