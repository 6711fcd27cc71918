"""What each measure of agreement says, in plain words: how it is computed, what it is good for, where it misleads."""

from dataclasses import dataclass, replace

_SEMEVAL = (
    "Segura-Bedmar, Martínez and Herrero-Zazo 2013, SemEval-2013 task 9, section 4.1. "
    "F1: van Rijsbergen 1979, Information Retrieval, chapter 7."
)
_UNITIZING = (
    "Krippendorff, Mathet, Bouvry and Widlöcher 2016, On the reliability of unitizing textual continua: further "
    "developments, Quality & Quantity 50, pp. 2347–2364."
)
_F1 = "Twice the number of matches, divided by the number of spans of both annotators together."
_BY_CHANCE = "(what was observed less what chance would give) divided by (1 less what chance would give)"
_CHARACTERS = (
    "Every character of the text is judged: it carries a label or not; for all labels, the set of labels on it."
)
_TAGGED = "As above, without the characters that nobody tagged with anything."


@dataclass(frozen=True, slots=True)
class Explained:
    """One measure: its name in the window, its formula in words, its use, its limits and its source.

    `items` is what it compares, as counted in captions; `pairwise` measures are of two, and of more the mean of pairs.
    """

    id: str
    name: str
    items: str
    formula: str
    good: str
    bad: str
    source: str
    pairwise: bool = False

    @property
    def short(self) -> str:
        """The name alone, without what it is for."""
        return self.name.partition(",")[0].partition(":")[0]

    @property
    def together(self) -> str:
        """The name of the row for more than two annotators."""
        return "Mean of pairs" if self.pairwise else "All together"


_OVERLAPS: tuple[Explained, ...] = (
    Explained(
        "f1-type",
        "F1, same label, overlap",
        "spans",
        f"{_F1} Two spans match when they have the same label and overlap anywhere.",
        "Whether the same things were found, however their ends were set. Spans may overlap and nest.",
        "It doesn’t see boundaries: one word and a whole paragraph match. Chance is not taken out.",
        _SEMEVAL,
        pairwise=True,
    ),
    Explained(
        "f1-strict",
        "F1, same label and boundaries",
        "spans",
        f"{_F1} Two spans match when they have the same label and exactly the same fragments.",
        "What a data set for training needs: the same spans, character by character.",
        "One word more or less counts as much as a span that was missed. Chance is not taken out.",
        _SEMEVAL,
        pairwise=True,
    ),
    Explained(
        "f1-exact",
        "F1, same boundaries",
        "spans",
        f"{_F1} Two spans match when they have exactly the same fragments, whatever their labels.",
        "Finding apart from labelling: beside “same label and boundaries”, the difference is the labels’.",
        "One word more or less counts as a miss. Chance is not taken out.",
        _SEMEVAL,
        pairwise=True,
    ),
    Explained(
        "f1-partial",
        "F1, an overlap counts half",
        "spans",
        f"{_F1} Whatever their labels, spans with the same fragments match in full, spans that overlap by one half.",
        "Where boundaries matter, but a near miss is better than a miss.",
        "The half is a convention. Labels are not looked at, chance is not taken out.",
        _SEMEVAL,
        pairwise=True,
    ),
)
_SIDES = {
    "precision": (
        "Precision",
        "The number of matches, divided by the number of spans of the annotator who is named first.",
        "How much of what one tagged is right, if the other is: meant for annotators against gold.",
    ),
    "recall": (
        "Recall",
        "The number of matches, divided by the number of spans of the annotator who is named second.",
        "How much of what is right was found, if the other is right: meant for annotators against gold.",
    ),
}


def _sided(name: str) -> tuple[Explained, ...]:
    """Precision or recall in the four ways of F1."""
    title, formula, good = _SIDES[name]
    return tuple(
        replace(
            each,
            id=each.id.replace("f1", name),
            name=each.name.replace("F1", title),
            formula=each.formula.replace(_F1, formula),
            good=good,
            bad=f"It takes a side: the other way round it is another figure. {each.bad}",
        )
        for each in _OVERLAPS
    )


MEASURES: tuple[Explained, ...] = (
    *_OVERLAPS,
    *_sided("precision"),
    *_sided("recall"),
    Explained(
        "cohen",
        "Cohen’s kappa",
        "characters",
        f"{_CHARACTERS} Kappa is {_BY_CHANCE}; chance is worked out of how often each of the two used each label.",
        "The figure that most readers know, for two annotators; spans may overlap.",
        "Long spans weigh more than short ones. Where most text is untagged, agreement on nothing is most of it. A "
        "rare "
        "label has a low kappa even when nearly all is alike.",
        "Cohen 1960, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20, p. "
        "40.",
        pairwise=True,
    ),
    Explained(
        "fleiss",
        "Fleiss’ kappa",
        "characters",
        f"{_CHARACTERS} Kappa is {_BY_CHANCE}; chance is worked out of how often all of them together used each label.",
        "Three annotators and more in one figure; for two it is Scott’s pi.",
        "As Cohen’s kappa: long spans weigh more, untagged text counts, rare labels fare badly. Only documents that "
        "all "
        "of them finished count.",
        "Fleiss 1971, Measuring nominal scale agreement among many raters, Psychological Bulletin 76.",
    ),
    Explained(
        "alpha",
        "Krippendorff’s alpha",
        "characters",
        f"{_CHARACTERS} Alpha is 1 less (the disagreement observed divided by the disagreement expected by chance).",
        "What content analysis asks for; any number of annotators. Above .80 is commonly called reliable, from .67 on "
        "good enough for tentative conclusions.",
        "Long spans weigh more than short ones, and untagged text counts as agreement.",
        "Krippendorff 2004, Content Analysis, 2nd edition, chapter 11.3.",
    ),
    Explained(
        "cohen-tagged",
        "Cohen’s kappa, tagged text",
        "characters",
        _TAGGED,
        "Projects in which most of the text is left untagged: agreement on nothing doesn’t count.",
        "It is lower than with all of the text, often below 0: what nobody tagged, rightly, is left out. Don’t "
        "compare it "
        "with kappas of all text.",
        "Cohen 1960, p. 40, over the characters that an annotator tagged.",
        pairwise=True,
    ),
    Explained(
        "fleiss-tagged",
        "Fleiss’ kappa, tagged text",
        "characters",
        _TAGGED,
        "Three annotators and more, where most of the text is left untagged.",
        "It is lower than with all of the text, often below 0. Don’t compare it with kappas of all text.",
        "Fleiss 1971, equations 3 to 7, over the characters that an annotator tagged.",
    ),
    Explained(
        "alpha-tagged",
        "Krippendorff’s alpha, tagged text",
        "characters",
        _TAGGED,
        "Any number of annotators, where most of the text is left untagged.",
        "It is lower than with all of the text, often below 0. The usual thresholds are not meant for it.",
        "Krippendorff 2004, chapter 11.3, over the characters that an annotator tagged.",
    ),
    Explained(
        "u-alpha",
        "u-alpha: finding and labelling",
        "stretches",
        "The text is a line on which each annotator marks stretches with labels. Alpha is 1 less (the disagreement "
        "observed divided by the one expected if the stretches, as long as they are, lay anywhere).",
        "Where spans are and what they are, in one figure adjusted for chance; any number of annotators.",
        "It isn’t defined where spans of one annotator overlap: then it is n/a for all labels, but may have a figure "
        "for "
        "single ones.",
        f"{_UNITIZING} Equations 1 to 6.",
    ),
    Explained(
        "u-alpha-given",
        "given-u-alpha: finding alone",
        "stretches",
        "As u-alpha, but only whether text is tagged, whatever the label.",
        "Finding apart from labelling, adjusted for chance.",
        "It isn’t defined where spans of one annotator overlap.",
        _UNITIZING,
    ),
    Explained(
        "cu-alpha",
        "cu-alpha: labelling alone",
        "stretches",
        "Only where stretches of two annotators lie upon each other: 1 less (the disagreement of their labels "
        "divided by "
        "the one expected by chance).",
        "Labelling apart from finding: how well the labels are told from one another.",
        "It says nothing of what only one of them tagged, and isn’t defined for one label alone, or where spans of one "
        "annotator overlap.",
        f"{_UNITIZING} Equations 10 and 11.",
    ),
    Explained(
        "ku-alpha",
        "ku-alpha: labelling, by label",
        "stretches",
        "As cu-alpha, for one label against all the others.",
        "Which label is the one that is mixed up with others.",
        "It is of single labels, so that there is none for all together; not where spans of one annotator overlap.",
        f"{_UNITIZING} Equation 13.",
    ),
    Explained(
        "gamma",
        "Gamma: places and labels",
        "spans",
        "Spans are put together in the way that makes least disorder: of places, of labels, and of spans left alone. "
        "Gamma is 1 less (this disorder divided by the mean disorder when the spans are moved along the text at "
        "random).",
        "The one measure adjusted for chance that takes overlap, nesting and near boundaries as they are; any number "
        "of "
        "annotators.",
        "It takes its time, since every random text is aligned too, and is computed only when asked for. Only "
        "documents "
        "that all of them finished count.",
        "Mathet, Widlöcher and Métivier 2015, The unified and holistic method gamma, Computational Linguistics 41 (3).",
    ),
)
BY_ID = {measure.id: measure for measure in MEASURES}
USUAL = "f1-type"
GAMMA = "gamma"
"""Computed only when it is asked for."""

INTERVAL = (
    "Intervals: 95 %, by drawing the documents anew a thousand times (Efron and Tibshirani 1993, An Introduction to "
    "the "
    "Bootstrap, chapter 13). One document has none."
)
