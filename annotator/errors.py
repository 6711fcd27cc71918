"""What can go wrong, told so that a researcher knows what to do. Each error carries the command line's exit code."""


class AnnotatorError(Exception):
    """An expected failure: `str(error)` is one or two plain sentences, the second saying what to do.

    Nothing has been changed when one is raised.
    """

    exit_code = 1


class BadContent(AnnotatorError):
    """A file's content is bad: foreign, damaged, newer than this program, refused records."""

    exit_code = 1


class NotAProject(BadContent):
    """The file is not an annotator project, or is damaged beyond opening."""


class BadArgument(AnnotatorError):
    """What was asked for isn't there or isn't allowed: unknown label, offsets out of range, an output that exists."""

    exit_code = 2


class NotFound(BadArgument):
    """A file, document, label, span or annotator of that name does not exist."""


class CannotUndo(BadArgument):
    """There is nothing to undo or redo, or a later change stands in the way."""


class Stale(BadArgument):
    """Somebody else has changed the same thing since it was shown. The message has both versions."""


CANCELLED = "Cancelled: nothing was changed."


class Cancelled(AnnotatorError):
    """Somebody who waited for it wants it no more."""

    def __init__(self) -> None:
        super().__init__(CANCELLED)


class EnvironmentFailed(AnnotatorError):
    """The machine said no: locked, full, no permission."""

    exit_code = 3


class Busy(EnvironmentFailed):
    """Another program is writing to the project; trying again later may work."""


class ReadOnly(EnvironmentFailed):
    """The project file or its folder can't be written."""
