"""The relations of one document of a file held against those here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotator.domain.document import Document
from annotator.domain.relation import Relation
from annotator.domain.work import Deleted, WorkDocument
from annotator.storage import relations, taking
from annotator.storage.journal import Row
from annotator.storage.tables import GOLD_ID
from annotator.storage.work_here import Here
from annotator.storage.work_plan import Plan

_NO_SPAN = (
    "1 relation was left out: a span of it is not here.",
    "# relations were left out: spans of theirs are not here.",
)
_ANOTHER = (
    "1 relation was left out: here its id is that of another one.",
    "# relations were left out: here their ids are those of others.",
)
_Quad = tuple[str, str, str, str]  # source, target, type's id, annotator's id: no two relations have the same


@dataclass
class Arrows:
    """The relations of one document; `there` are the spans of the file that it has afterwards, `gone` those it lost."""

    plan: Plan
    of: WorkDocument
    here: Document
    rows: Here
    deleted: Mapping[str, Deleted]
    there: Collection[str]
    gone: Collection[str]
    _rows: Mapping[str, Row] = field(default_factory=dict)
    _left: dict[str, str] = field(default_factory=dict)  # when each of them came to be as it is
    _taken: dict[_Quad, str] = field(default_factory=dict)
    _deleted: set[str] = field(default_factory=set)

    def add(self) -> None:
        """Plan what becomes of them."""
        plan = self.plan
        wanted = [each for each in self.of.relations if plan.wants(each.annotator)]
        self._rows = self.rows.relations_of.get(self.here.id, {})
        self._left = taking.left_at(plan.connection, plan.times, list(self._rows.values()))
        self._delete()
        self._taken = {_quad(row): key for key, row in self._rows.items() if key not in self._deleted}
        ends = self._ends(wanted)
        for each in wanted:
            if each.source not in ends or each.target not in ends:
                plan.left[_NO_SPAN] += 1
            elif each.id in self._rows:
                self._compare(each, self._rows[each.id])
            elif each.id in self.rows.relations:
                plan.left[_ANOTHER] += 1
            else:
                self._add(each, self.rows.lost_relations.get(each.id))

    def _delete(self) -> None:
        """Those go that were deleted there later than they were drawn here, and those at spans that go."""
        for key, row in self._rows.items():
            each = self.deleted.get(key)
            name = self.plan.names[row["annotator"]]
            if row["source"] in self.gone or row["target"] in self.gone:
                self._gone(key, name)
            elif each and each.annotator == name and self.plan.wants(name):
                if each.at > self._left[key]:
                    self._gone(key, name)
                else:
                    self.plan.row(name, self.here).relations.kept += 1

    def _gone(self, key: str, name: str) -> None:
        self._deleted.add(key)
        self.plan.writes["relation"].gone.append(key)
        self.plan.row(name, self.here).relations.deleted += 1

    def _ends(self, wanted: Sequence[Relation]) -> set[str]:
        """The ids of spans of the document at which these relations may begin or end."""
        asked = {end for each in wanted for end in (each.source, each.target)}
        others = self.plan.rows_with("span", [key for key in asked if key not in self.there])
        here = (row for row in others.values() if row["document"] == self.here.id and row["annotator"] != GOLD_ID)
        return (asked & set(self.there)) | {row["id"] for row in here if row["id"] not in self.gone}

    def _wanted_quad(self, each: Relation) -> _Quad:
        return each.source, each.target, self.plan.match.relation(each.type).id, self.plan.person(each.annotator)

    def _add(self, each: Relation, lost: taking.Gone | None) -> None:
        plan, quad = self.plan, self._wanted_quad(each)
        tally = plan.row(each.annotator, self.here).relations
        if quad in self._taken:
            tally.same += 1
        elif lost and not lost.undone and lost.at >= self.of.touched.get(each.id, each.created):
            tally.kept += 1
        else:
            made = replace(each, document=self.here.id, created=min(each.created, plan.latest))
            row = relations.row(made, quad[3], quad[2])
            plan.writes["relation"].new.append({**row, "version": lost.version if lost else 1})
            self._taken[quad] = each.id
            tally.new += 1

    def _compare(self, each: Relation, row: Row) -> None:
        plan = self.plan
        if plan.names[row["annotator"]] != each.annotator:
            plan.left[_ANOTHER] += 1
            return
        tally = plan.row(each.annotator, self.here).relations
        older = self.of.touched.get(each.id, "") <= self._left[each.id]
        if each.id in self._deleted or (older and not plan.match.knows_relation(each.type)):
            tally.kept += 1
            return
        quad = self._wanted_quad(each)
        if _quad(row) == quad:
            tally.same += 1
        elif older or quad in self._taken:
            tally.kept += 1
        else:
            written = {"source": each.source, "target": each.target, "type": quad[2]}
            plan.writes["relation"].changed[each.id] = written
            self._taken[quad] = each.id
            tally.changed += 1


def _quad(row: Row) -> _Quad:
    return row["source"], row["target"], row["type"], row["annotator"]
