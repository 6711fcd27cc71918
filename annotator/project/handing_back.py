"""Handing reviewed work back: a project file for one annotator, with what was decided and said of their work."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator.domain.document import Document
from annotator.domain.handing import HandedBack
from annotator.domain.time import now
from annotator.errors import BadArgument, NotFound
from annotator.project.base import annotator_name
from annotator.project.handing_out import HandingOut
from annotator.storage import creating, handing, handing_back, restoring

_ORDER = "span", "relation", "document_state", "decision", "comment"


class HandingBack(HandingOut):
    """The part of Project that gives reviewed work to those who did it."""

    def hand_back(
        self, target: str | Path, annotator: str, documents: Sequence[str] | None = None, *, force: bool = False
    ) -> HandedBack:
        """Make the project file `target` for one annotator: their work, and the decisions, gold and comments on it.

        Of these documents, or of all in which they have done something. Other people's spans stay here; where a
        decision keeps them, and in comments, nobody is named but who decided, and this project's annotator. Ids are
        kept, there is no history. Raises NotFound for somebody who has done nothing here, else as `hand_out`.
        """
        name, path = annotator_name(annotator), Path(target)
        with self._store.told():
            who = handing.annotator_id(self._store.connection, name)
            worked = handing_back.worked_on(self._store.connection, who) if who else set()
        if not who or not worked:
            raise NotFound(f"“{name}” has done nothing in this project, so there is nothing to hand back.")
        chosen = self._to_hand_back(documents, worked, name)
        creating.check_target(path, force=force)
        self._check_not_open(path)
        self._store.under_way.plan(2 * len(chosen))
        review = self._reviewed(who, chosen)
        with restoring.aside(path, wanted=force) as replaced:
            with self._store.told():
                people = review.rows_of_annotators(handing_back.names_of(self._store.connection), name)
            creating.create(
                path,
                self.full_codebook(),
                self._with_own_notes(chosen, who),
                force=force,
                rows=_in_order(people, review.rows),
                about={
                    "annotator": name,
                    "origin": self._store.about.get("id", ""),
                    "handed_out": now(),
                    "reviewed": now(),
                },
            )
        decisions, comments = (len(review.rows.get(table, [])) for table in ("decision", "comment"))
        spans, left_out = review.counted.spans, review.counted.left_out
        return HandedBack(path, name, tuple(chosen), spans, decisions, comments, left_out, replaced)

    @property
    def handed_back(self) -> bool:
        """Whether this file is one that was handed back, so that its annotator can walk through reviewed work."""
        return "reviewed" in self._store.about

    def _to_hand_back(self, documents: Sequence[str] | None, worked: set[str], name: str) -> list[Document]:
        """The documents of these ids, or all that were worked on, in the project's order."""
        chosen = self._to_hand_out(sorted(worked) if documents is None else documents)
        if not any(each.id in worked for each in chosen):
            raise BadArgument(f"“{name}” has done nothing in these documents, so there is nothing to hand back.")
        return chosen

    def _reviewed(self, who: str, documents: Sequence[Document]) -> handing_back.Review:
        me = self._me()
        review = handing_back.Review(who, {me} if me else set())
        for document in documents:
            self._store.under_way.did(1)
            with self._store.told():
                review.add(self._store.connection, document)
        return review


def _in_order(
    people: list[dict[str, Any]], rows: dict[str, list[dict[str, Any]]]
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    yield "annotator", people
    for table in _ORDER:
        yield table, rows.get(table, [])
