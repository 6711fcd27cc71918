"""What is asked before a document goes on which work has been done."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from annotator.domain.revision import Work
from annotator.domain.text import first_words
from annotator.gui import fonts
from annotator.gui.dialogs.frame import Dialog
from annotator.gui.widgets.panes import label
from annotator.gui.widgets.wording import counted


def worded(work: Work) -> str:
    """Word what goes with a document: `12 spans by 2 annotators, 1 note and 1 earlier text`."""
    by = f" by {work.annotators[0]}" if len(work.annotators) == 1 else f" by {len(work.annotators)} annotators"
    parts = [
        f"{counted(work.spans, 'span')}{by}" if work.spans else "",
        counted(work.relations, "relation") if work.relations else "",
        counted(work.done, "state") if work.done else "",
        counted(work.notes, "note") if work.notes else "",
        counted(work.revisions, "earlier text") if work.revisions else "",
    ]
    said = [part for part in parts if part]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


class DeleteDocumentDialog(Dialog):
    """Its result is DANGER where the document is to go; Enter and Escape keep it."""

    def __init__(self, heading: str, work: Work, parent: QWidget) -> None:
        super().__init__("Delete document", parent, other="Keep it", danger="Delete document")
        asked = label(f"Delete {_quoted(first_words(heading, 90))}?", 15, QFont.Weight.DemiBold)
        said = worded(work)
        goes = "goes" if said.startswith("1 ") and " and " not in said else "go"
        what = label(f"{said} {goes} with it. Undo brings all of it back.")
        for widget in (asked, what):
            widget.setWordWrap(True)
            self.column.addWidget(widget)
        self.column.setSpacing(8)
        self.main.setFocus()
        self.setFixedWidth(fonts.px(440))


def _quoted(heading: str) -> str:
    return heading if heading.startswith("“") else f"“{heading}”"
