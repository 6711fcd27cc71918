"""Texts as they come: words, quotes and abbreviations, emoji, combining marks, right-to-left, odd blanks."""

from hypothesis import strategies as st

PIECES = [
    *["don’t", "U.S.", "S-Comm", "“Yes,”", "‘no’", "(see 4.2)", "$3.50", "95%", "a", "b", "é", "e\u0301", "\u0301"],
    *["👩\u200d💻", "👍🏽", "👍", "❤\ufe0f", "🇫🇷", "שָׁלוֹם", "א", "مرحبا", "\u200d", "\u200f", "中文", "_", "1,000"],
    *[" ", " ", "  ", "\n", "\t", "\u00a0", "\u2028", "\u2009", ".", ",", "…", "—", "–", "-", "'", '"', "”", "“", "&"],
]
texts = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@st.composite
def selections(draw: st.DrawFn) -> tuple[str, int, int]:
    """A text and a stretch of it, which may be empty."""
    text = draw(texts)
    edges = st.integers(0, len(text))
    start, end = sorted((draw(edges), draw(edges)))
    return text, start, end


@st.composite
def places(draw: st.DrawFn) -> tuple[str, int]:
    """A text and a position in it."""
    text = draw(texts)
    return text, draw(st.integers(0, len(text)))
