"""The codebook that new projects get."""

from annotator.domain.codebook import Codebook, Label, LineForm

DEFAULT = Codebook(
    (
        Label(
            "claim",
            "C",
            "#B8730E",
            LineForm.SOLID,
            1,
            "A statement about how things are, were or will be that somebody could dispute. "
            "Tag the shortest stretch that still says it; leave out who says it.",
        ),
        Label(
            "quote",
            "Q",
            "#1A80CC",
            LineForm.DOUBLE,
            2,
            "Words that the text gives as somebody's own, with the quotation marks. "
            "A quote cut in two by “he said” is one span of two fragments.",
        ),
        Label(
            "actor",
            "A",
            "#06573A",
            LineForm.THICK,
            3,
            "A person, organisation, group or government body that says or does something, as the text names it.",
        ),
        Label(
            "policy recommendation",
            "P",
            "#86196A",
            LineForm.DASH,
            4,
            "What somebody says should be done, ended, changed or kept. Tag the measure with its verb.",
        ),
    )
)
