"""`annotator agreement`: the figures of finished documents, for people and as JSON, and what it refuses."""

import pytest

import annotator
from annotator.agreement.measures import MEASURES, QUICK
from annotator.cli import agreement as command
from annotator.domain.document import State

KEYS = ["measure", "label", "annotators", "value", "reason", "documents", "items", "low", "high"]
KIM, LEE = [("claim", 2, 10), ("claim", 14, 20)], [("claim", 4, 8), ("claim", 15, 17)]


@pytest.fixture
def study(tmp_path):
    """Makes a project of texts of 24 characters; by annotator, document for document, the spans, all done."""

    def make(**work):
        count = max(map(len, work.values()))
        files = [tmp_path / f"text{number}.txt" for number in range(count)]
        for number, file in enumerate(files):
            file.write_text(f"{number:04} and twenty letters!"[:24].ljust(24, "."), "utf-8")
        path = tmp_path / "study.annotator"
        with annotator.new(path, annotator="setup") as project:
            project.import_files(files)
        for name, documents in work.items():
            with annotator.open(path, annotator=name) as project:
                for number, spans in enumerate(documents):
                    if spans is not None:
                        for label, start, end in spans:
                            project.tag(f"text{number}", label, start, end)
                        project.set_state(f"text{number}", State.DONE)
        return path

    return make


def test_the_figures_of_the_design_come_out_of_a_project(call, study):
    path = study(kim=[KIM], lee=[LEE])
    rows = call("agreement", path, "--measure", "cohen", "--measure", "fleiss", "--measure", "alpha", "--json").json
    assert [list(row) for row in rows] == [KEYS] * 3
    assert [(row["measure"], round(row["value"], 3)) for row in rows] == [
        ("cohen", 0.385),
        ("fleiss", 0.314),
        ("alpha", 0.329),
    ]
    assert rows[0] | {"value": None} == {
        "measure": "cohen",
        "label": None,
        "annotators": ["kim", "lee"],
        "value": None,
        "reason": None,
        "documents": 1,
        "items": 24,
        "low": None,
        "high": None,
    }


def test_without_a_choice_every_measure_but_gamma_is_computed(call, study):
    path = study(kim=[KIM], lee=[LEE])
    rows = call("agreement", path, "--json").json
    assert [row["measure"] for row in rows if row["measure"] != "ku-alpha"] == [
        name for name in QUICK if name != "ku-alpha"
    ]
    assert [row["label"] for row in rows if row["measure"] == "ku-alpha"] == [
        "claim",
        "quote",
        "actor",
        "policy recommendation",
    ]


def test_gamma_is_computed_when_it_is_asked_for(call, study):
    path = study(kim=[KIM], lee=[KIM])
    (row,) = call("agreement", path, "--measure", "gamma", "--json").json
    assert (row["measure"], row["value"], row["items"]) == ("gamma", 1.0, 4)


def test_all_annotators_come_before_the_pairs_and_are_their_mean(call, study):
    path = study(kim=[KIM], lee=[LEE], max=[KIM])
    rows = call("agreement", path, "--measure", "cohen", "--json").json
    assert [row["annotators"] for row in rows] == [
        ["kim", "lee", "max"],
        ["kim", "lee"],
        ["kim", "max"],
        ["lee", "max"],
    ]
    whole, *pairs = (row["value"] for row in rows)
    assert pairs[1] == 1.0
    assert whole == pytest.approx(sum(pairs) / 3)


def test_a_label_and_two_annotators_can_be_chosen(call, study):
    path = study(kim=[[*KIM, ("quote", 0, 3)]], lee=[LEE], max=[LEE])
    rows = call(
        *("agreement", path, "--measure", "f1-type", "--label", "claim", "--label", "quote"),
        *("--annotator", "max", "--annotator", "kim", "--json"),
    ).json
    assert [(row["label"], row["annotators"], row["value"]) for row in rows] == [
        ("claim", ["kim", "max"], 1.0),
        ("quote", ["kim", "max"], 0.0),
    ]


def test_only_documents_that_all_of_a_row_finished_count(call, study):
    path = study(kim=[KIM, KIM, KIM], lee=[LEE, LEE, None], max=[KIM, None, None])
    rows = call("agreement", path, "--measure", "alpha", "--json").json
    assert [row["documents"] for row in rows] == [1, 2, 1, 1]


def test_spans_in_a_document_that_isn_t_done_don_t_count(call, study):
    path = study(kim=[KIM, KIM], lee=[KIM, None])
    with annotator.open(path, annotator="lee") as project:
        project.tag("text1", "claim", 0, 1)
    (row,) = call("agreement", path, "--measure", "f1-exact", "--json").json
    assert (row["value"], row["documents"], row["items"]) == (1.0, 1, 4)


def test_several_documents_have_an_interval_that_is_the_same_each_time(call, study):
    path = study(kim=[KIM, KIM, KIM, LEE], lee=[LEE, KIM, KIM, KIM])
    (row,) = call("agreement", path, "--measure", "alpha", "--json").json
    assert row["low"] <= row["value"] <= row["high"]
    assert row["low"] < row["high"]
    assert call("agreement", path, "--measure", "alpha", "--json").json == [row]


def test_what_is_undefined_is_no_error_and_says_why(call, study):
    path = study(kim=[[]], lee=[[]])
    rows = call("agreement", path, "--json").json
    assert {(row["value"], row["low"], row["high"]) for row in rows} == {(None, None, None)}
    assert all(row["reason"] for row in rows)
    assert rows[0]["reason"] == "neither tagged anything"


@pytest.mark.parametrize("work", [{"kim": [KIM]}, {"kim": [KIM, None], "lee": [None, KIM]}, {"kim": [None]}])
def test_where_nothing_was_finished_by_two_every_figure_is_n_a(call, study, work):
    path = study(**work)
    rows = call("agreement", path, "--measure", "alpha", "--measure", "gamma", "--json").json
    assert [(row["measure"], row["value"], row["documents"]) for row in rows] == [
        ("alpha", None, 0),
        ("gamma", None, 0),
    ]
    assert all(row["reason"].startswith("no document was finished by") for row in rows)
    assert "annotator status" in call("agreement", path).out


def test_for_people_it_is_a_table(call, study):
    path = study(kim=[KIM, LEE, KIM], lee=[LEE, LEE, LEE], max=[KIM, KIM, KIM])
    printed = call("agreement", path, "--measure", "cohen", "--measure", "ku-alpha", "--label", "claim")
    assert (printed.code, printed.error) == (0, "")
    head, first, second, *_ = printed.out.splitlines()
    assert head.split() == ["MEASURE", "LABEL", "ANNOTATORS", "VALUE", "INTERVAL", "DOCUMENTS", "ITEMS"]
    assert first.startswith("cohen     claim  kim, lee, max  0.")
    assert second.startswith("                 kim, lee ")
    assert "n/a" in printed.out
    assert "wherever spans meet, all have the same label" in printed.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--measure", "cohens"], ["no measure “cohens”", "Did you mean “cohen”?"]),
        (["--measure", "zzz"], ["no measure “zzz”", "There are: f1-exact"]),
        (["--label", "clam"], ["no label “clam”", "claim"]),
        (["--annotator", "kim"], ["two annotators or more", "besides “kim”", "such as “lee”"]),
        (["--annotator", "kim", "--annotator", "kim"], ["two annotators or more"]),
        (["--annotator", "kim", "--annotator", "nobody"], ["Nobody called “nobody”", "kim, lee"]),
        (["--annotator", ""], ["a name is one line"]),
    ],
)
def test_what_isn_t_there_is_told_in_plain_words(call, study, arguments, words):
    path = study(kim=[KIM], lee=[LEE])
    before = path.read_bytes()
    outcome = call("agreement", path, *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert 1 <= len(outcome.error.splitlines()) <= 2
    for word in words:
        assert word in outcome.error
    assert path.read_bytes() == before


def test_the_help_explains_every_measure():
    for measure in MEASURES:
        assert measure.removesuffix("-tagged") in command.DESCRIPTION


def test_the_scripting_interface_takes_one_name_or_several(study):
    path = study(kim=[KIM], lee=[LEE])
    with annotator.open(path) as project:
        (figure,) = project.agreement(measure="alpha", label="claim")
        assert (figure.measure, figure.label, figure.annotators) == ("alpha", "claim", ("kim", "lee"))
        assert figure.value == pytest.approx(0.329, abs=0.0005)
        both = project.agreement(["alpha", "cohen"], ["claim", "quote"], ["lee", "kim"])
        assert [(each.measure, each.label) for each in both] == [
            ("alpha", "claim"),
            ("alpha", "quote"),
            ("cohen", "claim"),
            ("cohen", "quote"),
        ]
        assert project.agreement("gamma", seconds=0)[0].reason == "it took longer than 0 seconds"
