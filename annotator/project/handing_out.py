"""Handing documents out: a project file with some documents and the whole codebook, for one annotator."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotator.domain.document import Document
from annotator.domain.handing import HandedOut
from annotator.domain.time import now
from annotator.errors import BadArgument, Busy
from annotator.project.base import annotator_name
from annotator.project.reading import Reading
from annotator.storage import creating, handing, restoring, taking, users


class HandingOut(Reading):
    """The part of Project that gives documents to people who work elsewhere; `take_work` takes their work back."""

    def hand_out(
        self, target: str | Path, documents: Sequence[str] | None, annotator: str, *, force: bool = False
    ) -> HandedOut:
        """Make the project file `target` for one annotator: these documents (None: all) and the whole codebook.

        Documents, labels, attributes, relation types and entities keep their ids. The annotator's own spans, relations,
        states and notes in these documents go along, nobody else's, and no history. The file carries the name, so that
        it opens as that person's. Raises BadArgument where it exists: with `force` it is kept beside, under another
        name; Busy where it is open, BadArgument or EnvironmentFailed as for `annotator.new`.
        """
        name, path = annotator_name(annotator), Path(target)
        chosen = self._to_hand_out(documents)
        creating.check_target(path, force=force)
        self._check_not_open(path)
        with self._store.told():
            who = handing.annotator_id(self._store.connection, name) or str(uuid.uuid4())
            origin = self._store.about.get("id", "")
        counted = handing.Counted()
        self._store.under_way.plan(2 * len(chosen))
        with restoring.aside(path, wanted=force) as replaced:
            creating.create(
                path,
                self.full_codebook(),
                self._with_own_notes(chosen, who),
                force=force,
                rows=self._own_rows((who, name), chosen, counted),
                about={"annotator": name, "origin": origin, "handed_out": now()},
            )
        return HandedOut(path, name, tuple(chosen), counted.spans, counted.relations, counted.left_out, replaced)

    def _to_hand_out(self, documents: Sequence[str] | None) -> list[Document]:
        """The documents of these ids, in the project's order. Raises NotFound, BadArgument where there is none."""
        self.documents.forget()
        wanted = None if documents is None else {self.documents.get(each).id for each in documents}
        chosen = [each for each in self.documents if wanted is None or each.id in wanted]
        if not chosen:
            raise BadArgument("There is no document to hand out. Choose at least one.")
        return chosen

    def _check_not_open(self, path: Path) -> None:
        """Raise where the file is this project itself, or somebody has it open."""
        if path.exists() and path.samefile(self.path):
            raise BadArgument(f"{path.name} is this project itself. Choose another name.")
        if writer := users.writer_of(path):
            raise Busy(f"{path.name} is open in {writer}. Close it there, or choose another name.")

    def _own_rows(
        self, person: tuple[str, str], documents: Sequence[Document], counted: handing.Counted
    ) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Yield the rows of a person, (id, name), and of their work, a document at a time."""
        who, name = person
        yield "annotator", [{"id": who, "name": name}]
        for document in documents:
            self._store.under_way.did(1)
            with self._store.told():
                rows = handing.own_rows(self._store.connection, who, document, counted)
            yield from rows.items()

    def _with_own_notes(self, documents: Sequence[Document], who: str) -> Iterator[tuple[Document, str]]:
        """Yield documents with their texts; a note that somebody else wrote stays here."""
        with self._store.told():
            times = taking.Times(self._store.connection)
        for document in documents:
            self._store.under_way.did(1)
            with self._store.told():
                written = handing.note_written(self._store.connection, times, document.id, document.note)
            own = written is None or written[0] == who
            yield document if own else replace(document, note=None), self.documents.text_of(document)
