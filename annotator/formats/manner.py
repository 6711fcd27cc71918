"""How an export is to be written, beside what is in it."""

from dataclasses import dataclass, field

from annotator.domain.codebook import Codebook


@dataclass(frozen=True, slots=True)
class Manner:
    """What a writer may need to know: the codebook, and what was asked for.

    `bom` begins the file with a byte-order mark; `raw_cells` leaves cells as they are that a spreadsheet would take
    for formulas. A format to which neither means anything takes no notice.
    """

    codebook: Codebook = field(default_factory=lambda: Codebook(()))
    bom: bool = True
    raw_cells: bool = False


USUAL = Manner()
