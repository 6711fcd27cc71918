"""Bad input: one plain message, the right exit code, and nothing changed."""

import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest

FIRST = "000_e6868b451969a881"

ON_A_PROJECT = [
    ("documents",),
    ("import", "FILE"),
    ("export",),
    ("hand-out", "--for", "kim", "-o", "x.annotator"),
    ("hand-back", "--for", "kim", "-o", "x.annotator"),
    ("entities",),
    ("codebook",),
    ("tag", "000", "claim", 0, 6),
    ("untag", "x"),
    ("relate", "x", "said by", "y"),
    ("unrelate", "x"),
    ("undo",),
    ("redo",),
    ("search", "task"),
    ("history",),
    ("status", "000", "done"),
    ("agreement",),
    ("check",),
    ("backup",),
    ("compact", "--before", "2026-01-01"),
]


def refused(outcome, code, *words):
    """One or two plain lines on standard error that hold the words, nothing else, and the exit code."""
    assert outcome.code == code, outcome
    assert outcome.out == ""
    assert 1 <= len(outcome.error.splitlines()) <= 2
    assert outcome.error.startswith("annotator: ")
    assert "Traceback" not in outcome.error
    for word in words:
        assert word in outcome.error


def everything(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def nothing_changes(tmp_path, request):
    """Every test here leaves the files as it prepared them: it calls `prepared` when that is done."""
    before: dict[Path, bytes] = {}
    request.node.before = before
    yield
    assert everything(tmp_path) == before


@pytest.fixture
def prepared(tmp_path, request):
    def remember():
        request.node.before.update(everything(tmp_path))

    return remember


def damaged_header(sample):
    sample.write_bytes(b"SQLite format 3\0" + b"\xff" * 500)


def truncated(sample):
    sample.write_bytes(sample.read_bytes()[: sample.stat().st_size // 2])


def foreign(sample):
    sample.unlink()
    with sqlite3.connect(sample) as connection:
        connection.execute("create table notes (id integer)")
    connection.close()


def newer(sample):
    with sqlite3.connect(sample) as connection:
        connection.execute("pragma user_version = 9999")
    connection.close()


def empty(sample):
    sample.write_bytes(b"")


def plain_text(sample):
    sample.write_text("Just some text.\n" * 500)


def missing(sample):
    sample.unlink()


def folder(sample):
    sample.unlink()
    sample.mkdir()


BAD_PROJECTS = {
    missing: (2, "study.annotator"),
    folder: (2, "folder"),
    empty: (1, "study.annotator"),
    plain_text: (1, "study.annotator"),
    damaged_header: (1, "study.annotator"),
    truncated: (1, "study.annotator"),
    foreign: (1, "study.annotator"),
    newer: (1, "newer"),
}


@pytest.mark.parametrize("command", ON_A_PROJECT, ids=lambda command: command[0])
@pytest.mark.parametrize(("damage", "expected"), BAD_PROJECTS.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_every_command_refuses_what_is_not_a_project(call, sample, tmp_path, prepared, command, damage, expected):
    (tmp_path / "a.txt").write_text("text")
    damage(sample)
    prepared()
    name, *rest = command
    code, word = expected
    refused(call(name, sample, *[tmp_path / "a.txt" if each == "FILE" else each for each in rest]), code, word)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("tag", "000", "clam", 0, 6), ["“clam”", "“claim”"]),
        (("tag", "nobody.txt", "claim", 0, 6), ["nobody.txt", "annotator documents"]),
        (("tag", "00", "claim", 0, 6), ["several"]),
        (("tag", "000", "claim", 0, 99999), ["99999", "3319"]),
        (("tag", "000", "claim", -1, 6), ["-1", "outside"]),
        (("tag", "000", "claim", 9, 3), ["after the start"]),
        (("tag", "000", "claim", 6, 6), ["after the start"]),
        (("tag", "000", "claim", "x", 6), ["“x” is not a whole number", "annotator tag --help"]),
        (("tag", "000", "claim", 10**30, 6), ["not a whole number"]),
        (("tag", "000", "claim", 0, 6, "--annotator", " "), ["name"]),
        (("tag", "000", "claim", 0, 6, "--note", "\udcff"), ["UTF-8"]),
        (("tag", "000", "claim", 0), ["END"]),
        (("tag", "000", "claim", 0, 6, "--attribute", "kind"), ["“kind” is not NAME=VALUE"]),
        (("tag", "000", "claim", 0, 6, "--attribute", "kin=causal"), ["no attribute “kin”", "“kind”"]),
        (("tag", "000", "claim", 0, 6, "--attribute", "kind=odd"), ["is one of: factual, causal", "“odd”"]),
        (("tag", "000", "claim", 0, 6, "--attribute", "kind=causal", "--attribute", "kind=factual"), ["one value"]),
        (("tag", "000", "quote", 0, 6, "--attribute", "kind=causal"), ["“quote” has no attribute “kind”"]),
        (("codebook", "--import", "none.json"), ["none.json"]),
        (("codebook", "--import", "a", "--export", "b"), ["not allowed with"]),
        (("untag", "nothing"), ["nothing"]),
        (("untag", ""), ["no span"]),
        (("relate", "nothing", "said by", "nobody"), ["no span “nothing”"]),
        (("relate", "a", "said by"), ["TARGET"]),
        (("unrelate", "nothing"), ["no relation “nothing”", "annotator relate"]),
        (("undo",), ["undo"]),
        (("redo",), ["redo"]),
        (("status", "000", "finished"), ["finished", "in-progress"]),
        (("status", "none", "done"), ["none"]),
        (("history", "--limit", "0"), ["limit"]),
        (("export", "--format", "xml"), ["xml", "jsonl"]),
        (("export", "--layout", "tree"), ["tree", "spans"]),
        (("export", "--label", "clam"), ["clam"]),
        (("export", "--annotator", "nobody"), ["nobody"]),
        (("export", "--state", "finished"), ["finished"]),
        (("export", "-o", "-", "--json"), ["--json"]),
        (("export", "-o", "-", "--dataset-card"), ["--dataset-card"]),
        (("export", "-o", "none/a.jsonl"), ["folder"]),
        (("export", "-o", "."), ["folder"]),
        (("export", "-o", "study.annotator", "--force"), ["project"]),
        (("codebook", "--export", "study.annotator", "--force"), ["project"]),
        (("codebook", "--export", "."), ["folder"]),
        (("import", "none.txt"), ["none.txt"]),
        (("import", "empty"), ["folder", "empty"]),
        (("import", "a.txt", "--format", "xml"), ["xml"]),
        (("import",), ["FILE"]),
        (("documents", "--frobnicate"), ["--frobnicate"]),
    ],
    ids=lambda value: " ".join(map(str, value)).encode("ascii", "replace").decode() if value else "",
)
def test_what_is_not_there_or_not_allowed_is_named(call, sample, tmp_path, monkeypatch, prepared, arguments, words):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("text")
    Path("empty").mkdir()
    prepared()
    name, *rest = arguments
    refused(call(name, "study.annotator", *rest), 2, *words)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "no text"), (b" \n", "no text"), (b"\xff\xfe\xfa", "UTF-16"), (b"a\0b", "NUL"), (b"caf\xe9", "byte 3")],
)
def test_a_file_that_is_not_text_is_not_imported(call, sample, tmp_path, prepared, content, words):
    (tmp_path / "a.txt").write_bytes(content)
    prepared()
    refused(call("import", sample, tmp_path / "a.txt"), 1, "a.txt", words)


@pytest.mark.parametrize("existing", ["study.jsonl", "study.codebook.json"])
def test_an_output_that_exists_is_kept(call, sample, tmp_path, prepared, existing):
    (tmp_path / existing).write_text("mine")
    prepared()
    refused(call("export", sample), 2, existing, "--force")


def test_an_output_that_cannot_be_written_is_told(call, sample, prepared):
    prepared()
    refused(call("export", sample, "-o", "/proc/a.jsonl"), 3, "/proc/a.jsonl")


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("study.annotator",), 2, "exist"),
        (("none/b.annotator",), 2, "folder"),
        ((".",), 2, "folder"),
        (("/proc/b.annotator",), 3, "b.annotator"),
        (("b.annotator", "--codebook", "none.json"), 2, "none.json"),
        (("b.annotator", "--codebook", "bad.json"), 1, "not JSON"),
    ],
)
def test_a_project_that_cannot_be_made_leaves_nothing(
    call, sample, tmp_path, monkeypatch, prepared, arguments, code, word
):
    monkeypatch.chdir(tmp_path)
    Path("bad.json").write_text("{")
    prepared()
    refused(call("new", *arguments), code, word)


@pytest.fixture
def ordinary_user(sample, prepared):
    """A folder that anybody may enter, with the project; what runs inside the context is nobody special."""
    with tempfile.TemporaryDirectory() as place:
        shutil.copy(sample, place)
        path = Path(place) / sample.name
        path.chmod(0o444)
        Path(place).chmod(0o555)
        prepared()
        try:
            if os.geteuid() == 0:
                os.seteuid(65534)
            yield path
        finally:
            if os.getuid() == 0:
                os.seteuid(0)
            Path(place).chmod(0o755)


def test_a_read_only_project_is_read_and_not_changed(call, ordinary_user):
    before = everything(ordinary_user.parent)
    outcomes = [
        call("documents", ordinary_user),
        call("tag", ordinary_user, FIRST, "claim", 0, 6),
        call("export", ordinary_user),
        call("new", ordinary_user.with_name("b.annotator")),
    ]
    assert [outcome.code for outcome in outcomes] == [0, 3, 3, 3]
    refused(outcomes[1], 3, "study.annotator")
    refused(outcomes[2], 3, "permission")
    refused(outcomes[3], 3, "b.annotator")
    assert everything(ordinary_user.parent) == before


def test_a_locked_project_is_told(call, sample, prepared):
    prepared()
    other = sqlite3.connect(sample, isolation_level=None)
    other.execute("begin immediate")
    outcome = call("tag", sample, FIRST, "claim", 0, 6)
    other.execute("rollback")
    other.close()
    refused(outcome, 3)


def test_a_disk_that_is_full_is_told(call, sample, tmp_path, monkeypatch, prepared):
    monkeypatch.setattr("annotator.formats.files.os.fsync", _full)
    prepared()
    refused(call("export", sample), 3, "disk is full")


def _full(descriptor):
    raise OSError(28, os.strerror(28))


def test_a_check_that_finds_something_ends_with_1(call, sample, tmp_path, prepared):
    with sqlite3.connect(sample) as connection:
        connection.execute("update text set content = replace(content, 'the', 'teh')")
    connection.close()
    prepared()
    outcome = call("check", sample)
    assert outcome.code == 1
    assert "Nothing was changed." in outcome.out
