"""`annotator review`: the queue, decisions, merging and comments, blind until names are revealed."""

from pathlib import Path

import pytest

import annotator
from annotator.domain.document import State
from tests.ready import ready

FIRST = "000_e6868b451969a881"


@pytest.fixture
def reviewed(sample: Path) -> Path:
    """The sample, on which Kim and Lee agree in one span, differ in the ends of another, and Kim has one more."""
    return ready(sample, _review)


def _review(sample: Path) -> None:
    for name, spans in (
        ("kim", [("claim", 0, 10), ("actor", 20, 30), ("quote", 40, 50)]),
        ("lee", [("claim", 0, 10), ("actor", 20, 34)]),
    ):
        with annotator.open(sample, name) as project:
            for label, start, end in spans:
                project.tag(FIRST, label, start, end)
            project.set_state(FIRST, State.DONE)


def queue(call, path, *more):
    return call("review", path, "queue", "--annotator", "ruth", "--json", *more).json


def test_the_queue_names_nobody_until_names_are_asked_for(call, reviewed):
    out = call("review", reviewed, "queue", "--annotator", "ruth").out
    assert [line.split()[2] for line in out.splitlines()] == ["KIND", "unanimous", "boundary", "missing"]
    assert "kim" not in out
    assert "lee" not in out
    assert {name for item in queue(call, reviewed) for each in item["candidates"] for name in each["annotators"]} == {
        "α",
        "β",
    }
    assert "kim" in call("review", reviewed, "queue", "--annotator", "ruth", "--names").out
    assert "kim" in call("review", reviewed, "queue", "--annotator", "ruth").out
    with annotator.open(reviewed, "ruth") as project:
        assert [each.annotator for each in project.reveals(FIRST)] == ["ruth"]


def test_an_item_is_decided_and_undone(call, reviewed):
    item = queue(call, reviewed, "--kind", "boundary")[0]["id"]
    said = call("review", reviewed, "decide", item[:6], "accept", "--candidate", 2, "--annotator", "ruth")
    assert said.out.startswith("Gold has actor “")
    (decided,) = queue(call, reviewed, "--status", "decided")
    assert (decided["id"], decided["decision"]["action"]) == (item, "accept")
    call("undo", reviewed, "--annotator", "ruth")
    assert queue(call, reviewed, "--status", "decided") == []


def test_a_correction_says_label_place_and_attributes(call, reviewed):
    item = queue(call, reviewed, "--kind", "boundary")[0]["id"]
    arguments = [
        "--label",
        "quote",
        "--at",
        20,
        25,
        "--at",
        30,
        34,
        "--attribute",
        "type=direct",
        "--reason",
        "a quote",
    ]
    record = call("review", reviewed, "decide", item, "correct", *arguments, "--annotator", "ruth", "--json").json
    assert record["result"]["fragments"] == [{"start": 20, "end": 25}, {"start": 30, "end": 34}]
    assert (record["result"]["label"], record["reason"], record["reviewer"]) == ("quote", "a quote", "ruth")
    assert record["result"]["attributes"] == [{"name": "type", "values": ["direct"]}]


def test_merging_says_what_stays_open(call, reviewed):
    assert call("review", reviewed, "merge", "unanimous").out == "Merged 1 item into gold. 2 items stay open.\n"
    assert call("review", reviewed, "merge", "majority").out == "Merged 0 items into gold. 2 items stay open.\n"


def test_an_item_is_shown_with_its_conversation(call, reviewed):
    item = queue(call, reviewed, "--kind", "missing")[0]["id"]
    call("review", reviewed, "comment", item, "Is this a quote?", "--annotator", "ruth")
    call("review", reviewed, "decide", item, "reject", "--reason", "no quote", "--annotator", "ruth")
    out = call("review", reviewed, "show", item, "--annotator", "ruth").out
    assert "(1 of 2), 40 to 50:" in out
    assert "reject (no quote)" in out
    assert "ruth, " in out
    assert "Is this a quote?" in out
    record = call("review", reviewed, "show", item, "--annotator", "ruth", "--json").json
    assert [each["text"] for each in record["comments"]] == ["Is this a quote?"]


def test_one_colleague_is_reviewed_alone(call, reviewed):
    items = queue(call, reviewed, "--alone", "kim")
    assert [item["kind"] for item in items] == ["single"] * 3
    call("review", reviewed, "decide", items[2]["id"], "reject", "--alone", "kim", "--annotator", "ruth")
    assert [item["status"] for item in queue(call, reviewed, "--alone", "kim")] == ["open", "open", "decided"]


def test_what_is_begun_and_not_done_stays_out_of_sight(call, reviewed):
    call("tag", reviewed, FIRST, "claim", 60, 70, "--annotator", "max")
    said = call("review", reviewed, "queue", "--annotator", "max")
    assert "begun and not finished it" in said.error
    assert "Nothing to review" in said.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["decide", "zzz", "accept"], "There is no item “zzz”"),
        (["decide", "", "accept"], "There is no item “”"),
        (["merge", "all"], "There is no rule “all”"),
        (["decide"], "review decide takes ITEM and ACTION"),
        (["queue", "more"], "review queue takes nothing more"),
        (["queue", "--between", "kim", "nobody"], "Nobody called “nobody”"),
        (["queue", "--alone", "nobody"], "Nobody called “nobody”"),
        (["queue", "--document", "nowhere"], "There is no document “nowhere”"),
        (["look"], "invalid choice"),
    ],
)
def test_what_is_not_there_is_told(call, reviewed, arguments, says):
    before = reviewed.read_bytes()
    said = call("review", reviewed, *arguments)
    assert (said.code, says in said.error) == (2, True), said.error
    assert reviewed.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["approve"], "“approve” is no decision"),
        (["accept"], "Say which of its 2 candidates"),
        (["accept", "--candidate", "3"], "There is no candidate 3"),
        (["accept", "--candidate", "0"], "There is no candidate 0"),
        (["accept", "--candidate", "1", "--label", "quote"], "Only a correction"),
        (["correct", "--candidate", "1", "--label", "frame"], "frame"),
        (["correct", "--candidate", "1", "--at", "5", "5"], "5 to 5 is not a stretch"),
        (["correct", "--candidate", "1", "--attribute", "mood=good"], "mood"),
    ],
)
def test_a_decision_that_can_not_be_is_told(call, reviewed, arguments, says):
    item = queue(call, reviewed, "--kind", "boundary")[0]["id"]
    said = call("review", reviewed, "decide", item, *arguments)
    assert (said.code, says in said.error) == (2, True), said.error
    assert queue(call, reviewed, "--status", "decided") == []


def test_annotators_are_held_against_gold_where_all_is_decided(call, reviewed):
    arguments = ["--gold", "--measure", "f1-exact", "--measure", "f1-type"]
    said = call("agreement", reviewed, *arguments)
    assert "No document is wholly reviewed yet" in said.out
    for item in queue(call, reviewed):
        call("review", reviewed, "decide", item["id"], "accept", "--candidate", 1)
    rows = call("agreement", reviewed, *arguments, "--json").json
    assert [(row["measure"], row["annotators"][0], row["documents"]) for row in rows] == [
        ("f1-exact", "kim", 1),
        ("f1-exact", "lee", 1),
        ("f1-type", "kim", 1),
        ("f1-type", "lee", 1),
    ]
    assert rows[2]["value"] == 1.0
    plain = call("agreement", reviewed, "--measure", "f1-type", "--json").json
    assert [row["annotators"] for row in plain] == [["kim", "lee"]]
