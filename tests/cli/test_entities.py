"""`annotator entities` lists and changes the registry; `tag`, `status` and `documents` know entities and lacks."""

import json

import pytest

import annotator

FIRST = "000_e6868b451969a881"
AGENCY = "Immigration and Customs Enforcement"


@pytest.fixture
def with_entities(sample):
    """Two entities, three actors."""
    with annotator.open(sample, "kim") as project:
        for name in ("ICE", "ICE", AGENCY):
            project.tag(FIRST, "actor", 0, 6, attributes={"entity": name})
    return sample


def listed(call, project):
    return {each["name"]: each for each in call("entities", project, "--json").json}


def test_they_are_listed_with_counts_and_aliases(call, with_entities):
    call("entities", with_entities, "--alias", "ice", "I.C.E.", "the agency")
    assert call("entities", with_entities).out.splitlines() == [
        "SPANS  ENTITY                               ALIASES",
        "    2  ICE                                  I.C.E., the agency",
        "    1  Immigration and Customs Enforcement",
    ]
    assert listed(call, with_entities)["ICE"] == {
        "name": "ICE",
        "aliases": ["I.C.E.", "the agency"],
        "note": None,
        "span_count": 2,
        "forms": [{"text": "Before", "count": 2}],
    }


def test_an_empty_registry_says_how_to_begin(call, sample):
    assert call("entities", sample).out == f"No entities yet. Add one: annotator entities {sample} --add NAME\n"


def test_merging_is_one_change_that_undo_takes_back(call, with_entities):
    assert call("entities", with_entities, "--merge", "ICE", AGENCY, "--annotator", "kim").out == (
        f"Merged “ICE” into “{AGENCY}”.\n"
    )
    assert listed(call, with_entities)[AGENCY]["span_count"] == 3
    assert call("undo", with_entities, "--annotator", "kim").out == f"Took back: merge ICE into {AGENCY}\n"
    assert sorted(listed(call, with_entities)) == ["ICE", AGENCY]


@pytest.mark.parametrize(
    ("arguments", "said", "names"),
    [
        (["--add", "DHS"], "Added “DHS”.", ["DHS", "ICE", AGENCY]),
        (["--rename", "ice", "Agency"], "“ice” is called “Agency” now.", ["Agency", AGENCY]),
        (["--split", "ICE", "Others", "before"], "Split “Others” from “ICE”.", ["ICE", AGENCY, "Others"]),
    ],
)
def test_each_change_says_what_it_did(call, with_entities, arguments, said, names):
    assert call("entities", with_entities, *arguments).out == f"{said}\n"
    assert list(listed(call, with_entities)) == names


def test_one_without_spans_is_removed(call, with_entities):
    call("entities", with_entities, "--add", "DHS")
    assert call("entities", with_entities, "--remove", "dhs").out == "Removed “dhs”.\n"
    assert "DHS" not in listed(call, with_entities)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--merge", "ICE", "nobody"], "No entity is called “nobody”"),
        (["--merge", "ICE", "ice"], "one entity already"),
        (["--rename", "ICE", AGENCY.upper()], "Two entities are called"),
        (["--alias", "ICE"], "--alias needs two names"),
        (["--split", "ICE"], "--split needs two names"),
        (["--split", "ICE", "no such words"], "nothing was split off"),
        (["--remove", "ICE"], "2 spans have the entity “ICE”"),
        (["--add", "x" * 201], "200 is the most"),
        (["--add", " "], "needs a name"),
        (["--add", "a", "--remove", "b"], "not allowed with argument"),
    ],
)
def test_what_can_not_be_is_told_and_changes_nothing(call, with_entities, arguments, words):
    before = with_entities.read_bytes()
    outcome = call("entities", with_entities, *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert words in outcome.error
    assert with_entities.read_bytes() == before


def test_tag_takes_an_entity_by_any_name(call, with_entities):
    call("entities", with_entities, "--alias", "ICE", "the agency")
    span = call("tag", with_entities, FIRST, "actor", 0, 6, "--attribute", "entity=The Agency", "--json").json
    assert span["entity"] == "ICE"
    assert {"name": "entity", "values": ["ICE"]} in span["attributes"]


def test_an_export_has_the_names_and_its_codebook_the_registry(call, with_entities, tmp_path):
    call("entities", with_entities, "--alias", "ICE", "I.C.E.")
    call("export", with_entities, "-o", tmp_path / "out.jsonl")
    first = json.loads((tmp_path / "out.jsonl").read_text("utf-8").split("\n")[0])
    assert [span["entity"] for span in first["spans"]] == ["ICE", "ICE", AGENCY]
    book = json.loads((tmp_path / "out.codebook.json").read_text("utf-8"))
    assert book["entities"] == [
        {"name": "ICE", "aliases": ["I.C.E."], "note": None},
        {"name": AGENCY, "aliases": [], "note": None},
    ]


def test_a_codebook_file_brings_its_entities(call, with_entities, tmp_path):
    call("entities", with_entities, "--alias", "ICE", "I.C.E.")
    call("codebook", with_entities, "--export", tmp_path / "book.json")
    new = tmp_path / "new.annotator"
    call("new", new, "--codebook", tmp_path / "book.json")
    assert [(each["name"], each["aliases"]) for each in listed(call, new).values()] == [
        ("ICE", ["I.C.E."]),
        (AGENCY, []),
    ]
    other = tmp_path / "other.annotator"
    call("new", other)
    call("entities", other, "--add", "i.c.e.")
    assert call("codebook", other, "--import", tmp_path / "book.json").out.splitlines() == [
        f"Added entity “{AGENCY}”",
        "Changed entity “i.c.e.”",
    ]
    assert listed(call, other)["i.c.e."]["aliases"] == ["ICE"]


def test_done_notes_what_lacks_and_documents_lists_it(call, sample):
    with annotator.open(sample, "kim") as project:
        project.change_attribute("claim", "stance", required=True)
        project.tag(FIRST, "claim", 0, 6)
        project.tag(FIRST, "claim", 0, 6, attributes={"stance": "neutral"})
    done = call("status", sample, FIRST, "done", "--annotator", "kim")
    assert done.out.splitlines() == [f"{FIRST} is done for kim.", "Note: 1 span lacks a required value."]
    assert call("documents", sample, "--annotator", "kim", "--json").json[0]["lacking_count"] == 1
    assert call("documents", sample, "--annotator", "kim").out.splitlines()[-1] == (
        f"{FIRST}: 1 span lacks a required value."
    )
    assert "lacks" not in call("documents", sample, "--annotator", "lee").out
