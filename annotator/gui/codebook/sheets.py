"""Style sheets of the few widgets that only the codebook editor has, filled from the theme."""

from annotator.gui.theme import Theme


def _filled(sheet: str, theme: Theme) -> str:
    for token in sorted(theme.tokens, key=len, reverse=True):
        sheet = sheet.replace(f"${token}", theme.colour(token).name())
    return sheet


def text_edit(theme: Theme) -> str:
    """A field of several lines, as the fields of one line look."""
    return _filled(
        "QPlainTextEdit { background: $surface; color: $text; border: 1px solid $control; border-radius: 6px;"
        " padding: 4px 5px; selection-background-color: $select; selection-color: $text; }"
        "QPlainTextEdit:hover { border-color: $text3; }"
        "QPlainTextEdit:focus { border: 2px solid $focus; padding: 3px 4px; }"
        "QPlainTextEdit:disabled { background: $window; color: $text3; }",
        theme,
    )


def link(theme: Theme) -> str:
    """A button that reads as a link."""
    return _filled(
        "QPushButton { color: $accent; background: transparent; border: 2px solid transparent; padding: 0 4px;"
        " min-height: 22px; font-weight: 400; }"
        "QPushButton:hover { background: $hover; } QPushButton:pressed { background: $pressed; }"
        "QPushButton:focus { border: 2px solid $focus; padding: 0 4px; min-height: 22px; }"
        "QPushButton:disabled { color: $control; background: transparent; border-color: transparent; }",
        theme,
    )


def segment(theme: Theme) -> str:
    """A choice of two that stand side by side."""
    return _filled(
        "QRadioButton { background: $surface; color: $text2; border: 1px solid $control; padding: 0 13px;"
        " min-height: 26px; border-radius: 0; spacing: 0; }"
        "QRadioButton::indicator { width: 0; height: 0; border: none; }"
        "QRadioButton[end='left'] { border-top-left-radius: 6px; border-bottom-left-radius: 6px; }"
        "QRadioButton[end='right'] { border-top-right-radius: 6px; border-bottom-right-radius: 6px;"
        " border-left: none; }"
        "QRadioButton:hover { color: $text; }"
        "QRadioButton:checked { background: $accent-soft; color: $accent; font-weight: 600; }"
        "QRadioButton:focus { border: 2px solid $focus; padding: 0 12px; min-height: 24px; }",
        theme,
    )


def framed_list(theme: Theme) -> str:
    """A list in a dialog, with a border as fields have."""
    return _filled(
        "QListView { background: $surface; border: 1px solid $control; border-radius: 6px; padding: 3px; }"
        "QListView:focus { border: 2px solid $focus; padding: 2px; }"
        "QListView::item { height: 26px; padding: 0 6px; border-radius: 4px; color: $text; }"
        "QListView::item:hover { background: $hover; }"
        "QListView::item:selected { background: $accent-soft; color: $text; }"
        "QListView QLineEdit { min-height: 0; padding: 0 4px; border: 1px solid $focus; border-radius: 4px; }",
        theme,
    )
