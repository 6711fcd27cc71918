"""Changing relations: relate two spans, give a relation another type, turn it round, delete it."""

import uuid
from dataclasses import replace

from annotator.domain import relation as rules
from annotator.domain.relation import Relation
from annotator.domain.span import Span
from annotator.domain.text import text_problem
from annotator.domain.time import now
from annotator.errors import BadArgument, NotFound
from annotator.project.spans import SpanChanges
from annotator.storage import history, journal, relations
from annotator.storage.journal import Step


class RelationChanges(SpanChanges):
    """The part of Project that writes relations. Spans and relations are named by id or a unique beginning of it."""

    def relate(self, source_id: str, type: str, target_id: str, *, id: str | None = None) -> Relation:
        """Draw a relation of a type from one span to another of the same document; returns it.

        Raises BadArgument where the type can't go between spans of these labels. What this annotator has related so
        already is returned as it is. `id` is a UUID of the caller's own: writing the same twice adds nothing.
        """
        source, target = self.span(source_id), self.span(target_id)
        if id is not None and (known := self._related_before(id)):
            return known
        self._check_ends(type, source, target)
        if id is not None and (not id or text_problem(id)):
            raise BadArgument(f"{id!r} can't be a relation's id.")
        new_id = id or str(uuid.uuid4())
        wanted = Relation(new_id, source.document, type, source.id, target.id, self.annotator, now())
        there: list[str] = []

        def write(step: Step) -> None:
            type_id = self._check_now(step, type, source, target)
            if same := relations.same_as(step.connection, source.id, target.id, type_id, step.annotator_id):
                there.append(same)
            else:
                step.insert("relation", [relations.row(wanted, step.annotator_id, type_id)])

        try:
            self._write(f"relate {type}", write)
        except BadArgument:
            if id is not None and (known := self._related_before(id)):  # another program was a moment faster
                return known
            raise
        return self.relation(there[0]) if there else wanted

    def unrelate(self, *relation_ids: str) -> None:
        """Delete relations in one change; the history keeps them."""
        found = {each.id: each for each in map(self.relation, relation_ids)}
        if found:
            kinds = [each.type for each in found.values()]
            name = f"delete relation {kinds[0]}" if len(found) == 1 else f"delete {len(found)} relations"
            self._write(name, lambda step: step.delete("relation", *found))

    def change_relation(self, relation_id: str, type: str) -> Relation:
        """Give a relation another type. Raises BadArgument where it doesn't fit, or the same is there already."""
        relation = self.relation(relation_id)
        if relation.type == type:
            return relation
        return self._rewrite(relation, replace(relation, type=type), f"change relation {relation.type} to {type}")

    def reverse_relation(self, relation_id: str) -> Relation:
        """Let a relation go the other way. Raises BadArgument where it doesn't fit, or the same is there already."""
        relation = self.relation(relation_id)
        turned = replace(relation, source=relation.target, target=relation.source)
        return self._rewrite(relation, turned, f"reverse relation {relation.type}")

    def _rewrite(self, relation: Relation, wanted: Relation, name: str) -> Relation:
        source, target = self.span(wanted.source), self.span(wanted.target)
        self._check_ends(wanted.type, source, target)

        def write(step: Step) -> None:
            row = journal.current_rows(step.connection, "relation", [relation.id]).get(relation.id)
            who = row["annotator"] if row else step.annotator_id
            type_id = self._check_now(step, wanted.type, source, target)
            same = relations.same_as(step.connection, source.id, target.id, type_id, who)
            if same and same != relation.id:
                raise BadArgument(f"These two spans are related as “{wanted.type}” already. Nothing was changed.")
            values = {"source": source.id, "target": target.id, "type": type_id}
            if row is None or any(row[column] != value for column, value in values.items()):
                step.update("relation", relation.id, values)

        change_set = self._write(name, write)
        return change_set.relations[0] if change_set else self.relation(relation.id)

    def _check_now(self, step: Step, type: str, source: Span, target: Span) -> str:
        """Check the ends as they are inside the transaction; returns the type's id."""
        rows = journal.current_rows(step.connection, "span", [source.id, target.id])
        for span in (source, target):
            if span.id not in rows:
                raise NotFound(f"The span “{span.id}” is gone: somebody deleted it meanwhile. Nothing was changed.")
        labels = self._store.names.labels
        now_are = [replace(span, label=labels[rows[span.id]["label"]]) for span in (source, target)]
        self._check_ends(type, *now_are)
        return self.codebook.relation(type).id

    def _check_ends(self, type: str, source: Span, target: Span) -> None:
        kind = self.codebook.relation(type)
        if source.id == target.id:
            raise BadArgument("A span can't be related to itself. Name two spans.")
        if source.document != target.document:
            raise BadArgument(
                f"The two spans are in different documents, “{source.document}” and “{target.document}”. "
                "A relation stays inside one."
            )
        if problem := rules.misfit(self.codebook, kind, source.label, target.label):
            raise BadArgument(f"{problem} Nothing was changed.")

    def _related_before(self, relation_id: str) -> Relation | None:
        """The relation that an earlier write of this id left. Raises BadArgument where it was deleted since."""
        if text_problem(relation_id):
            return None
        with self._store.snapshot():
            if known := relations.with_ids(self._store.connection, self._store.names, [relation_id]):
                return known[0]
            if history.knows(self._store.connection, "relation", relation_id):
                raise BadArgument(
                    f"The relation “{relation_id}” was written before and deleted since. Nothing was changed."
                )
        return None
