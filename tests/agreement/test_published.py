"""Every worked example of the literature comes out to the digits that were published."""

from collections import Counter

import pytest

from annotator.agreement.alignment import align
from annotator.agreement.coding import alpha_of, cohen_of, fleiss_of
from annotator.agreement.dissimilarity import Unit, positional
from annotator.agreement.gamma import gamma
from annotator.agreement.measures import Survey
from annotator.agreement.ratio import exact
from tests.agreement.builders import finished


def value(documents, measure, label=None, annotators=None):
    survey = Survey(documents)
    return survey.figure(measure, label, tuple(annotators or documents[0].spans)).value


def rounded(ratio, digits):
    return round(float(exact(ratio) or 0), digits)


KRIPPENDORFF_2004 = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""


def test_krippendorff_2004_page_230_with_missing_judgements():
    rows = [
        [None if value == "." else value for value in line.split()] for line in KRIPPENDORFF_2004.split("\n") if line
    ]
    assert rounded(alpha_of(Counter(zip(*rows, strict=True))), 4) == 0.7434


FLEISS_1971 = """
0 0 0 6 0|0 3 0 0 3|0 1 4 0 1|0 0 0 0 6|0 3 0 3 0|2 0 4 0 0|0 0 4 0 2|2 0 3 1 0|2 0 0 4 0|0 0 0 0 6
1 0 0 5 0|1 1 0 4 0|0 3 3 0 0|1 0 0 5 0|0 2 0 3 1|0 0 5 0 1|3 0 0 1 2|5 1 0 0 0|0 2 0 4 0|1 0 2 0 3
0 0 0 0 6|0 1 0 5 0|0 2 0 1 3|2 0 0 4 0|1 0 0 4 1|0 5 0 1 0|4 0 0 0 2|0 2 0 4 0|1 0 5 0 0|0 0 0 0 6
"""


def test_fleiss_1971_table_1():
    subjects = [list(map(int, each.split())) for line in FLEISS_1971.split("\n") if line for each in line.split("|")]
    items = Counter(tuple(kind for kind, count in enumerate(subject) for _ in range(count)) for subject in subjects)
    assert len(subjects) == 30
    assert rounded(fleiss_of(items), 3) == 0.430


def test_cohen_1960_page_45():
    table = [(88, 14, 18), (10, 40, 10), (2, 6, 12)]
    items = {(row, column): count for row, counts in enumerate(table) for column, count in enumerate(counts)}
    assert rounded(cohen_of(items), 3) == 0.492


def test_artstein_and_poesio_2008_page_568():
    table = {("stat", "stat"): 46, ("stat", "ireq"): 6, ("ireq", "ireq"): 32, ("chck", "ireq"): 6, ("chck", "chck"): 10}
    assert rounded(cohen_of(table), 4) == 0.8013
    assert rounded(fleiss_of(table), 4) == 0.7995
    assert rounded(alpha_of(table), 4) == 0.8005


def test_artstein_and_poesio_comes_out_of_a_text_too():
    ends = [("stat", 46), ("stat", 6), ("ireq", 32), ("chck", 6), ("chck", 10)]
    others = ["stat", "ireq", "ireq", "ireq", "chck"]
    first, second, at = [], [], 0
    for (label, length), other in zip(ends, others, strict=True):
        first.append((label, at, at + length))
        second.append((other, at, at + length))
        at += length
    document = finished(100, a=first, b=second)
    values = [round(value([document], measure), 4) for measure in ("cohen", "fleiss", "alpha")]
    assert values == [0.8013, 0.7995, 0.8005]


CHARACTERS = finished(24, a=[("claim", 2, 10), ("claim", 14, 20)], b=[("claim", 4, 8), ("claim", 15, 17)])


@pytest.mark.parametrize("label", [None, "claim"])
def test_characters_of_the_design(label):
    values = [round(value([CHARACTERS], measure, label), 3) for measure in ("cohen", "fleiss", "alpha")]
    assert values == [0.385, 0.314, 0.329]


ALEX_PAUL_SUSAN = finished(
    20,
    alex=[("1", 2, 5), ("1", 9, 11), ("2", 12, 20)],
    paul=[("1", 2, 5), ("2", 7, 15)],
    susan=[("1", 2, 5), ("2", 10, 15)],
)


@pytest.mark.parametrize(
    ("measure", "label", "published"),
    [
        ("u-alpha", None, 0.474),
        ("u-alpha-given", None, 0.433),
        ("cu-alpha", None, 0.779),  # this and the next two as an implementation of the paper prints them
        ("ku-alpha", "1", 0.769),
        ("ku-alpha", "2", 0.787),
    ],
)
def test_krippendorff_mathet_bouvry_and_widlocher_2016(measure, label, published):
    assert round(value([ALEX_PAUL_SUSAN], measure, label), 3) == published


FIGURE_10 = [  # Mathet, Widlöcher and Métivier 2015
    ((4, 14), (40, 44), 22.2),
    ((4, 14), (4, 14), 0),
    ((4, 14), (20, 25), 3.2),
    ((4, 14), (14, 24), 1.0),
    ((20, 30), (20, 25), 0.11),
    ((20, 25), (14, 24), 0.22),
]


@pytest.mark.parametrize(("one", "other", "published"), FIGURE_10)
def test_positional_dissimilarity_of_mathet_2015_figure_10(one, other, published):
    found = positional(Unit((one,), "x"), Unit((other,), "y"))
    assert found == pytest.approx(published, rel=0.05)


MATHET_ALEX, MATHET_PAUL, MATHET_SUZAN = (
    [("1", 2, 9), ("2", 11, 17), ("5", 24, 30), ("6", 32, 36), ("6", 36, 44), ("7", 44, 60)],
    [("1", 2, 9), ("3", 11, 17), ("5", 19, 25), ("6", 32, 44)],
    [("1", 2, 9), ("4", 11, 17), ("5", 21, 27), ("6", 32, 36), ("6", 36, 40), ("6", 40, 44)],
)


def test_the_best_alignment_of_alex_paul_and_suzan_has_the_disorder_that_pygamma_agreement_finds():
    people = [
        [Unit(((start, end),), label) for label, start, end in spans]
        for spans in (MATHET_ALEX, MATHET_PAUL, MATHET_SUZAN)
    ]
    alignment = align(people)
    assert alignment.proven
    assert len(alignment.sets) == 7
    assert alignment.disorder / (16 / 3) == pytest.approx(0.96, abs=0.005)


def test_gamma_of_alex_paul_and_suzan_is_what_pygamma_agreement_finds_with_the_authors_sampling():
    document = finished(60, alex=MATHET_ALEX, paul=MATHET_PAUL, suzan=MATHET_SUZAN)
    assert gamma([document], ("alex", "paul", "suzan")).value == pytest.approx(0.46, abs=0.03)
