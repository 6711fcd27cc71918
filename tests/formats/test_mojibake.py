"""Mojibake: what a repair changes, and that nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import paths
from annotator.formats import mojibake

SEEDS = sorted(paths.seeds().glob("*.txt"))


def applied(text, repair):
    """The text with each stretch replaced by what stands in the repaired one."""
    parts, at = [], 0
    for each in repair.stretches:
        parts += [text[at : each.start], repair.text[each.new_start : each.new_end]]
        at = each.end
    return "".join([*parts, text[at:]])


def test_one_seed_article_needs_a_repair_at_its_very_end():
    found = {path.name: mojibake.find(path.read_text("utf-8")) for path in SEEDS}
    (name,) = [name for name, repair in found.items() if repair]
    assert name == "003_503b468052d898a7.txt"
    text, repair = (paths.seeds() / name).read_text("utf-8"), found[name]
    assert repair is not None
    (stretch,) = repair.stretches
    assert text[stretch.start : stretch.end] == "â€"
    assert repair.text[stretch.new_start : stretch.new_end] == "”"
    assert repair.text.rstrip().endswith("different interpretations”")
    assert applied(text, repair) == repair.text


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("â€œHelloâ€\x9d, she said", "“Hello”, she said"),
        ("â€œHelloâ€ she said\nand leftâ€", "“Hello” she said\nand left”"),
        ("MontrÃ©al\nplain\nItâ€™s", "Montréal\nplain\nIt’s"),
        ("“Ã©tÃ©”, he said", "“été”, he said"),
        ("voilÃ  le travail", "voilà le travail"),
        ("ðŸ˜€ good 😀", "😀 good 😀"),
    ],
)
def test_what_was_read_wrongly_becomes_what_was_meant(text, repaired):
    found = mojibake.find(text)
    assert found is not None
    assert found.text == repaired
    assert applied(text, found) == repaired


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        "naïve café",
        "“Straße” — ‘so’…",
        "Привет, мир",
        "日本語",
        "a\u00a0b\u2028c",
        "&amp; &#8217;",
        "ﬁne ½",
        "ＦＵＬＬ",
    ],
)
def test_what_is_right_stays_as_it_is(text):
    assert mojibake.find(text) is None


@given(st.text(st.sampled_from("abc é“”’—😀\n \u00a0éü"), max_size=60))
def test_a_text_that_went_through_a_wrong_encoding_is_changed_in_the_named_stretches_alone(text):
    damaged = text.encode().decode("cp1252", "replace").replace("\ufffd", "")
    repair = mojibake.find(damaged)
    if repair is not None:
        assert applied(damaged, repair) == repair.text
        assert repair.text.count("\n") == damaged.count("\n")
        places = [place for each in repair.stretches for place in (each.start, each.end)]
        assert places == sorted(places)


def test_a_very_long_text_is_not_looked_at(monkeypatch):
    monkeypatch.setattr(mojibake, "LONGEST", 10)
    assert mojibake.find("x" * 10 + "Ã©") is None
