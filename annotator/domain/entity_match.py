"""Which entity a text may mean: its name, an alias, near ones without accents or article, an acronym, shared words."""

import enum
import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from annotator.domain.entity import Entity
from annotator.domain.entity_rules import find, key
from annotator.domain.entity_use import EntityUse
from annotator.errors import NotFound

_ARTICLES = re.compile(r"^(the|a|an)\s+")
_POSSESSIVE = re.compile(r"['’]s?$")
_SMALL = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})
_COUNTRY = frozenset({"us", "usa", "uk", "eu", "un"})
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "sen", "rep", "gov"})
_UNTELLING = _SMALL | _COUNTRY | _TITLES
_SHORT = range(2, 9)  # characters of an acronym
_HINTS = 3  # names that a message offers
_KEPT = 20_000  # names whose plain form is remembered
_LEAST_OVERLAP = 0.5
_MOST_IN_COMMON = 40  # entities that end in one word: more say that the word says nothing


class Reason(enum.IntEnum):
    """Why an entity is suggested, the best reason first."""

    NAME = 1
    ALIAS = 2
    FORM = 3
    NEAR = 4
    ACRONYM = 5
    WORDS = 6


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entity that a text may mean; `by` is the name, alias or form that speaks for it."""

    entity: Entity
    reason: Reason
    by: str


@dataclass(frozen=True)
class EntityBook:
    """The registry with the texts that were tied to each entity before, for suggestions while one annotates."""

    entities: tuple[Entity, ...] = ()
    forms: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By the key of a text, the names of the entities that spans of these words have."""

    @classmethod
    def of(cls, uses: Iterable[EntityUse]) -> "EntityBook":
        """Return the book of these entities."""
        known = list(uses)
        forms: dict[str, set[str]] = {}
        for use in known:
            for form in use.forms:
                forms.setdefault(key(form), set()).add(use.entity.name)
        return cls(tuple(use.entity for use in known), {form: frozenset(names) for form, names in forms.items()})

    def certain(self, text: str) -> Entity | None:
        """Return the one entity that has the text for its name or an alias, or that alone was ever called so."""
        first = suggestions(self.entities, text, self.forms)[:2]
        if not first or first[0].reason > Reason.FORM:
            return None
        alone = first[0].reason < Reason.FORM or len(first) == 1 or first[1].reason is not Reason.FORM
        return first[0].entity if alone else None

    def suggest(self, text: str) -> list[Suggestion]:
        """Return the entities that the text may mean, the likeliest first."""
        return suggestions(self.entities, text, self.forms)

    def typed(self, text: str) -> list[Suggestion]:
        """Return the entities that one who has typed this much may want: names that hold it, or begin its words."""
        wanted = plain(text)
        if not wanted:
            return []
        found = [best for each in self.entities if (best := _typed(each, wanted))]
        return [suggestion for _, suggestion in sorted(found, key=lambda pair: (pair[0], key(pair[1].entity.name)))]


@lru_cache(maxsize=_KEPT)
def plain(text: str) -> str:
    """Return a text without case, accents, dots, article and possessive: what names that mean the same share."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    bare = _POSSESSIVE.sub("", " ".join(bare.split()))
    bare = re.sub(r"(?<=\w)\.(?=\w\b|\s|$)", "", bare)  # U.S. is US
    bare = " ".join(re.sub(r"[^\w&/+-]+", " ", bare).split())
    return _ARTICLES.sub("", bare)


@lru_cache(maxsize=_KEPT)
def acronyms(name: str) -> frozenset[str]:
    """Return what a name of several words may be cut down to: with its small words or without, without a country."""
    words = [word for word in re.split(r"[\s/&-]+", plain(name)) if word]
    found = set()
    for some in (words, [word for word in words if word not in _COUNTRY]):
        for kept in (some, [word for word in some if word not in _SMALL]):
            if len(kept) > 1:
                found.add("".join(word if word in _COUNTRY else word[0] for word in kept))
    return frozenset(short for short in found if len(short) in _SHORT)


def is_short(name: str) -> bool:
    """Whether a name is an acronym: capitals, perhaps with dots or figures, and no blank."""
    letters = [character for character in name if character.isalnum()]
    bare = len(letters) in _SHORT and not any(character.isspace() for character in name)
    return bare and all(character.isupper() or character.isdigit() for character in letters)


def suggestions(
    entities: Iterable[Entity], text: str, forms: Mapping[str, frozenset[str]] | None = None
) -> list[Suggestion]:
    """Return the entities that a text may mean, the best reason first, then by how much they share, then by name."""
    wanted = _Wanted.of(text, (forms or {}).get(key(text), frozenset()))
    found = [best for each in entities if (best := _best(each, wanted))]
    return [suggestion for _, suggestion in sorted(found, key=lambda pair: (pair[0], key(pair[1].entity.name)))]


def get(entities: Sequence[Entity], name: str) -> Entity:
    """Return the entity that has this name or alias. Raises NotFound, with names that are near."""
    if found := find(entities, name):
        return found
    near = [each.entity.name for each in suggestions(entities, name)][:_HINTS]
    hint = f" Did you mean {' or '.join(f'“{each}”' for each in near)}?" if near else ""
    raise NotFound(f"No entity is called “{name}”.{hint}")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A text, made ready to be compared with many names."""

    key: str
    plain: str
    short: bool
    acronyms: frozenset[str]
    words: frozenset[str]
    had_by: frozenset[str]

    @classmethod
    def of(cls, text: str, had_by: frozenset[str]) -> "_Wanted":
        bare = plain(text)
        return cls(key(text), bare, is_short(text.strip()), acronyms(text), _words(bare), had_by)


_Ranked = tuple[tuple[int, float], Suggestion]


def _best(entity: Entity, wanted: _Wanted) -> _Ranked | None:
    ranked = [_ranked(entity, name, wanted, first=place == 0) for place, name in enumerate(entity.names)]
    if entity.name in wanted.had_by:
        ranked.append(((Reason.FORM, 0.0), Suggestion(entity, Reason.FORM, entity.name)))
    return min((each for each in ranked if each), key=lambda each: each[0], default=None)


def _ranked(entity: Entity, name: str, wanted: _Wanted, *, first: bool) -> _Ranked | None:
    bare = plain(name)
    reason, distance = None, 0.0
    if key(name) == wanted.key:
        reason = Reason.NAME if first else Reason.ALIAS
    elif bare and bare == wanted.plain:
        reason = Reason.NEAR
    elif (wanted.short and wanted.plain in acronyms(name)) or (is_short(name) and bare in wanted.acronyms):
        reason = Reason.ACRONYM
    else:
        shared = _overlap(wanted.words, _words(bare))
        reason, distance = (Reason.WORDS, -shared) if shared >= _LEAST_OVERLAP else (None, 0.0)
    return None if reason is None else ((reason, distance), Suggestion(entity, reason, name))


def _words(bare: str) -> frozenset[str]:
    return frozenset(word for word in bare.split() if word not in _UNTELLING)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the shorter name is in the longer, less for words that only the longer has: 1 where they are one."""
    if not one or not other:
        return 0.0
    shared = len(one & other)
    return 0.75 * shared / min(len(one), len(other)) + 0.25 * shared / len(one | other)


def _typed(entity: Entity, wanted: str) -> _Ranked | None:
    ranked = []
    for place, name in enumerate(entity.names):
        bare = plain(name)
        how = (
            0 if bare == wanted
            else 1 if bare.startswith(wanted)
            else 2 if f" {wanted}" in f" {bare}"
            else 3 if wanted in acronyms(name)
            else 4 if wanted in bare
            else None
        )  # fmt: skip
        if how is not None:
            reason = Reason.NAME if place == 0 else Reason.ALIAS
            ranked.append(((how, float(place > 0)), Suggestion(entity, reason, name)))
    return min(ranked, key=lambda each: each[0], default=None)


def likely_duplicates(entities: Sequence[Entity]) -> list[tuple[Entity, Entity]]:
    """Return pairs of entities that look like one, the shorter name first: near names, acronyms, a name's last words.

    Names are compared only within small groups, so that a thousand entities take some hundredths of a second.
    """
    pairs: dict[frozenset[int], None] = {}
    for group in _groups(entities):
        for one, other in itertools.combinations(sorted(group), 2):
            pairs[frozenset((one, other))] = None
    found = [sorted((entities[place] for place in pair), key=lambda each: len(each.name)) for pair in pairs]
    return sorted(((one, other) for one, other in found), key=lambda pair: (key(pair[1].name), key(pair[0].name)))


def _groups(entities: Sequence[Entity]) -> Iterator[set[int]]:
    """Yield places of entities that look like one."""
    named = [(place, name, plain(name)) for place, each in enumerate(entities) for name in each.names]
    yield from _sharing(named, lambda _, bare: {" ".join(sorted(_words(bare))) or bare})
    short = [each for each in named if is_short(each[1])]
    cut = _by(named, lambda name, _: acronyms(name))
    for place, _, bare in short:
        yield from ({place, other} for other in cut.get(bare, set()) - {place})
    yield from _endings(named)


def _endings(named: Sequence[tuple[int, str, str]]) -> Iterator[set[int]]:
    """Yield pairs of which one is called as the other's last words are: “Morton”, “John Morton”."""
    last = _by(named, lambda _, bare: {bare.split()[-1]} if bare else set())
    texts: dict[int, list[list[str]]] = {}
    for place, _, bare in named:
        texts.setdefault(place, []).append(bare.split())
    for places in last.values():
        if len(places) > _MOST_IN_COMMON:
            continue
        for one, other in itertools.permutations(sorted(places), 2):
            if any(_ends(longer, shorter) for longer in texts[one] for shorter in texts[other]):
                yield {one, other}


def _ends(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    return 0 < len(shorter) < len(longer) and list(longer[-len(shorter) :]) == list(shorter)


def _sharing(named: Iterable[tuple[int, str, str]], keys: Callable[[str, str], Iterable[str]]) -> Iterator[set[int]]:
    yield from (places for places in _by(named, keys).values() if 1 < len(places) <= _MOST_IN_COMMON)


def _by(named: Iterable[tuple[int, str, str]], keys: Callable[[str, str], Iterable[str]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for place, name, bare in named:
        for each in keys(name, bare):
            found.setdefault(each, set()).add(place)
    return found
