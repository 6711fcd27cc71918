"""What Review asks before it does something to many items at once, or shows what was hidden."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QComboBox, QWidget

from annotator.domain.review import Action, ReviewItem, Rule, decided_by
from annotator.gui import fonts
from annotator.gui.dialogs.frame import Dialog
from annotator.gui.slices import Slices
from annotator.gui.widgets.panes import label
from annotator.gui.widgets.wording import counted

_AT_ONCE = 500  # items that are counted in a step: about half a millisecond
_Decided = list[tuple[ReviewItem, tuple[Action, int | None]]]


class _Question(Dialog):
    def __init__(self, title: str, asked: str, said: Sequence[str], parent: QWidget, *, main: str) -> None:
        super().__init__(title, parent, main=main)
        for number, text in enumerate((asked, *said)):
            words = label(text, 15, QFont.Weight.DemiBold) if number == 0 else label(text)
            words.setWordWrap(True)
            self.column.addWidget(words)
        self.column.setSpacing(8)
        self.setFixedWidth(fonts.px(460))


class MergeDialog(Dialog):
    """Asks before a rule decides open items; `items` are those that it decides where one chose to."""

    def __init__(self, rule: Rule, places: Mapping[str, Sequence[ReviewItem]], parent: QWidget) -> None:
        """`places` are the items to choose from, by the words for where they are; the first is proposed."""
        super().__init__("Merge", parent, main="Merge")
        self._rule, self._places = rule, places
        self.items: list[ReviewItem] = []
        self._counting = Slices(self)
        self.asked, self.said = label("", 15, QFont.Weight.DemiBold), label()
        self.where = QComboBox()
        self.where.setAccessibleName("Where")
        self.where.addItems([where[:1].upper() + where[1:] for where in places])
        self.where.currentIndexChanged.connect(lambda _: self._show())
        for widget in (self.asked, self.where, self.said):
            self.column.addWidget(widget)
        for words in (self.asked, self.said):
            words.setWordWrap(True)
        self.column.setSpacing(fonts.px(12))
        self.setFixedWidth(fonts.px(460))
        self._show()
        self.main.setFocus()

    def _show(self) -> None:
        where, items = list(self._places.items())[self.where.currentIndex()]
        decided: _Decided = []
        self.main.setEnabled(False)
        self._counting.do(self._count(items, decided), lambda: self._show_counted(where, items, decided))

    def _count(self, items: Sequence[ReviewItem], decided: _Decided) -> Iterator[None]:
        for at in range(0, len(items), _AT_ONCE):
            some = ((item, decided_by(item, self._rule)) for item in items[at : at + _AT_ONCE])
            decided += [(item, found) for item, found in some if found]
            yield

    def _show_counted(self, where: str, items: Sequence[ReviewItem], decided: _Decided) -> None:
        self.items = [item for item, _ in decided]
        noun = "unanimous item" if self._rule is Rule.UNANIMOUS else "item"
        by = "" if self._rule is Rule.UNANIMOUS else " by majority"
        self.asked.setText(f"Merge {counted(len(decided), noun)}{by} in {where}?")
        said = []
        if self._rule is Rule.MAJORITY:
            said = _majority(decided, sum(item.open for item in items) - len(decided))
        said.append("Each decision is marked as automatic. One undo takes them all back.")
        self.said.setText("\n".join(said))
        self.main.setEnabled(bool(decided))
        self.adjustSize()


def _majority(decided: Sequence[tuple[ReviewItem, tuple[Action, int | None]]], left: int) -> list[str]:
    """Say what a majority merge does."""
    rejected = sum(action is Action.REJECT for _, (action, _) in decided)
    into = len(decided) - rejected
    said = [f"{counted(into, 'span')} {'goes' if into == 1 else 'go'} into gold: more than half agree."]
    if rejected:
        go = "is" if rejected == 1 else "are"
        said.append(f"{counted(rejected, 'item')} {go} dropped: more than half have nothing there.")
    said.append(f"{counted(left, 'item')} without a majority {'stays' if left == 1 else 'stay'} open.")
    return said


class RevealNamesDialog(_Question):
    """Asks before the names behind a document's candidates are shown."""

    def __init__(self, heading: str, parent: QWidget) -> None:
        super().__init__(
            "Reveal names",
            "Show whose candidates these are?",
            [
                f"You will see the names in {_quoted(heading)}, and decide no longer without knowing them.",
                "That you had them shown is kept in the project.",
            ],
            parent,
            main="Reveal names",
        )


class RevealSpansDialog(_Question):
    """Asks before others' spans are shown of documents in which one's own work isn't done."""

    def __init__(self, headings: Sequence[str], parent: QWidget) -> None:
        shown = [f"· {heading}" for heading in headings[:6]]
        shown += [f"· and {counted(len(headings) - 6, 'other')}"] if len(headings) > 6 else []
        super().__init__(
            "Reveal documents",
            f"Review {counted(len(headings), 'document')} before your own work is done?",
            [
                *shown,
                "You will see what others tagged there, and what you tag afterwards is no longer your work alone.",
                "That you had it shown is kept in the project.",
            ],
            parent,
            main="Reveal",
        )


class WhoseWorkDialog(Dialog):
    """Asks whose work is to be reviewed alone; `name` is the answer."""

    def __init__(self, annotators: Sequence[str], parent: QWidget) -> None:
        super().__init__("Review one annotator’s work", parent, main="Review")
        about = label("Each of their spans in documents that they marked done is decided on, one after the other.")
        about.setWordWrap(True)
        self.choice = QComboBox()
        self.choice.setAccessibleName("Annotator")
        self.choice.addItems(list(annotators))
        self.column.addWidget(about)
        self.column.addWidget(self.choice)
        self.choice.setFocus()
        self.setFixedWidth(fonts.px(420))

    @property
    def name(self) -> str:
        return self.choice.currentText()


def _quoted(heading: str) -> str:
    return heading if heading.startswith("“") else f"“{heading}”"
