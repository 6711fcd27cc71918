"""What the registry shows: how entities are used, which spans have none, which two look like one; read in steps."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain.entity import Entity
from annotator.domain.entity_match import EntityBook, likely_duplicates
from annotator.domain.entity_use import EntityUse, Tie, Untied, untied, uses

if TYPE_CHECKING:
    from annotator.project import Project

_MOST_PLACES = 200  # spans of one entity that are shown in their documents
_AROUND = 60  # code points of the text before and after a span


@dataclass(frozen=True, slots=True)
class Survey:
    """All of it, at one time. `own` are the ids of this annotator's spans of each entity, by its name."""

    uses: tuple[EntityUse, ...] = ()
    untied: tuple[Untied, ...] = ()
    alike: tuple[tuple[Entity, Entity], ...] = ()
    own: dict[str, tuple[str, ...]] | None = None
    asked: bool = True
    """Whether any label has an attribute for an entity."""
    read: bool = False
    """Whether this was read, and is not what stands there before."""

    @property
    def book(self) -> EntityBook:
        """The entities and their forms, for suggestions."""
        return EntityBook.of(self.uses)

    def use(self, entity_id: str | None) -> EntityUse | None:
        """Return the entity of that id, if it is there."""
        return next((each for each in self.uses if each.entity.id == entity_id), None)


@dataclass(frozen=True, slots=True)
class Place:
    """A span in its document, with some of the text around it on one line."""

    span: str
    document: str
    heading: str
    before: str
    words: str
    after: str


def steps(project: "Project") -> Iterator[Survey | None]:
    """Read a survey in short steps; the last one gives it."""
    ties: list[Tie] = []
    for some in project.ties():
        ties += some
        yield None
    entities = project.entity_list()
    mine = [tie for tie in ties if tie.annotator == project.annotator]
    own: dict[str, list[str]] = {}
    order = {document.id: place for place, document in enumerate(project.documents)}
    for tie in sorted(mine, key=lambda tie: (order[tie.document], tie.start)):
        if tie.entity is not None:
            own.setdefault(tie.entity, []).append(tie.span)
    asked = any(kind.kind == "entity" for kind in project.codebook.attributes)
    yield Survey(
        tuple(uses(entities, ties)),
        tuple(untied(mine)),
        tuple(likely_duplicates(entities)),
        {name: tuple(dict.fromkeys(ids)) for name, ids in own.items()},
        asked,
        read=True,
    )


def places(project: "Project", span_ids: tuple[str, ...]) -> Iterator[list[Place]]:
    """Yield this many spans, at most, as they stand in their documents, one at a time."""
    for span_id in span_ids[:_MOST_PLACES]:
        span = project.span(span_id)
        text = project.documents.text(span.document)
        heading = project.documents.get(span.document).heading
        before = _line(text[max(0, span.start - _AROUND) : span.start])
        after = _line(text[span.end : span.end + _AROUND])
        yield [Place(span.id, span.document, heading, before, _line(span.text), after)]


def _line(text: str) -> str:
    """Return a text on one line; a blank at an end stays one."""
    bare = " ".join(text.split())
    start, end = " " if text[:1].isspace() else "", " " if text[-1:].isspace() else ""
    return f"{start}{bare}{end}" if bare else start
