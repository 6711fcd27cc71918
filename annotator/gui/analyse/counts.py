"""Labels by document: how many spans of each label, in gold or by the annotators who are looked at."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from annotator.domain.review import GOLD
from annotator.gui.analyse.grid import Cell, Column, Grid, Lazy, Row, Table, Target, Value
from annotator.gui.widgets.wording import counted
from annotator.project.measuring import Worked

TOTAL = "All documents"
_AT_ONCE = 250  # documents that are counted in a step: about a millisecond


def counts_in(worked: Worked, who: Iterable[str]) -> dict[str, int]:
    """Return how many spans of each label these have in a document, added up."""
    found: dict[str, int] = {}
    for name in who:
        for label, count in worked.spans.get(name, {}).items():
            found[label] = found.get(label, 0) + count
    return found


class Totals:
    """What is counted in all documents together: the spans of each label, and the most that one document has."""

    def __init__(self) -> None:
        self.by_label: dict[str, int] = {}
        self.largest = 0

    @property
    def number(self) -> int:
        """The spans of all labels."""
        return sum(self.by_label.values())

    def count(self, documents: Iterable[Worked], who: Sequence[str]) -> Iterator[None]:
        """Count the spans that these have, in steps."""
        rest = iter(documents)
        while some := list(islice(rest, _AT_ONCE)):
            for worked in some:
                for label, count in counts_in(worked, who).items():
                    self.by_label[label] = self.by_label.get(label, 0) + count
                    self.largest = max(self.largest, count)
            yield


def totals_of(documents: Iterable[Worked], who: Sequence[str]) -> Totals:
    """Return what these have in the documents, all at once."""
    found = Totals()
    for _ in found.count(documents, who):
        pass
    return found


def label_grid(
    documents: Sequence[Worked], labels: Sequence[str], who: Sequence[str], totals: Totals, listing: object = None
) -> Grid:
    """Return the chart: a row a document, a column a label, and the totals where there are several documents.

    Rows are made when they are seen. `listing` is the same for as long as the documents and their headings are.
    """
    whose = "gold" if tuple(who) == (GOLD,) else f"by {_named(who)}"
    number, several = len(documents), len(documents) > 1

    def row(at: int) -> Row:
        return Row(documents[at].document.heading) if at < number else Row(TOTAL, strong=True)

    def cells(at: int) -> tuple[Cell, ...]:
        if at == number:
            return tuple(_total(label, totals.by_label.get(label, 0), whose) for label in labels)
        worked, counts = documents[at], counts_in(documents[at], who)
        return tuple(_cell(worked.document.heading, worked.document.id, x, counts.get(x, 0), whose) for x in labels)

    def line(at: int) -> tuple[Value, ...]:
        counts = totals.by_label if at == number else counts_in(documents[at], who)
        title, key = (TOTAL, "") if at == number else (documents[at].document.heading, documents[at].document.id)
        return title, *(counts.get(label, 0) for label in labels), sum(counts.values()), key

    rows, alike = number + several, (listing or object(), number)
    shown = (*alike, totals, tuple(labels), tuple(who))
    table = Table(("Document", *labels, "All labels", "Document id"), Lazy(rows, line, shown))
    columns = tuple(Column(label, label) for label in labels)
    largest = float(max(1, totals.largest))
    return Grid("bars", columns, Lazy(rows, row, alike), Lazy(rows, cells, shown), table, largest)


def _cell(heading: str, document: str, label: str, count: int, whose: str) -> Cell:
    said = f"{label}: {counted(count, 'span')}"
    target = Target(label=label, document=document)
    return Cell(f"{count:,}", f"{heading}, {said}", float(count), tip=f"{heading}\n{said}, {whose}", target=target)


def _total(label: str, count: int, whose: str) -> Cell:
    said = f"{label}: {counted(count, 'span')}"
    return Cell(f"{count:,}", f"{TOTAL}, {said}", None, tip=f"{said} in all, {whose}", target=Target(label=label))


def _named(who: Sequence[str]) -> str:
    return ", ".join(who[:3]) + (f" and {len(who) - 3} more" if len(who) > 3 else "") if who else "nobody"
