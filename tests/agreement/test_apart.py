"""The process that measures says the same as measuring here does."""

import pickle
import subprocess
import sys
from dataclasses import replace

from annotator.agreement import apart
from annotator.agreement.answers import ALL, Alignments, Matched, Measured, Request
from annotator.agreement.measures import figures
from annotator.domain.relation import Relation
from annotator.domain.review import GOLD
from tests.agreement.builders import finished, span

ONE = finished(60, "one", kim=[("claim", (0, 10)), ("quote", (20, 30))], lee=[("claim", (0, 12)), ("actor", (20, 30))])
TWO = finished(40, "two", kim=[("claim", (5, 9))], lee=[("claim", (5, 9))], max=[("quote", (5, 9))])
PEOPLE = ("kim", "lee", "max")


def request(*documents, measure="f1-type", **more):
    return Request(tuple(apart.pack(each) for each in documents), measure, ("claim", "quote"), PEOPLE, **more)


def measured(request_):
    answers = [each for each in apart.answers(request_) if isinstance(each, Measured)]
    return {(each.scope, each.figure.label, each.figure.annotators): each.figure for each in answers}


def test_the_process_gives_the_figures_that_are_measured_here() -> None:
    asked = request(ONE, TWO)
    pieces = [replace(asked, documents=()), *(([each], []) for each in asked.documents)]
    question = b"".join(map(pickle.dumps, pieces))
    done = subprocess.run([sys.executable, "-m", "annotator.agreement"], input=question, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    arrived = bytearray(done.stdout)
    assert list(apart.unframed(arrived)) == list(apart.answers(asked))
    assert not arrived
    expected = figures([ONE, TWO], ["f1-type"], [None, "claim", "quote"], PEOPLE)
    found = measured(asked)
    assert [found[ALL, each.label, each.annotators] for each in figures([ONE, TWO], ["f1-type"], [None], PEOPLE)]
    assert all(found[ALL, each.label, each.annotators] == each for each in expected)


def test_answers_are_taken_as_they_arrive_in_pieces() -> None:
    whole, arrived, taken = b"".join(map(apart.framed, (Alignments(1), Alignments(2)))), bytearray(), []
    for byte in whole:
        arrived.append(byte)
        taken += list(apart.unframed(arrived))
    assert taken == [Alignments(1), Alignments(2)]


def test_each_document_has_its_own_figures() -> None:
    found = measured(request(ONE, TWO))
    assert found["one", "claim", PEOPLE].value == 1.0
    assert found["one", None, PEOPLE].value == 0.5
    assert found["two", None, PEOPLE].value != found["one", None, PEOPLE].value


def test_gold_is_measured_against_each_annotator_alone() -> None:
    reviewed = finished(60, "one", kim=[("claim", (0, 10))], **{GOLD: [("claim", (0, 10)), ("quote", (20, 30))]})
    asked = Request((), "f1-strict", ("claim",), (), (apart.pack(reviewed),), ("kim",), GOLD)
    found = measured(asked)
    assert set(found) == {(ALL, label, ("kim", GOLD)) for label in (None, "claim")}
    assert round(found[ALL, None, ("kim", GOLD)].value or 0, 3) == 0.667


def test_gamma_tells_how_far_it_is() -> None:
    told: list[bytes] = []

    class Stream:
        def write(self, data: bytes) -> None:
            told.append(data)

        def flush(self) -> None:
            pass

    found = list(apart.answers(request(TWO, measure="gamma"), Stream()))  # type: ignore[arg-type]
    heard = (each for data in told for each in apart.unframed(bytearray(data)))
    counts = [each.alignments for each in heard if isinstance(each, Alignments)]
    assert counts[:3] == [1, 2, 3]
    labels = {each.figure.label for each in found if isinstance(each, Measured) and each.scope == "two"}
    assert labels == {None}, "a gamma takes too long for each label of each document"


def test_attributes_and_relations_are_compared_on_spans_that_both_have() -> None:
    kinds = {"kim": "person", "lee": "organisation"}
    spans = {
        who: (
            span("actor", (0, 5), by=who, key=f"{who}1", attributes=[("kind", kinds[who])]),
            span("quote", (10, 20), by=who, key=f"{who}2"),
        )
        for who in kinds
    }
    document = finished(40, "one")
    document = type(document)("one", 40, spans)
    drawn = [Relation(who, "one", "said by", f"{who}2", f"{who}1", who, "") for who in kinds]
    asked = Request(
        (apart.pack(document, drawn),),
        "f1-type",
        (),
        ("kim", "lee"),
        attributes=(("actor", "kind"), ("quote", "type")),
        relations=("said by",),
    )
    found = [each for each in apart.answers(asked) if isinstance(each, Matched)]
    assert [(each.what, each.value, each.matched, each.alike) for each in found] == [
        ("kind", 0.0, 1, 0),
        ("said by", 1.0, 2, 1),
    ], "that nobody says anything of the quote’s type is no agreement on it"
