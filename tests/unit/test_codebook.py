"""The codebook finds labels by name and key, and helps with a slip of the pen."""

import re

import pytest

from annotator.domain.codebook import Codebook
from annotator.domain.default_codebook import DEFAULT
from annotator.errors import NotFound


def test_a_new_project_has_four_labels_that_differ_in_every_sign() -> None:
    assert [label.name for label in DEFAULT] == ["claim", "quote", "actor", "policy recommendation"]
    for sign in ("letter", "colour", "line_form", "key"):
        assert len({getattr(label, sign) for label in DEFAULT}) == 4
    assert all(re.fullmatch("#[0-9A-F]{6}", label.colour) and label.guideline for label in DEFAULT)


def test_labels_are_found_by_name_and_by_key() -> None:
    assert DEFAULT.label("quote").letter == "Q"
    assert [label.name for key in (1, 4) if (label := DEFAULT.by_key(key))] == ["claim", "policy recommendation"]
    assert DEFAULT.by_key(9) is None


@pytest.mark.parametrize("wrong", ["Claim", "claims", "clam"])
def test_a_nearly_right_name_gets_a_suggestion(wrong: str) -> None:
    with pytest.raises(NotFound, match=f"no label “{wrong}”. Did you mean “claim”?"):
        DEFAULT.label(wrong)


def test_a_name_like_no_other_gets_the_list() -> None:
    with pytest.raises(NotFound, match="It has: claim, quote, actor, policy recommendation"):
        DEFAULT.label("zzz")
    with pytest.raises(NotFound, match="no label “zzz”"):
        Codebook(()).label("zzz")
