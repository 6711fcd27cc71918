"""Dates that can mean one day become ISO dates; the others stay as somebody wrote them."""

import pytest

from annotator.formats import dates


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2011-09-17", "2011-09-17"),
        ("2011-9-7", "2011-09-07"),
        ("2011/09/17", "2011-09-17"),
        ("20110917", "2011-09-17"),
        ("2011-09-17T10:11:12Z", "2011-09-17"),
        ("2011-09-17 10:11", "2011-09-17"),
        ("17 September 2011", "2011-09-17"),
        ("September 17, 2011", "2011-09-17"),
        ("Sat, 17 Sep 2011", "2011-09-17"),
        ("Saturday, Sept. 17, 2011", "2011-09-17"),
        ("17th of", "17th of"),
        ("September 2011", "2011-09"),
        ("17/09/2011", "2011-09-17"),
        ("09/17/2011", "2011-09-17"),
        ("5.5.2011", "2011-05-05"),
        ("  17.9.2011 ", "2011-09-17"),
        ("03/04/2011", "03/04/2011"),
        ("31/02/2011", "31/02/2011"),
        ("17 Octember 2011", "17 Octember 2011"),
        ("2011", "2011"),
        ("2011-09", "2011-09"),
        ("yesterday", "yesterday"),
        ("99999999", "99999999"),
    ],
)
def test_a_date(written, iso):
    assert dates.iso(written) == iso


def test_a_column_tells_which_number_is_the_day():
    assert dates.day_first(["03/04/2011", "17/09/2011", "", "soon"]) is True
    assert dates.day_first(["03/04/2011", "09/17/2011"]) is False
    assert dates.day_first(["03/04/2011"]) is None
    assert dates.day_first(["17/09/2011", "09/17/2011"]) is None
    assert dates.iso("03/04/2011", day_first=True) == "2011-04-03"
    assert dates.iso("03/04/2011", day_first=False) == "2011-03-04"


def test_what_can_mean_two_days_is_known_as_such():
    assert [each for each in ("03/04/2011", "17/09/2011", "5/5/2011", "2011-01-02", "x") if dates.unclear(each)] == [
        "03/04/2011"
    ]
