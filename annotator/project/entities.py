"""The registry of entities. Spans keep their entity by id, so renaming touches none of them; nothing is ever lost."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from annotator.domain import entity_rules, entity_use
from annotator.domain.codebook import Codebook
from annotator.domain.entity import Entity
from annotator.domain.entity_match import get
from annotator.domain.entity_rules import key
from annotator.domain.entity_use import EntityUse, Tie, Untied, form_of
from annotator.domain.time import now
from annotator.errors import BadArgument
from annotator.project.base import OpenProject
from annotator.storage import codebooks, entities, entity_spans
from annotator.storage.journal import Step

_SLICE = 2_000  # spans looked at in one statement

Registry = tuple[Entity, ...]
Along = Callable[[Step, Codebook, Registry, Registry], None]
"""Writes what an edit, from the first registry to the second, does to spans."""


class EntityChanges(OpenProject):
    """The part of Project that reads and writes entities. An entity is named by its name or any alias."""

    def entity_list(self) -> Registry:
        """Return the entities by name, without counting their spans."""
        with self._store.told():
            return entities.read(self._store.connection)

    def entities(self) -> list[EntityUse]:
        """Return the entities by name, each with how many spans have it, by anybody, and those spans' texts."""
        return entity_use.uses(self.entity_list(), [tie for some in self.ties() for tie in some])

    def untied(self) -> list[Untied]:
        """Return this annotator's spans that could have an entity and have none, grouped by their words."""
        ties = (tie for some in self.ties() for tie in some)
        return entity_use.untied(tie for tie in ties if tie.annotator == self.annotator)

    def ties(self, size: int = _SLICE) -> Iterator[list[Tie]]:
        """Yield every span, by anybody, that has an entity or may be given one, `size` spans looked at in each step."""
        with self._store.told():
            yield from entity_spans.ties(self._store.connection, self._store.names, self.codebook, size)

    def add_entity(self, name: str, *, aliases: Sequence[str] = (), note: str | None = None) -> Entity:
        """Add an entity. Raises BadArgument where the name, or an alias, belongs to another."""
        new = entity_rules.tidy(Entity(name, tuple(aliases), note))
        return get(self._edit_registry(f"add entity {new.name}", lambda known: (*known, new)), new.name)

    def change_entity(self, name: str, /, **values: Any) -> Entity:
        """Change an entity: `name`, `aliases`, `note`. A new name that was an alias changes places with the old one."""
        if unknown := sorted(values.keys() - {"name", "aliases", "note"}):
            raise BadArgument(f"An entity has no “{unknown[0]}”. It has: name, aliases, note.")
        old = get(self.entity_list(), name)
        shown = values.get("name", old.name)

        def edit(known: Registry) -> Registry:
            entity = get(known, name)
            if "name" in values:
                entity = entity_rules.renamed(entity, values["name"])
            rest = {field: values[field] for field in ("aliases", "note") if field in values}
            return _replaced(known, get(known, name), entity_rules.tidy(replace(entity, **rest)))

        renames = entity_rules.as_name(shown) != old.name
        change = f"rename entity {old.name} to {shown}" if renames else f"change entity {old.name}"
        return get(self._edit_registry(change, edit), shown)

    def merge_entities(self, name: str, into: str) -> Entity:
        """Give every span of one entity the other; its name and aliases become aliases of that, its note goes along."""
        known = self.entity_list()
        gone, heir = get(known, name), get(known, into)

        def edit(known: Registry) -> Registry:
            one, other = get(known, name), get(known, into)
            if one.id == other.id:
                raise BadArgument(f"“{name}” and “{into}” are one entity already.")
            kept = tuple(each for each in known if each.id != one.id)
            return _replaced(kept, other, entity_rules.merged(one, other))

        def along(step: Step, codebook: Codebook, before: Registry, _: Registry) -> None:
            entity_spans.move(step, codebook, get(before, name).id, get(before, into).id, now())

        return get(self._edit_registry(f"merge {gone.name} into {heir.name}", edit, along), heir.name)

    def split_entity(
        self, name: str, new_name: str, *, forms: Sequence[str] = (), span_ids: Sequence[str] = ()
    ) -> Entity:
        """Make a new entity for some of an entity's spans: those with these words (`forms`), or of these ids.

        Aliases that are the new name or one of the forms go along. Raises BadArgument where no span is meant.
        """
        keys, wanted_ids = set(map(key, forms)), set(span_ids)
        new = entity_rules.as_name(new_name)

        def edit(known: Registry) -> Registry:
            old = get(known, name)
            rest, part = entity_rules.split(old, new, forms)
            return (*_replaced(known, old, rest), part)

        def along(step: Step, codebook: Codebook, before: Registry, after: Registry) -> None:
            source, target = get(before, name), next(each for each in after if each.name == new)

            def wanted(row: Any) -> bool:
                return row["id"] in wanted_ids or key(form_of(row["text"])) in keys

            if not entity_spans.move(step, codebook, source.id, target.id, now(), wanted):
                raise BadArgument(f"None of the spans meant has the entity “{source.name}”, so nothing was split off.")

        return get(self._edit_registry(f"split {new} from {name}", edit, along), new)

    def remove_entity(self, name: str, *, clear_spans: bool = False) -> None:
        """Take an entity away. Where spans have it, that is refused, unless they are to have none (`clear_spans`)."""
        gone = get(self.entity_list(), name)

        def edit(known: Registry) -> Registry:
            entity = get(known, name)
            return tuple(each for each in known if each.id != entity.id)

        def along(step: Step, codebook: Codebook, before: Registry, _: Registry) -> None:
            entity = get(before, name)
            count = entity_spans.count(step.connection, codebook, entity.id)
            if count and not clear_spans:
                have = "1 span has" if count == 1 else f"{count:,} spans have"
                raise BadArgument(
                    f"{have} the entity “{entity.name}”. Merge it into another, or say that they are to have none."
                )
            entity_spans.move(step, codebook, entity.id, None, now())

        self._edit_registry(f"remove entity {gone.name}", edit, along)

    def _edit_registry(self, change: str, edit: Callable[[Registry], Registry], along: Along | None = None) -> Registry:
        """Write one edit, checked whole, with what it does to spans; return the registry as it is then.

        All of it happens to the registry as it is inside the transaction. Where nothing comes of it, there is no
        change.
        """
        found: list[Registry] = []

        def write(step: Step) -> None:
            before = entities.read(step.connection)
            after = entities.with_ids(edit(before))
            entity_rules.check(after)
            found.append(after)
            if along:
                along(step, codebooks.read(step.connection), before, after)
            entities.write(step, before, after)

        self._write(change, write, same_meaning=along is not None)
        return found[0]


def _replaced(known: Registry, old: Entity, new: Entity) -> Registry:
    return tuple(new if each.id == old.id else each for each in known)
