"""Agreement as charts: pairs by label, annotators against gold, document by document."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from annotator.gui.analyse.explained import Explained
from annotator.gui.analyse.grid import Cell, Column, Grid, Lazy, Row, Table, Target, Value, short_figure
from annotator.gui.widgets.wording import counted, sentence
from annotator.records import Figure

ALL = ""
Key = tuple[str, str | None, tuple[str, ...]]
"""Scope (all documents, or the id of one), label (None for all together), annotators."""
Figures = Mapping[Key, Figure]
_HEADS = ("Annotators", "Label", "Value", "Low", "High", "Documents", "Items", "Why n/a")
_WAITING = "still being measured"


def pairs_grid(figures: Figures, people: Sequence[str], labels: Sequence[str], measure: Explained) -> Grid:
    """Return the chart of each pair by label, with all of them together below where there are more than two."""
    groups = [tuple(pair) for pair in combinations(people, 2)]
    short = short_names(people)
    rows = [
        Row(", ".join(short[name] for name in pair), tall=len(groups) == 1, spoken=", ".join(pair)) for pair in groups
    ]
    if len(people) > 2:
        groups.append(tuple(people))
        rows.append(Row(measure.together, strong=True, apart=True, tall=True))
    columns = _columns(labels)
    cells = tuple(
        tuple(
            _cell(figures.get((ALL, column.label, group)), row, column, measure, Target(group, column.label))
            for column in columns
        )
        for group, row in zip(groups, rows, strict=True)
    )
    return Grid("heat", columns, tuple(rows), cells, _table(figures, ALL, groups, labels))


def gold_grid(figures: Figures, people: Sequence[str], labels: Sequence[str], measure: Explained, gold: str) -> Grid:
    """Return the chart of each annotator against gold; without rows where no gold is whole."""
    groups = [(name, gold) for name in people]
    if not any((ALL, None, group) in figures for group in groups):
        return Grid("heat", (), (), (), Table((), ()))
    columns, rows = _columns(labels), [Row(name, tall=True) for name in people]
    cells = tuple(
        tuple(
            _cell(
                figures.get((ALL, column.label, group)),
                row,
                column,
                measure,
                Target((row.title,), column.label, against_gold=True),
            )
            for column in columns
        )
        for group, row in zip(groups, rows, strict=True)
    )
    return Grid("heat", columns, tuple(rows), cells, _table(figures, ALL, groups, labels))


def documents_grid(
    figures: Figures,
    documents: Sequence[tuple[str, str]],
    people: Sequence[str],
    labels: Sequence[str],
    measure: Explained,
    measured: Sequence[tuple[str, str | None]] = (),
) -> Grid:
    """Return the chart of all annotators together, document by document; `documents` are (id, heading).

    `measured` says for which documents and labels there are figures, in the order of the table. Rows are made when they
    are seen: figures may only be added from then on.
    """
    columns, group, headings, number = _columns(labels), tuple(people), dict(documents), len(measured)

    def row(at: int) -> Row:
        return Row(documents[at][1])

    def cells(at: int) -> tuple[Cell, ...]:
        key, title = documents[at][0], row(at)
        return tuple(
            _cell(figures.get((key, column.label, group)), title, column, measure, Target(group, column.label, key))
            for column in columns
        )

    def line(at: int) -> tuple[Value, ...]:
        key, label = measured[at]
        figure = figures[key, label, group]
        return headings[key], label or "all labels", figure.value, figure.items, figure.reason, key

    shown = documents, measure.id, group, tuple(labels), number
    heads = "Document", "Label", "Value", "Items", "Why n/a", "Document id"
    table = Table(heads, Lazy(number, line, shown))
    return Grid("heat", columns, Lazy(len(documents), row, documents), Lazy(len(documents), cells, shown), table)


def short_names(people: Sequence[str]) -> dict[str, str]:
    """Return what each is called at a row: by the first name alone, where nobody else has it."""
    first = {name: name.split(" ")[0] for name in people}
    taken = Counter(first.values())
    return {name: short if taken[short] == 1 else name for name, short in first.items()}


def caption(figure: Figure | None, people: Sequence[str], measure: Explained) -> str:
    """Word what the figures stand on: documents, items, interval, and that gold is not among them."""
    if figure is None:
        return ""
    who = "both finished" if len(people) == 2 else "all of them finished"
    if len(people) > 2 and measure.pairwise:
        who = "two or more of them finished"
    parts = [f"{counted(figure.documents, 'document')} that {who}", f"{figure.items:,} {measure.items}"]
    if figure.low is not None:
        parts.append("interval 95 % over documents")
    return " · ".join([*parts, "gold is never measured here"])


def _columns(labels: Sequence[str]) -> tuple[Column, ...]:
    return (*(Column(label, label) for label in labels), Column("all", None, apart=True))


def _cell(figure: Figure | None, row: Row, column: Column, measure: Explained, target: Target) -> Cell:
    what = f"{row.spoken or row.title}, {column.label or 'all labels'}"
    if figure is None:
        return Cell("…", f"{what}: {_WAITING}", tip=sentence(_WAITING), target=target)
    stands_on = f"{counted(figure.documents, 'document')}, {figure.items:,} {measure.items}"
    if figure.value is None:
        reason = sentence(f"n/a: {figure.reason}")
        return Cell("n/a", f"{what}: {reason}", reason=f"{what}\n{reason}.\n{stands_on}", target=target)
    between = under = ""
    if figure.low is not None and figure.high is not None:
        between = f", interval {short_figure(figure.low)} to {short_figure(figure.high)}"
        under = f"{short_figure(figure.low)}–{short_figure(figure.high)}" if row.tall else ""
    said = f"{measure.name} {short_figure(figure.value)}{between}"
    return Cell(
        short_figure(figure.value),
        f"{what}: {said}, {stands_on}",
        figure.value,
        under,
        tip=f"{what}\n{said}\n{stands_on}",
        target=target,
    )


def _table(figures: Figures, scope: str, groups: Iterable[tuple[str, ...]], labels: Sequence[str]) -> Table:
    rows: list[tuple[Value, ...]] = []
    for group in groups:
        for label in (None, *labels):
            if figure := figures.get((scope, label, group)):
                interval = figure.low, figure.high
                stands_on = figure.documents, figure.items, figure.reason
                rows.append((", ".join(group), label or "all labels", figure.value, *interval, *stands_on))
    return Table(_HEADS, tuple(rows))
