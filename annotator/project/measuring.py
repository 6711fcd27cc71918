"""What the window shows figures of: who did what in each document, and the material that agreement is measured on.

Measuring itself runs in a process of its own (`agreement.apart`): `asked` is what goes in, `answered` what comes out.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.agreement.answers import Alignments, Answer, Matched, Measured, Request
from annotator.domain.codebook import Codebook
from annotator.domain.document import Document, State
from annotator.domain.review import GOLD
from annotator.domain.span import Span
from annotator.errors import NotFound
from annotator.project.reviewing import Reviewing
from annotator.storage import worked

PROGRAM = ("-P", "-m", "annotator.agreement")
"""What Python is to run for a measurement; `-P` so that no file of the current folder is taken for a module."""
GAMMA_SECONDS = 600.0
_AT_ONCE = 200  # documents that are looked into in one statement
_STEP_S = 0.015


@dataclass(frozen=True, slots=True)
class Worked:
    """What everybody has done in one document.

    `states` are by annotator, `spans` count them by annotator (gold among them) and label. `done` are those who
    finished, `material` their spans, packed for measuring; `reviewed` the same with gold, where nothing is left open.
    `place` is the document's in the project, from 0; -1 where only some documents were asked for.
    """

    document: Document
    states: Mapping[str, State]
    spans: Mapping[str, Mapping[str, int]]
    done: tuple[str, ...]
    material: bytes = b""
    reviewed: bytes = b""
    place: int = -1


@dataclass(frozen=True, slots=True)
class Question:
    """Agreement by one measure of `annotators`, in these documents, and of those `reviewed` with gold.

    With `matched` that of attributes and relations too.
    """

    measure: str
    annotators: tuple[str, ...]
    documents: tuple[Worked, ...]
    codebook: Codebook
    reviewed: tuple[str, ...] = ()
    matched: bool = False


class Measuring(Reviewing):
    """The part of Project that gathers what figures are made of."""

    def work_steps(self, documents: Sequence[str] | None = None) -> Iterator[list[Worked]]:
        """Yield what everybody has done in each document, some at a time; an empty list between slices of a large one.

        For Worker.stream. `documents` are ids, by default all; what isn't there any more is left out.
        """
        places = {document.id: place for place, document in enumerate(self.documents)} if documents is None else {}
        known = list(self.documents) if documents is None else [each for each in map(self._known, documents) if each]
        if not known:
            return
        for at in range(0, len(known), _AT_ONCE):
            some = known[at : at + _AT_ONCE]
            with self._store.told():
                connection, names = self._store.connection, self._store.names
                states = worked.states(connection, names, [each.id for each in some])
                tagged = worked.tagged(connection, names, [each.id for each in some])
            ready: list[Worked] = []
            began = time.monotonic()
            for each in some:
                given, counts = states.get(each.id, {}), tagged.get(each.id, {})
                for found in self._worked(each, places.get(each.id, -1), given, counts):
                    ready += [found] if found else []
                    if time.monotonic() - began > _STEP_S:
                        yield ready
                        ready, began = [], time.monotonic()
            yield ready

    def _known(self, document_id: str) -> Document | None:
        try:
            return self.documents.get(document_id)
        except NotFound:
            return None

    def _worked(
        self, document: Document, place: int, states: Mapping[str, State], counts: Mapping[str, Mapping[str, int]]
    ) -> Iterator[Worked | None]:
        done = tuple(sorted(name for name, state in states.items() if state is State.DONE))
        if not done:
            yield Worked(document, states, counts, done, place=place)
            return
        spans: list[Span] = []
        for part in self.span_slices(document.id, annotators=done):
            spans += part
            yield None
        gold = self.gold(document.id) if self._fully_reviewed(document, done, counts) else None
        material, reviewed = self._packed(document, done, spans, gold)
        yield Worked(document, states, counts, done, material, reviewed, place)

    def _packed(
        self, document: Document, done: Sequence[str], spans: Sequence[Span], gold: Sequence[Span] | None
    ) -> tuple[bytes, bytes]:
        from annotator.agreement import apart  # only now: the window starts without it
        from annotator.agreement.finished import Finished

        by = {name: tuple(span for span in spans if span.annotator == name) for name in done}
        arrows = self.relations(document.id, annotators=done)
        material = apart.pack(Finished(document.id, document.length, by), arrows) if len(done) > 1 else b""
        if gold is None:
            return material, b""
        return material, apart.pack(Finished(document.id, document.length, {**by, GOLD: tuple(gold)}))

    def _fully_reviewed(self, document: Document, done: Sequence[str], counts: Mapping[str, object]) -> bool:
        """Whether gold is all there: something was decided, and nothing is open or deferred."""
        if GOLD not in self._store.names.annotators.values():
            return False
        if GOLD not in counts and not self.decisions(document.id):
            return False
        return self._nothing_open(document, done)


def asked(question: Question) -> bytes:
    """Return a question as the process reads it."""
    import pickle

    codebook = question.codebook
    request = Request(
        documents=tuple(each.material for each in question.documents if each.material),
        measure=question.measure,
        codebook=tuple(label.name for label in codebook),
        annotators=question.annotators,
        gold=tuple(each.reviewed for each in question.documents if each.reviewed),
        gold_name=GOLD,
        reviewed=question.reviewed,
        attributes=tuple((each.label, each.name) for each in codebook.attributes) if question.matched else (),
        relations=tuple(each.name for each in codebook.relations) if question.matched else (),
        seconds=GAMMA_SECONDS,
    )
    return pickle.dumps(request, pickle.HIGHEST_PROTOCOL)


def answered(buffer: bytearray) -> Iterator[Answer]:
    """Take the answers that are whole out of what the process has written so far."""
    from annotator.agreement import apart

    yield from apart.unframed(buffer)


__all__ = ["Alignments", "Answer", "Matched", "Measured", "Measuring", "Question", "Worked", "answered", "asked"]
