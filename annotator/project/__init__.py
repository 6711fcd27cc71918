"""Project: the one front door. Every read and every change of a project goes through it."""

from annotator.project.agreement import Agreement
from annotator.project.codebook import CodebookChanges
from annotator.project.deciding import Deciding
from annotator.project.document_changes import DocumentChanges
from annotator.project.entities import EntityChanges
from annotator.project.examples import Examples
from annotator.project.handing_back import HandingBack
from annotator.project.measuring import Measuring
from annotator.project.notes import NoteChanges
from annotator.project.searching import Searching
from annotator.project.taking import TakingInAndAway


class Project(
    NoteChanges,
    DocumentChanges,
    CodebookChanges,
    EntityChanges,
    Searching,
    TakingInAndAway,
    Agreement,
    Measuring,
    Deciding,
    HandingBack,
    Examples,
):
    """An open project, for one annotator. A context manager; use it from the thread that opened it.

    Positions are code points in a document's stored text, ends exclusive. Every method that changes something commits
    before it returns, as one change that `undo` takes back, and raises with nothing changed: BadArgument (NotFound for
    what isn't there), ReadOnly, Busy or another EnvironmentFailed.
    """


__all__ = ["Project"]
