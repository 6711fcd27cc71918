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
from annotator.domain.span import text_order
from annotator.project.review_items import in_batches
from annotator.project.reviewing import Reviewing
from annotator.storage import review_material, worked
from annotator.storage.review_material import Material

PROGRAM = ("-P", "-m", "annotator.agreement")
"""What Python is to run for a measurement; `-P` so that no file of the current folder is taken for a module."""
GAMMA_SECONDS = 600.0
_AT_ONCE, _LENGTH_AT_ONCE = 200, 1_000_000  # documents, and code points, that are looked into in one statement
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
        """Yield what everybody has done in each document, some at a time.

        For Worker.stream. `documents` are ids, by default all; what isn't there any more is left out.
        """
        places = {document.id: place for place, document in enumerate(self.documents)} if documents is None else {}
        known = (
            list(self.documents)
            if documents is None
            else [each for each in map(self.documents.known, documents) if each]
        )
        for some in in_batches(((document, None) for document in known), _AT_ONCE, _LENGTH_AT_ONCE):
            ready: list[Worked] = []
            began = time.monotonic()
            for found in self._worked([document for document, _ in some], places):
                ready.append(found)
                if time.monotonic() - began > _STEP_S:
                    yield ready
                    ready, began = [], time.monotonic()
            yield ready

    def _worked(self, documents: Sequence[Document], places: Mapping[str, int]) -> Iterator[Worked]:
        ids = [document.id for document in documents]
        with self._store.told():
            connection, names = self._store.connection, self._store.names
            gold_made = GOLD in names.annotators.values()
            states, tagged = worked.states(connection, names, ids), worked.tagged(connection, names, ids)
        done = {key: _done(given) for key, given in states.items()}
        material = self._materials([(document, done[document.id]) for document in documents if done.get(document.id)])
        for document in documents:
            given, counts = states.get(document.id, {}), tagged.get(document.id, {})
            who = done.get(document.id, ())
            decided = bool(who) and gold_made and (GOLD in counts or bool(self.decisions(document.id)))
            packed = self._packed(document, who, next(material), decided=decided) if who else (b"", b"")
            yield Worked(document, given, counts, who, *packed, places.get(document.id, -1))

    def _materials(self, documents: Sequence[tuple[Document, tuple[str, ...]]]) -> Iterator[Material]:
        """Yield the spans and relations of finished documents, read some documents at a time."""
        for some in in_batches(documents):
            wanted = {document.id: done for document, done in some}
            with self._store.told():
                found = review_material.of_documents(self._store.connection, self._store.names, wanted, reviewed=False)
            yield from (found[document.id] for document, _ in some)

    def _packed(self, document: Document, done: Sequence[str], read: Material, *, decided: bool) -> tuple[bytes, bytes]:
        """Return what agreement is measured on, and the same with gold, where all is decided."""
        from annotator.agreement import apart  # only now: the window starts without it
        from annotator.agreement.finished import Finished

        spans = sorted(read.spans.values(), key=text_order)
        by = {name: tuple(span for span in spans if span.annotator == name) for name in done}
        arrows = [each for each in read.relations if each.annotator in done]
        material = apart.pack(Finished(document.id, document.length, by), arrows) if len(done) > 1 else b""
        if not decided or not self._nothing_open(document, done):
            return material, b""
        gold = tuple(self.gold(document.id))
        return material, apart.pack(Finished(document.id, document.length, {**by, GOLD: gold}))


def _done(states: Mapping[str, State]) -> tuple[str, ...]:
    return tuple(sorted(name for name, state in states.items() if state is State.DONE))


def asked(question: Question) -> Iterator[bytes]:
    """Yield a question as the process reads it, piece by piece: `apart.opened`."""
    import pickle

    codebook = question.codebook
    request = Request(
        documents=(),
        measure=question.measure,
        codebook=tuple(label.name for label in codebook),
        annotators=question.annotators,
        gold_name=GOLD,
        reviewed=question.reviewed,
        attributes=tuple((each.label, each.name) for each in codebook.attributes) if question.matched else (),
        relations=tuple(each.name for each in codebook.relations) if question.matched else (),
        seconds=GAMMA_SECONDS,
    )
    yield pickle.dumps(request, pickle.HIGHEST_PROTOCOL)
    for at in range(0, len(question.documents), _AT_ONCE):
        some = question.documents[at : at + _AT_ONCE]
        material = [each.material for each in some if each.material], [each.reviewed for each in some if each.reviewed]
        yield pickle.dumps(material, pickle.HIGHEST_PROTOCOL)


def answered(buffer: bytearray) -> Iterator[Answer]:
    """Take the answers that are whole out of what the process has written so far."""
    from annotator.agreement import apart

    yield from apart.unframed(buffer)


__all__ = ["Alignments", "Answer", "Matched", "Measured", "Measuring", "Question", "Worked", "answered", "asked"]
