"""The relations of the shown document: by id, and by the spans that they join."""

from collections.abc import Iterable

from annotator.domain.relation import Relation


class RelationStore:
    """Relations of one document, the oldest first. Not thread-safe."""

    def __init__(self) -> None:
        self._relations: dict[str, Relation] = {}
        self._at: dict[str, dict[str, None]] = {}  # ids by span, in the order in which they came

    def __len__(self) -> int:
        return len(self._relations)

    def clear(self) -> None:
        self._relations.clear()
        self._at.clear()

    def get(self, relation_id: str) -> Relation | None:
        return self._relations.get(relation_id)

    def all(self) -> list[Relation]:
        """Return all relations, the oldest first."""
        return sorted(self._relations.values(), key=_age)

    def at(self, span_id: str) -> list[Relation]:
        """Return the relations that begin or end at a span, the oldest first."""
        return sorted((self._relations[key] for key in self._at.get(span_id, ())), key=_age)

    def put_all(self, relations: Iterable[Relation]) -> None:
        for relation in relations:
            self.put(relation)

    def put(self, relation: Relation) -> None:
        """Add a relation, or replace the one of its id."""
        self.remove(relation.id)
        self._relations[relation.id] = relation
        for end in (relation.source, relation.target):
            self._at.setdefault(end, {})[relation.id] = None

    def remove(self, relation_id: str) -> Relation | None:
        """Take a relation out, if it is in, and return it."""
        relation = self._relations.pop(relation_id, None)
        if relation is None:
            return None
        for end in (relation.source, relation.target):
            self._at[end].pop(relation_id, None)
            if not self._at[end]:
                del self._at[end]
        return relation


def _age(relation: Relation) -> tuple[str, str]:
    return relation.created, relation.id
