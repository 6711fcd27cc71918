"""A change of many rows says how far it is, and is given up from another thread with nothing changed."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

import annotator
from annotator.errors import Cancelled
from annotator.project import Project
from annotator.storage import many, under_way
from tests.project.snapshots import snapshot

PLACES = [("one", at, at + 2) for at in range(40)]
Step = Callable[[under_way.UnderWay], None]


@pytest.fixture
def at_each_step(monkeypatch: pytest.MonkeyPatch) -> Callable[[Step], None]:
    """Has something done after each few rows that are written."""
    monkeypatch.setattr(many, "_AT_ONCE", 10)
    did = under_way.UnderWay.did

    def set_step(step: Step) -> None:
        def stepping(change: under_way.UnderWay, rows: int) -> None:
            step(change)
            did(change, rows)

        monkeypatch.setattr(under_way.UnderWay, "did", stepping)

    return set_step


def in_another_thread(run: Callable[[], None]) -> None:
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def everything(kim: Project) -> list[tuple[str, Callable[[], object]]]:
    """Changes of many rows, each of which can be made after those before it."""
    spans: list[str] = []
    return [
        ("tag", lambda: spans.extend(span.id for span in kim.tag_all("claim", PLACES))),
        ("undo", kim.undo),
        ("redo", kim.redo),
        ("rename", lambda: kim.merge_labels("claim", "quote")),
        ("delete", lambda: kim.delete(*spans)),
        ("remove the document", lambda: kim.delete_documents("one")),
    ]


def test_each_change_of_many_rows_can_be_given_up_and_is_made_when_it_is_asked_for_again(
    kim: Project, at_each_step: Callable[[Step], None]
) -> None:
    left: list[int] = []

    def cancel(_: under_way.UnderWay) -> None:
        left[0] -= 1
        if not left[0]:
            in_another_thread(kim.cancel)

    at_each_step(cancel)
    for name, change in everything(kim):
        for after in (1, 2):
            before, history = snapshot(kim), kim.history()
            left[:] = [after]
            with pytest.raises(Cancelled, match="nothing was changed"):
                change()
            kim.clear_cancelled()
            assert snapshot(kim) == before, name
            assert kim.history() == history, name
        left[:] = [0]
        change()
        assert len(kim.history()) == len(history) + 1, name
        assert kim.check() == []


def test_how_much_is_written_grows_to_all_of_it(kim: Project, at_each_step: Callable[[Step], None]) -> None:
    shares: list[float] = []
    at_each_step(lambda _: in_another_thread(lambda: shares.append(kim.done_share)))
    for name, change in everything(kim)[:3]:
        shares.clear()
        change()
        assert len(shares) >= 8, name
        assert shares == sorted(shares), name
        assert shares[0] < 0.2, name
        assert 0.8 < shares[-1] < 1, name
        assert kim.done_share == 1, name
        kim.clear_cancelled()
        assert kim.done_share == 0


def test_what_was_cancelled_while_the_backup_before_it_is_made_leaves_neither(
    kim: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("annotator.project.safekeeping.LARGE", 1)
    (tmp_path / "work.jsonl").write_text("")
    with annotator.open(kim.path, "lee") as lee:
        lee.tag_all("claim", PLACES)
        lee.export(tmp_path / "work.jsonl", force=True)
        lee.undo()
    before = snapshot(kim)
    backups = len(kim.backups())
    kim.cancel()
    with pytest.raises(Cancelled):
        kim.take_work(tmp_path / "work.jsonl")
    kim.clear_cancelled()
    assert snapshot(kim) == before
    assert len(kim.backups()) == backups
    kim.take_work(tmp_path / "work.jsonl")
    assert len(kim.backups()) == backups + 1


def test_a_cancel_that_comes_when_all_rows_are_written_still_keeps_the_commit_back(
    kim: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = kim._store.done

    def cancelled(step: object) -> object:
        kim.cancel()
        return done(step)  # type: ignore[arg-type]

    monkeypatch.setattr(kim._store, "done", cancelled)
    before = snapshot(kim)
    with pytest.raises(Cancelled):
        kim.tag("one", "claim", 0, 3)
    assert snapshot(kim) == before


def test_a_hand_out_that_is_cancelled_leaves_the_file_that_it_would_have_replaced(
    kim: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / "for lee.annotator"
    kim.hand_out(target, ["one"], "lee")
    before, files = target.read_bytes(), sorted(tmp_path.iterdir())
    did = under_way.UnderWay.did
    shares, wanted = list[float](), [0]

    def cancelling(job: under_way.UnderWay, number: int) -> None:
        did(job, number)
        shares.append(job.share)
        if len(shares) == wanted[0]:
            kim.cancel()

    monkeypatch.setattr(under_way.UnderWay, "did", cancelling)
    for wanted[0] in (1, 2, 3):
        shares.clear()
        with pytest.raises(Cancelled):
            kim.hand_out(target, None, "lee", force=True)
        kim.clear_cancelled()
        assert target.read_bytes() == before
        assert sorted(tmp_path.iterdir()) == files
    wanted[0] = 0
    shares.clear()
    replaced = kim.hand_out(target, None, "lee", force=True).replaced
    assert replaced
    assert replaced.read_bytes() == before
    assert max(shares) == 1


def test_an_export_that_is_cancelled_leaves_the_file_that_it_would_have_replaced(
    kim: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("precious")
    files = sorted(tmp_path.iterdir())
    did = under_way.UnderWay.did

    def cancelling(job: under_way.UnderWay, number: int) -> None:
        kim.cancel()
        did(job, number)

    with monkeypatch.context() as patch:
        patch.setattr(under_way.UnderWay, "did", cancelling)
        with pytest.raises(Cancelled):
            kim.export(target, force=True)
    kim.clear_cancelled()
    assert (target.read_text(), sorted(tmp_path.iterdir())) == ("precious", files)
    kim.export(target, force=True)
    assert kim.done_share == 1
