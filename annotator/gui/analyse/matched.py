"""Agreement on what annotators say of spans that both have: attribute values and relations, pair by pair."""

from collections.abc import Sequence

from annotator.gui.analyse.agreement import short_names
from annotator.gui.analyse.grid import Cell, Column, Grid, Row, Table, short_figure
from annotator.gui.widgets.wording import counted
from annotator.project.measuring import Matched

_NONE = "n/a: neither says anything of it, on the spans that both have"


def matched_grid(found: Sequence[Matched]) -> Grid:
    """Return the chart: a row an attribute or a type of relation that occurs, a column a pair."""
    pairs = list(dict.fromkeys(each.annotators for each in found))
    things = list(dict.fromkeys((each.label, each.what) for each in found if each.matched))
    by = {(each.label, each.what, each.annotators): each for each in found}
    short = short_names(sorted({name for pair in pairs for name in pair}))
    rows = [Row(f"{label}: {what}" if label else what) for label, what in things]
    cells = tuple(
        tuple(_cell(row.title, by.get((label, what, pair)), pair) for pair in pairs)
        for (label, what), row in zip(things, rows, strict=True)
    )
    columns = tuple(Column(", ".join(short[name] for name in pair)) for pair in pairs) if things else ()
    heads = ("Annotators", "Label", "Attribute or relation", "Share alike, or F1", "Kappa", "Matched or drawn", "Alike")
    table = Table(
        heads,
        tuple(
            (", ".join(each.annotators), each.label, each.what, each.value, each.kappa, each.matched, each.alike)
            for each in found
            if each.matched
        ),
    )
    return Grid("heat", columns, tuple(rows), cells, table)


def _cell(title: str, figure: Matched | None, pair: tuple[str, str]) -> Cell:
    what = f"{title}, {', '.join(pair)}"
    if figure is None or figure.value is None:
        return Cell("n/a", f"{what}: {_NONE}", reason=f"{what}\n{_NONE}.")
    if figure.label:
        kappa = f", Cohen’s kappa {short_figure(figure.kappa)}" if figure.kappa is not None else ""
        said = f"the same values in {figure.alike:,} of {counted(figure.matched, 'matched span')}{kappa}"
    else:
        said = f"{figure.alike:,} of the relations are both’s, of {figure.matched:,} that they drew (F1)"
    return Cell(
        short_figure(figure.value), f"{what}: {short_figure(figure.value)}, {said}", figure.value, tip=f"{what}\n{said}"
    )
