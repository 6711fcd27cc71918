"""Agreement measured in a process of its own, so that the window never waits: `python -m annotator.agreement`.

A request comes in on the standard input, answers go out on the standard output as they are found. Both are pickled and
travel between a program and its own child only: nothing here ever reads a pickle from a file or from somebody else.
"""

import os
import pickle
import struct
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import combinations, product
from typing import BinaryIO

from annotator.agreement import matched
from annotator.agreement.answers import ALL, Alignments, Answer, Matched, Measured, Request
from annotator.agreement.finished import Finished
from annotator.agreement.measures import GAMMA, Survey
from annotator.domain.relation import Relation

_LENGTH = struct.Struct("<I")


def pack(document: Finished, relations: Sequence[Relation] = ()) -> bytes:
    """Return a document as a request carries it."""
    return pickle.dumps((document, tuple(relations)), pickle.HIGHEST_PROTOCOL)


def opened(stream: BinaryIO) -> Request:
    """Read a request: itself, then its documents and those with gold, some at a time, until the end."""
    request: Request = pickle.load(stream)
    documents: list[bytes] = []
    gold: list[bytes] = []
    with suppress(EOFError):
        while True:
            some, reviewed = pickle.load(stream)
            documents += some
            gold += reviewed
    return replace(request, documents=tuple(documents), gold=tuple(gold))


def framed(value: object) -> bytes:
    """Return a value as it travels: its length, then itself."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(data)) + data


def unframed(buffer: bytearray) -> Iterator[Answer]:
    """Take the answers that are whole out of what has arrived so far."""
    while len(buffer) >= _LENGTH.size:
        end = _LENGTH.size + _LENGTH.unpack_from(buffer)[0]
        if len(buffer) < end:
            return
        answer = pickle.loads(bytes(buffer[_LENGTH.size : end]))
        del buffer[:end]
        yield answer


def answers(request: Request, told: BinaryIO | None = None) -> Iterator[Answer]:
    """Yield what was asked for, what is seen first first; how far a gamma is goes to the stream `told`."""

    def progress(alignments: int) -> None:
        if told:
            told.write(framed(Alignments(alignments)))
            told.flush()

    unpacked = [pickle.loads(each) for each in request.documents]
    documents: list[Finished] = [document for document, _ in unpacked]
    people, labels = request.annotators, (None, *request.codebook)
    yield from _against_gold(request, labels)
    if len(people) < 2:
        return
    groups = [people, *combinations(people, 2)] if len(people) > 2 else [people]
    survey = Survey(documents, seconds=request.seconds, progress=progress)
    for label in labels:
        yield from (Measured(ALL, survey.figure(request.measure, label, group)) for group in groups)
    for document in documents:
        alone = Survey([document], seconds=request.seconds, progress=progress)
        for label in labels if request.measure != GAMMA else (None,):
            yield Measured(document.document, alone.figure(request.measure, label, people))
    drawn = [relation for _, relations in unpacked for relation in relations]
    yield from _of_matched(request, documents, drawn)


def _against_gold(request: Request, labels: Sequence[str | None]) -> Iterator[Answer]:
    reviewed: list[Finished] = [pickle.loads(each)[0] for each in request.gold]
    if not reviewed or request.measure == GAMMA:
        return
    survey = Survey(reviewed)
    for name, label in product(request.reviewed, labels):
        yield Measured(ALL, survey.figure(request.measure, label, (name, request.gold_name)))


def _of_matched(request: Request, documents: Sequence[Finished], drawn: Sequence[Relation]) -> Iterator[Answer]:
    if not request.attributes and not request.relations:
        return
    for one, other in combinations(request.annotators, 2):
        pairs = list(matched.matched(documents, (one, other)))
        given = {(span.label, each.name) for pair in pairs for span in pair for each in span.attributes}
        for label, name in request.attributes:
            if (label, name) not in given:
                continue  # that nobody answers a question is no agreement on it
            found = matched.attributes(pairs, label, name)
            share = None if found.share is None else float(found.share)
            kappa = None if found.kappa is None else float(found.kappa)
            yield Matched(name, label, (one, other), share, kappa, found.matched, found.alike)
        theirs = [relation for relation in drawn if relation.annotator in (one, other)]
        for kind in request.relations:
            same = matched.relations(pairs, theirs, kind)
            value = None if same.score.f1 is None else float(same.score.f1)
            yield Matched(kind, "", (one, other), value, None, same.first + same.second, same.both)


def main() -> None:
    """Read one request, write its answers; the window, and all else, comes first."""
    if hasattr(os, "nice"):
        os.nice(10)
    request = opened(sys.stdin.buffer)
    out = sys.stdout.buffer
    for answer in answers(request, out):
        out.write(framed(answer))
        out.flush()
