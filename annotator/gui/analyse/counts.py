"""Labels by document: how many spans of each label, in gold or by the annotators who are looked at."""

from collections.abc import Iterable, Sequence

from annotator.domain.review import GOLD
from annotator.gui.analyse.grid import Cell, Column, Grid, Row, Table, Target, Value
from annotator.gui.widgets.wording import counted
from annotator.project.measuring import Worked

TOTAL = "All documents"


def counts_in(worked: Worked, who: Iterable[str]) -> dict[str, int]:
    """Return how many spans of each label these have in a document, added up."""
    found: dict[str, int] = {}
    for name in who:
        for label, count in worked.spans.get(name, {}).items():
            found[label] = found.get(label, 0) + count
    return found


def label_grid(documents: Sequence[Worked], labels: Sequence[str], who: Sequence[str]) -> Grid:
    """Return the chart: a row a document, a column a label, and the totals where there are several documents."""
    counts = [counts_in(worked, who) for worked in documents]
    whose = "gold" if tuple(who) == (GOLD,) else f"by {_named(who)}"
    rows = [Row(worked.document.heading) for worked in documents]
    cells = [
        tuple(_cell(worked.document.heading, worked.document.id, label, each.get(label, 0), whose) for label in labels)
        for worked, each in zip(documents, counts, strict=True)
    ]
    totals = [sum(each.get(label, 0) for each in counts) for label in labels]
    if several := len(documents) > 1:
        rows.append(Row(TOTAL, strong=True))
        cells.append(tuple(_total(label, total, whose) for label, total in zip(labels, totals, strict=True)))
    lines: list[tuple[Value, ...]] = [
        (worked.document.heading, *(each.get(label, 0) for label in labels), sum(each.values()), worked.document.id)
        for worked, each in zip(documents, counts, strict=True)
    ]
    if several:
        lines.append((TOTAL, *totals, sum(sum(each.values()) for each in counts), ""))
    table = Table(("Document", *labels, "All labels", "Document id"), tuple(lines))
    largest = max((count for each in counts for count in each.values()), default=1)
    columns = tuple(Column(label, label) for label in labels)
    return Grid("bars", columns, tuple(rows), tuple(cells), table, float(max(1, largest)))


def spans_in(documents: Iterable[Worked], who: Sequence[str]) -> int:
    """Return how many spans these have in the documents."""
    return sum(sum(counts_in(worked, who).values()) for worked in documents)


def _cell(heading: str, document: str, label: str, count: int, whose: str) -> Cell:
    said = f"{label}: {counted(count, 'span')}"
    target = Target(label=label, document=document)
    return Cell(f"{count:,}", f"{heading}, {said}", float(count), tip=f"{heading}\n{said}, {whose}", target=target)


def _total(label: str, count: int, whose: str) -> Cell:
    said = f"{label}: {counted(count, 'span')}"
    return Cell(f"{count:,}", f"{TOTAL}, {said}", None, tip=f"{said} in all, {whose}", target=Target(label=label))


def _named(who: Sequence[str]) -> str:
    return ", ".join(who[:3]) + (f" and {len(who) - 3} more" if len(who) > 3 else "") if who else "nobody"
