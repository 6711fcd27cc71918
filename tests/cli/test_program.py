"""The program itself: its help, its speed, how it fails, and when the window opens."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.__main__ import main
from annotator.cli import main as cli
from annotator.cli import output
from annotator.cli.commands import COMMANDS

NAMES = ["new", "documents", "document", "import", "export", "hand-out", "hand-back"]
NAMES += ["codebook", "entities", "tag", "untag", "relate", "unrelate", "undo", "redo", "search", "history"]
NAMES += ["status", "agreement", "review", "check", "backup", "backups", "restore", "compact", "formats"]


def no_window(project, screenshot):
    raise AssertionError("the window was opened")


def python(code, *arguments):
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)


def test_the_commands_are_those_of_the_design():
    assert [command.name for command in COMMANDS] == NAMES


def test_the_help_names_every_command(call):
    outcome = call("--help")
    assert outcome.code == 0
    for command in COMMANDS:
        assert f"  {command.name} " in outcome.out
        assert command.help in outcome.out


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_help_with_examples_of_itself(call, command):
    outcome = call(command.name, "--help")
    assert outcome.code == 0
    assert f"usage: annotator {command.name} " in outcome.out
    assert re.search(rf"\nexamples:\n  annotator {command.name}\b", outcome.out)
    assert "--json" in outcome.out


def test_the_help_imports_no_command_no_database_and_no_window():
    heavy = "{'sqlalchemy', 'PySide6', 'alembic', 'annotator.project', 'annotator.cli.tag', 'annotator.cli.export'}"
    found = python(
        f"import sys; from annotator.__main__ import main; main(['--help']); assert not {heavy} & {{*sys.modules}}"
    )
    assert (found.returncode, found.stderr) == (0, "")


def test_help_on_a_command_loads_no_database():
    code = "import sys; from annotator.__main__ import main; main(sys.argv[1:]); print('sqlalchemy' in sys.modules)"
    assert python(code, "export", "--help").stdout.endswith("False\n")


def test_the_version_is_printed(call):
    assert call("--version").out.startswith("annotator 0.")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["histroy"], "Did you mean: annotator history?"),
        (["nonsense"], "annotator --help"),
        (["tagg", "p", "d", "claim", "0", "5"], "Did you mean: annotator tag?"),
        (["."], "is a folder"),
        (["a\0b"], "There is no file"),
        (["--frobnicate"], "--frobnicate"),
    ],
)
def test_a_slip_is_told_without_opening_a_window(capsys, arguments, words):
    assert cli.main(arguments, no_window) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], (None, None)),
        (["{}"], ("{}", None)),
        (["{}", "--screenshot", "a.png"], ("{}", "a.png")),
        (["--screenshot", "a.png"], (None, "a.png")),
    ],
)
def test_without_a_command_the_window_opens(sample, arguments, expected):
    opened = []

    def window(project, screenshot):
        opened.append((project, screenshot))
        return 7

    assert cli.main([each.format(sample) for each in arguments], window) == 7
    assert opened == [tuple(each and each.format(sample) for each in expected)]


def test_a_project_named_like_a_command_is_opened_with_its_folder(sample, monkeypatch):
    sample.rename(sample.with_name("tag"))
    monkeypatch.chdir(sample.parent)
    assert cli.main(["./tag"], lambda project, screenshot: 0 if project == "./tag" else 1) == 0


def test_a_bug_is_logged_and_told_in_plain_lines(capsys, home, monkeypatch):
    def bug(project, screenshot):
        raise ZeroDivisionError("a bug in a test")

    assert cli.main([], bug) == 70
    error = capsys.readouterr().err
    assert "Traceback" not in error
    log = Path(error.rsplit("in ", 1)[1].strip())
    assert log.is_relative_to(home)
    assert "ZeroDivisionError: a bug in a test" in log.read_text()
    monkeypatch.setenv("ANNOTATOR_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        cli.main([], bug)


def test_an_interrupt_is_quiet(capsys):
    def interrupted(project, screenshot):
        raise KeyboardInterrupt

    assert cli.main([], interrupted) == 130
    assert capsys.readouterr() == ("", "")


def test_a_reader_that_goes_away_is_no_error(sample):
    program = [sys.executable, "-m", "annotator", "export", str(sample), "-o", "-"]
    reader = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert reader.stdout
    assert reader.stderr
    reader.stdout.close()
    error = reader.stderr.read()
    reader.stderr.close()
    assert reader.wait() == 128 + signal.SIGPIPE
    assert "Traceback" not in error
    assert "Exception ignored" not in error


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a disk that is always full")  # noqa: PTH110
@pytest.mark.parametrize("arguments", [["formats"], ["documents", "{}"], ["export", "{}", "-o", "-"]])
def test_a_standard_output_that_is_full_is_told(sample, arguments):
    with Path("/dev/full").open("w") as full:
        program = [sys.executable, "-m", "annotator", *(each.format(sample) for each in arguments)]
        found = subprocess.run(program, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert found.returncode == 3
    assert "can’t be written: No space left" in found.stderr
    assert len(found.stderr.splitlines()) == 1


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16"])
def test_the_terminal_s_encoding_spoils_no_data(sample, encoding):
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    program = [sys.executable, "-m", "annotator"]
    for arguments in (["documents", sample], ["codebook", sample], ["history", "--help"]):
        assert subprocess.run([*program, *arguments], env=environment, capture_output=True, check=False).returncode == 0
    listed = subprocess.run([*program, "documents", sample, "--json"], env=environment, capture_output=True, check=True)
    assert len(json.loads(listed.stdout.decode(encoding))) == 5
    data = subprocess.run([*program, "export", sample, "-o", "-"], env=environment, capture_output=True, check=True)
    assert "•" in json.loads(data.stdout.decode("utf-8").split("\n")[2])["text"]


def test_what_is_printed_cannot_drive_the_terminal():
    assert output.printable("a\x1b[31mb\u202ec\x9bd\ne\u2028f") == "a\ufffd[31mb\ufffdc\ufffdd e f"
    assert output.printable("é👩‍🚀 שלום") == "é👩‍🚀 שלום"


def test_json_is_the_same_value_after_what_is_escaped(capsys):
    value = ["\x1b\x9b\x7f\u2028\u2029\x85 é👍\n"]
    output.say_json(value)
    printed = capsys.readouterr().out
    assert json.loads(printed) == value
    assert not {"\x9b", "\x7f", "\x85", "\u2028"} & set(printed)


def test_columns_align_by_what_the_terminal_shows():
    assert list(output.columns([("a", "x"), ("日本", "y"), ("e\u0301", "z")])) == [
        "a     x",
        "日本  y",
        "e\u0301     z",
    ]


def test_the_main_function_takes_the_process_s_own_arguments(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["annotator", "formats"])
    assert main() == 0
    assert "JSONL" in capsys.readouterr().out
