"""The table of commands. A command's module is imported when it runs, so that `annotator --help` imports none."""

import importlib
from argparse import Namespace
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from annotator.cli.arguments import PlainParser


class CommandModule(Protocol):
    """What a command's module has."""

    DESCRIPTION: str
    EXAMPLES: tuple[str, ...]

    def configure(self, parser: "PlainParser") -> None:
        """Add the command's arguments."""

    def run(self, arguments: Namespace) -> int:
        """Do it, print, and return the exit code. Raises AnnotatorError."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name, its arguments in short, and what it does in a few words."""

    name: str
    usage: str
    help: str
    module: str

    def load(self) -> CommandModule:
        return cast(CommandModule, importlib.import_module(f"annotator.cli.{self.module}"))


COMMANDS: tuple[Command, ...] = (
    Command("new", "PROJECT", "make a project", "new"),
    Command("documents", "PROJECT", "list the documents", "documents"),
    Command("document", "PROJECT DOCUMENT", "show one document, change it, correct its text, delete it", "document"),
    Command("import", "PROJECT FILE…", "add documents from files, take work back that others did", "import_files"),
    Command("export", "PROJECT", "take the annotations away as data", "export"),
    Command("hand-out", "PROJECT --for NAME -o FILE", "make a file for an annotator who works elsewhere", "hand_out"),
    Command("hand-back", "PROJECT --for NAME -o FILE", "give reviewed work back to who did it", "hand_back"),
    Command("codebook", "PROJECT", "show the labels, write them to a file, take a file in", "codebook"),
    Command("entities", "PROJECT", "list, rename, merge and split the actors behind spans", "entities"),
    Command("tag", "PROJECT DOCUMENT LABEL START END", "tag a stretch of a document", "tag"),
    Command("untag", "PROJECT SPAN", "delete a span", "untag"),
    Command("relate", "PROJECT SOURCE TYPE TARGET", "draw a relation from one span to another", "relate"),
    Command("unrelate", "PROJECT RELATION", "delete a relation", "unrelate"),
    Command("undo", "PROJECT", "take back the last change", "undo"),
    Command("redo", "PROJECT", "do again what was taken back", "redo"),
    Command("search", "PROJECT TEXT", "find words in all documents, and tag them", "search"),
    Command("history", "PROJECT", "list the changes, newest first", "history"),
    Command("status", "PROJECT DOCUMENT STATE", "say how far you are with a document", "status"),
    Command("agreement", "PROJECT", "say how far annotators agree", "agreement"),
    Command("review", "PROJECT queue|decide|merge|…", "decide on what annotators differ in", "review"),
    Command("check", "PROJECT", "verify the whole project", "check"),
    Command("backup", "PROJECT", "make a backup", "backup"),
    Command("backups", "PROJECT", "list the backups, newest first", "backups"),
    Command("restore", "BACKUP PROJECT", "put a backup in the project’s place; what it replaces is kept", "restore"),
    Command("compact", "PROJECT --before DATE", "forget the beginning of the history for good", "compact"),
    Command("formats", "", "list what can be read and written", "formats"),
)


def find(name: str) -> Command | None:
    """Return the command of that name, if there is one."""
    return next((command for command in COMMANDS if command.name == name), None)
