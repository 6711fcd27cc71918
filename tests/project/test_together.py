"""Several programs work in one file: nothing is lost, each sees the others, and a kill loses nothing that was saved."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import uuid
from pathlib import Path

import pytest

import annotator
from annotator.errors import BadArgument, Busy, NotFound
from annotator.project import Project
from annotator.storage import connection as connections
from tests.project.conftest import Opening

ROOT = Path(__file__).parents[2]


def program(code: str, *arguments: str) -> "subprocess.Popen[str]":
    """Another process that runs `code`."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


TAGS_FOR_EVER = """
import sys, annotator
with annotator.open(sys.argv[1], sys.argv[2]) as project:
    for number in range(int(sys.argv[3])):
        print(project.tag("one", "claim", number % 40, number % 40 + 3).id, flush=True)
"""
TAGS_ONE_ID = """
import sys, annotator
with annotator.open(sys.argv[1], sys.argv[2]) as project:
    print("ready", flush=True)
    sys.stdin.readline()
    for line in sys.argv[3:]:
        print(project.tag("one", "claim", 0, 3, id=line).id)
"""


def test_what_two_programs_tag_at_once_is_all_there(file: Path) -> None:
    others = [program(TAGS_FOR_EVER, str(file), name, "25") for name in ("kim", "lee")]
    told = [other.communicate() for other in others]
    assert [error for _, error in told] == ["", ""]
    ids = {line for output, _ in told for line in output.split()}
    with annotator.open(file, "setup") as project:
        assert len(ids) == 50
        assert {span.id for span in project.spans("one")} == ids
        assert project.check() == []
        assert len(project.history()) == 51


def test_what_two_threads_tag_at_once_is_all_there(file: Path) -> None:
    failed: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for number in range(10):
                with annotator.open(file, name) as project:
                    project.tag("one", "claim", number, number + 3)
        except BaseException as error:  # noqa: BLE001 - told below
            failed.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("kim", "lee")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with annotator.open(file, "setup") as project:
        assert len(project.spans("one")) == 20


def test_a_kill_in_the_middle_loses_nothing_that_was_acknowledged(file: Path) -> None:
    other = program(TAGS_FOR_EVER, str(file), "kim", "100000")
    assert other.stdout
    acknowledged = [other.stdout.readline().strip() for _ in range(30)]
    other.send_signal(signal.SIGKILL)
    rest, _ = other.communicate()
    acknowledged += [line for line in rest.split("\n")[:-1] if line]
    with annotator.open(file, "kim") as project:
        assert {*acknowledged} <= {span.id for span in project.spans("one")}
        assert project.check() == []
        project.undo()


def test_a_write_repeated_with_its_id_adds_nothing(kim: Project, lee: Project) -> None:
    identifier = str(uuid.uuid4())
    first = kim.tag("one", "claim", 0, 3, id=identifier)
    assert kim.tag("one", "claim", 0, 3, id=identifier) == first
    assert lee.tag("one", "claim", 0, 3, id=identifier) == first
    assert kim.spans("one") == [first]
    assert len(kim.history()) == 2


def test_one_id_written_by_two_programs_at_once_is_one_span(file: Path) -> None:
    ids = [str(uuid.uuid4()) for _ in range(20)]
    others = [program(TAGS_ONE_ID, str(file), name, *ids) for name in ("kim", "lee")]
    for other in others:
        assert other.stdout
        assert other.stdout.readline() == "ready\n"
    for other in others:
        assert other.stdin
        other.stdin.write("go\n")
        other.stdin.flush()
    told = [other.communicate() for other in others]
    assert told == [("\n".join(ids) + "\n", "")] * 2
    with annotator.open(file, "kim") as project:
        assert {span.id for span in project.spans("one")} == {*ids}
        assert len(project.history()) == 21


def test_a_late_repeat_does_not_bring_back_what_was_deleted(kim: Project, lee: Project) -> None:
    span = kim.tag("one", "claim", 0, 3, id=str(uuid.uuid4()))
    lee.delete(span.id)
    with pytest.raises(BadArgument, match="written before and deleted since"):
        kim.tag("one", "claim", 0, 3, id=span.id)
    assert kim.spans("one") == []


def test_each_program_is_told_once_what_the_others_did(kim: Project, lee: Project) -> None:
    kim.tag("one", "claim", 0, 3)
    theirs = lee.tag("one", "quote", 4, 8)
    kim.tag("one", "actor", 9, 12)
    lee.retag(theirs.id, "claim")
    told = kim.poll()
    assert [(change_set.change.title, change_set.foreign) for change_set in told] == [
        ("tag quote", True),
        ("change quote to claim", True),
    ]
    assert told[1].spans == (lee.span(theirs.id),)
    assert told[0].documents == {"one"}
    assert kim.poll() == []
    assert [change_set.change.title for change_set in lee.poll()] == ["tag claim", "tag actor"]
    assert lee.poll() == kim.poll() == []


def test_a_program_is_not_told_its_own_changes(kim: Project) -> None:
    span = kim.tag("one", "claim", 0, 3)
    kim.resize(span.id, (0, 4))
    kim.resize(span.id, (0, 5))
    kim.undo()
    assert kim.poll() == []


def test_every_nudge_of_another_program_is_seen(kim: Project, lee: Project) -> None:
    span = lee.tag("one", "claim", 0, 3)
    for end in (4, 5, 6):
        lee.resize(span.id, (0, end))
        assert [each.end for change_set in kim.poll() for each in change_set.spans][-1] == end
    lee.undo()
    assert [each.end for each in kim.poll()[0].spans] == [3]


def test_what_another_program_removed_is_named(kim: Project, lee: Project) -> None:
    span = lee.tag("one", "claim", 0, 3)
    kim.poll()
    lee.delete(span.id)
    assert kim.poll()[0].removed == ((span.id, "one"),)


def test_the_first_span_of_somebody_new_is_seen_at_once(kim: Project, lee: Project) -> None:
    assert kim.spans("one") == []
    span = lee.tag("one", "claim", 0, 3)
    assert kim.span(span.id) == span
    assert kim.spans("one") == [span]
    assert kim.retag(span.id, "quote").annotator == "lee"


def test_a_new_document_is_told_as_a_new_list(kim: Project, lee: Project, tmp_path: Path) -> None:
    (tmp_path / "three.txt").write_text("Three")
    lee.import_file(tmp_path / "three.txt")
    (told,) = kim.poll()
    assert told.listing
    assert told.documents == {"three"}
    assert [document.id for document in kim.documents] == ["one", "two", "three"]


@pytest.mark.parametrize("act", ["retag", "resize", "delete"])
def test_a_span_that_another_program_has_just_deleted_is_gone_in_plain_words(
    act: str, kim: Project, lee: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    span = kim.tag("one", "claim", 0, 3)
    lee.delete(span.id)
    monkeypatch.setattr(kim, "_any_span", lambda _: (span, True))  # as it was a moment before
    further: dict[str, list[object]] = {"retag": ["quote"], "resize": [(0, 4)], "delete": []}
    with pytest.raises(NotFound, match="is gone: somebody deleted it meanwhile"):
        getattr(kim, act)(span.id, *further[act])


def test_a_document_that_another_program_has_just_taken_out_is_not_tagged(
    kim: Project, lee: Project, tmp_path: Path
) -> None:
    (tmp_path / "three.txt").write_text("Three")
    lee.import_file(tmp_path / "three.txt")
    kim.documents.text("three")
    lee.undo()
    with pytest.raises(NotFound, match="“three” is gone: somebody deleted it meanwhile"):
        kim.tag("three", "claim", 0, 3)
    assert kim.check() == []
    assert lee.redo().name == "import three.txt"


def test_a_project_that_another_program_holds_is_busy_and_works_again_afterwards(
    file: Path, as_annotator: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "BUSY_MS", 30)
    monkeypatch.setitem(connections._PRAGMAS, "busy_timeout", 30)
    kim = as_annotator("kim")
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("begin immediate")
    for act in (lambda: kim.tag("one", "claim", 0, 3), kim.undo):
        with pytest.raises(Busy, match="is in use by another program"):
            act()
    assert kim.spans("one") == []
    holder.execute("rollback")
    holder.close()
    kim.tag("one", "claim", 0, 3)
    assert len(kim.spans("one")) == 1


def test_a_reader_that_holds_on_makes_the_commit_busy_and_nothing_is_written(
    file: Path, as_annotator: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "BUSY_MS", 30)
    monkeypatch.setitem(connections._PRAGMAS, "busy_timeout", 30)
    kim = as_annotator("kim")
    told: list[object] = []
    kim.subscribe(told.append)
    reader = sqlite3.connect(file, isolation_level=None)
    reader.execute("begin")
    reader.execute("select count(*) from span").fetchone()
    with pytest.raises(Busy):
        kim.tag("one", "claim", 0, 3)
    reader.close()
    assert kim.spans("one") == []
    assert told == []
    assert kim.tag("one", "claim", 0, 3).annotator == "kim"
    assert kim.check() == []


def test_the_export_has_what_another_program_wrote(kim: Project, lee: Project, tmp_path: Path) -> None:
    assert kim.spans("one") == []
    lee.tag("one", "claim", 0, 3)
    kim.export(tmp_path / "out.jsonl", annotators=["lee"])
    first = json.loads((tmp_path / "out.jsonl").read_text("utf-8").split("\n")[0])
    assert [span["annotator"] for span in first["spans"]] == ["lee"]


def test_two_identical_spans_lie_upon_each_other(kim: Project, lee: Project) -> None:
    span = kim.tag("one", "claim", 0, 3, (5, 8), note="why")
    again = lee.duplicate(span.id, "claim")
    other = kim.duplicate(span.id, "quote")
    assert len({span.id, again.id, other.id}) == 3
    assert span.fragments == again.fragments == other.fragments
    assert [(each.label, each.annotator) for each in (again, other)] == [("claim", "lee"), ("quote", "kim")]
    kim.delete(span.id)
    assert {each.id for each in kim.spans("one")} == {again.id, other.id}


def test_two_programs_that_set_attributes_of_one_span_lose_neither(
    kim: Project, lee: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    span = kim.tag("one", "claim", 0, 3)
    monkeypatch.setattr(kim, "span", lambda _: span)  # as it was a moment before
    lee.set_attribute(span.id, "kind", "causal")
    kim.set_attribute(span.id, "stance", "opposes")
    assert [(each.name, each.values) for each in lee.span(span.id).attributes] == [
        ("kind", ("causal",)),
        ("stance", ("opposes",)),
    ]
    changes = kim.history()
    kim.set_attribute(span.id, "kind", "causal")  # which Lee's program has written already
    assert kim.history() == changes


def test_an_attribute_of_a_label_that_the_span_no_longer_has_is_refused(
    kim: Project, lee: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    span = kim.tag("one", "claim", 0, 3)
    monkeypatch.setattr(kim, "span", lambda _: span)  # as it was a moment before
    lee.retag(span.id, "quote")
    with pytest.raises(NotFound, match="“quote” has no attribute “stance”"):
        kim.set_attribute(span.id, "stance", "opposes")
