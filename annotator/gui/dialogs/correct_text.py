"""Correcting a document's text: an editor, then what the correction does to the spans, then the new revision."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.document import Document
from annotator.domain.edited import edited
from annotator.domain.revision import RevisionReport, SpanFate
from annotator.domain.text import first_words
from annotator.domain.text_diff import Stretch
from annotator.gui import fonts
from annotator.gui.dialogs.frame import Dialog
from annotator.gui.theme import Theme
from annotator.gui.widgets.panes import label
from annotator.gui.widgets.wording import counted

_AROUND = 40  # code points shown before and after what differs
_MOST_SHOWN = 300  # differing stretches, and spans
_LONGEST_SHOWN = 400  # code points of one stretch or of a span's words


@dataclass(frozen=True)
class Preview:
    """What a correction would do: to the text, and to the spans."""

    text: str
    stretches: Sequence[Stretch]
    report: RevisionReport


def summary(report: RevisionReport) -> str:
    """Word what becomes of the spans: `41 spans stay, 2 get new words, 1 can’t be placed`."""
    if not report.spans:
        return "No spans are touched"
    stay, changed, lost = len(report.unchanged) + len(report.moved), len(report.changed), len(report.unplaced)
    parts = [f"{counted(stay, 'span')} {'stays' if stay == 1 else 'stay'}"]
    parts += [f"{changed:,} {'gets' if changed == 1 else 'get'} new words"] if changed else []
    parts += [f"{lost:,} can’t be placed"] if lost else []
    return ", ".join(parts)


class CorrectTextDialog(Dialog):
    """`preview_asked` carries the corrected text, `revision_asked` the one that was previewed.

    Whoever opened it answers with `show_preview` or `say`. What is typed is never read back for more than the edit: the
    characters that were not touched are those that are stored.
    """

    preview_asked = Signal(str)
    revision_asked = Signal(str)

    def __init__(self, document: Document, text: str, repaired: str | None, theme: Theme, parent: QWidget) -> None:
        """Edit `text`; `repaired` is the same text without its mojibake, where it has any."""
        super().__init__("Correct text", parent, main="Preview changes")
        self._stored, self._repaired, self._theme, self._annotator = text, repaired, theme, ""
        self._preview: Preview | None = None
        self._giving_up = False
        heading = label(first_words(document.heading, 90), 15, QFont.Weight.DemiBold)
        heading.setWordWrap(True)
        self.editor = _field("Corrected text")
        self.editor.setFont(fonts.reading_font(15, sans=False))
        self.editor.setTabChangesFocus(True)
        self.editor.setPlainText(text)
        self.editor.document().clearUndoRedoStacks()
        self._shown = self.editor.document().toRawText()
        self.repair = QPushButton("Repair mojibake")
        self.repair.setAutoDefault(False)
        self.repair.setToolTip("Put right what was read in a wrong encoding, such as â€œ for a quotation mark")
        self.repair.clicked.connect(self._repair)
        self.repair.setVisible(repaired is not None)
        self.back = QPushButton("Back to the text")
        self.back.setAutoDefault(False)
        self.back.clicked.connect(self._go_back)
        self.summary = label(weight=QFont.Weight.DemiBold)
        self.summary.setWordWrap(True)
        self.changes, self.spans = _field("What changes in the text"), _field("Spans that don’t stay as they are")
        self.about_spans = label("Spans that don’t stay as they are", tone="second")
        self.problem = label(size=12, tone="danger")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.editor.textChanged.connect(self._typed)
        self.column.addWidget(heading)
        self._lay_out()
        self.resize(min(fonts.px(820), parent.width() - 40), min(fonts.px(640), parent.height() - 40))
        self.editor.setFocus()
        self._typed()

    def set_annotator(self, name: str) -> None:
        """Say whose words may be shown: others’ spans are counted, and not seen before a review."""
        self._annotator = name

    def corrected(self) -> str:
        """Return the text with what was edited."""
        return edited(self._stored, self._shown, self.editor.document().toRawText())

    def show_preview(self, preview: Preview) -> None:
        """Show what the correction would do, and offer to make it."""
        self._preview = preview
        self.summary.setText(f"{summary(preview.report)}.")
        self._show_changes(preview)
        listed = [
            fate for fate in (*preview.report.unplaced, *preview.report.changed) if fate.annotator == self._annotator
        ]
        others = len(preview.report.unplaced) + len(preview.report.changed) - len(listed)
        self._show_spans(listed, others)
        self._pages.setCurrentIndex(1)
        self.back.show()
        self.main.setText(f"Make revision {preview.report.number}")
        self.main.setEnabled(True)
        self.main.setFocus()

    def say(self, problem: str) -> None:
        """Tell why it can't go on."""
        self.problem.setText(problem)
        self.problem.setAccessibleName(problem)
        self.problem.setVisible(bool(problem))
        self.main.setEnabled(True)

    def accept(self) -> None:
        """Called by Qt. The first press asks for the preview, the second makes the revision; `done` then closes."""
        self.problem.hide()
        self.main.setEnabled(False)
        if self._preview is None:
            self.preview_asked.emit(self.corrected())
        else:
            self.revision_asked.emit(self._preview.text)

    def reject(self) -> None:
        """Called by Qt. From the preview back to the text; typing is given up only at the second press."""
        if self._preview is not None:
            self._go_back()
        elif self.editor.document().toRawText() != self._shown and not self._giving_up:
            self._giving_up = True
            self.say("The correction is not made yet. Press Escape or Cancel once more to give it up.")
        else:
            super().reject()

    def _lay_out(self) -> None:
        about = label("Spans are placed again in the corrected text, and the text as it is now is kept.", tone="second")
        about.setWordWrap(True)
        first, second = QWidget(), QWidget()
        editing, preview = QVBoxLayout(first), QVBoxLayout(second)
        row = QHBoxLayout()
        row.addWidget(about, 1)
        row.addWidget(self.repair)
        editing.addLayout(row)
        editing.addWidget(self.editor, 1)
        top = QHBoxLayout()
        top.addWidget(self.summary, 1)
        top.addWidget(self.back)
        preview.addLayout(top)
        preview.addWidget(self.changes, 3)
        preview.addSpacing(4)
        preview.addWidget(self.about_spans)
        preview.addWidget(self.spans, 2)
        for column in (editing, preview):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(8)
        self._pages = QStackedWidget()
        self._pages.addWidget(first)
        self._pages.addWidget(second)
        self.column.setSpacing(8)
        self.column.addWidget(self._pages, 1)
        self.column.addWidget(self.problem)

    def _typed(self) -> None:
        self._giving_up = False
        self.problem.hide()
        self.main.setEnabled(self.editor.document().toRawText() != self._shown)

    def _repair(self) -> None:
        """Take the repaired text over, where nothing was typed yet; else repair would have to guess."""
        if self._repaired is None:
            return
        if self.editor.document().toRawText() != self._shown:
            self.say("Repair the mojibake first, then correct the rest: undo what you typed (Ctrl+Z).")
            return
        cursor = QTextCursor(self.editor.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(self._repaired)
        cursor.endEditBlock()
        self.editor.moveCursor(QTextCursor.MoveOperation.Start)
        self.repair.setEnabled(False)
        self.editor.setFocus()

    def _go_back(self) -> None:
        self._preview = None
        self._pages.setCurrentIndex(0)
        self.main.setText("Preview changes")
        self._typed()
        self.editor.setFocus()

    def _show_changes(self, preview: Preview) -> None:
        """Each stretch that differs, with a little of what stands around it: the old words struck out, then the new."""
        field, new = self.changes, preview.text
        field.clear()
        cursor = field.textCursor()
        plain, gone, come = _format(), _format(), _format()
        plain.setForeground(self._theme.colour("text2"))
        gone.setFontStrikeOut(True)
        gone.setForeground(self._theme.colour("danger"))
        gone.setBackground(self._theme.colour("danger-soft"))
        come.setFontUnderline(True)
        come.setForeground(self._theme.colour("ok"))
        come.setBackground(self._theme.colour("ok-soft"))
        for number, each in enumerate(preview.stretches[:_MOST_SHOWN]):
            before = new[max(0, each.new_start - _AROUND) : each.new_start]
            parts = (
                ("…" * (each.new_start > _AROUND) + before, plain),
                (_cut(self._stored[each.start : each.end]), gone),
                (_cut(new[each.new_start : each.new_end]), come),
                (new[each.new_end : each.new_end + _AROUND] + "…" * (each.new_end + _AROUND < len(new)), plain),
            )
            cursor.insertText("\n\n" if number else "", plain)
            for words, how in parts:
                cursor.insertText(words.replace("\n", "¶").replace("\u2029", "¶").replace("\u2028", "¶"), how)
        if (more := len(preview.stretches) - _MOST_SHOWN) > 0:
            cursor.insertText(f"\n\nand {counted(more, 'further place')}", plain)
        field.moveCursor(QTextCursor.MoveOperation.Start)

    def _show_spans(self, fates: Sequence[SpanFate], others: int) -> None:
        lines = [
            f"{fate.label}: “{first_words(fate.old)}” "
            + ("can’t be placed" if fate.new is None else f"becomes “{first_words(fate.new)}”")
            for fate in fates[:_MOST_SHOWN]
        ]
        if (more := len(fates) - _MOST_SHOWN) > 0:
            lines.append(f"and {counted(more, 'further span')}")
        if others:
            lines.append(f"and {counted(others, 'span')} of other annotators")
        self.spans.setPlainText("\n".join(lines))
        self.spans.setVisible(bool(lines))
        self.about_spans.setVisible(bool(lines))


def _field(name: str) -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setProperty("field", True)
    made.setAccessibleName(name)
    made.setReadOnly(name != "Corrected text")
    made.setFont(fonts.ui(13))
    return made


def _format() -> QTextCharFormat:
    return QTextCharFormat()


def _cut(words: str) -> str:
    half = _LONGEST_SHOWN // 2
    return words if len(words) <= _LONGEST_SHOWN else f"{words[:half]} … {words[-half:]}"
