"""Finding in the document on the page, as one types: found in slices on the project's thread, painted in the text."""

from PySide6.QtCore import QObject, Signal

from annotator.domain.search import Query
from annotator.errors import AnnotatorError
from annotator.gui.find.bar import FindBar
from annotator.gui.text.matches import Matches
from annotator.gui.text.view import TextView
from annotator.gui.worker import Stream, Worker

MOST = 100_000  # matches that are counted and painted
Places = list[tuple[int, int]]


class FindInDocument(QObject):
    """Serves the bar. The current match is selected in the text too, so that a number key tags it."""

    closed = Signal()

    def __init__(self, bar: FindBar, text: TextView) -> None:
        super().__init__(bar)
        self.bar, self._text = bar, text
        self._worker: Worker | None = None
        self._document = ""
        self._matches = Matches()
        self._stream: Stream | None = None
        self._selected = 0, 0
        self._from = 0  # where in the text one was when the search began
        self._wanted = 0  # the step that was asked for while the matches were still to come
        self._known: tuple[str, Query] | None = None  # what all matches are there of
        bar.search.changed.connect(self.find)
        bar.search.entered.connect(lambda back: self.walk(-1 if back else 1))
        bar.closed.connect(self.close)

    def set_document(self, worker: Worker | None, document_id: str) -> None:
        """Search this document from now on."""
        self._cancel()
        self._worker, self._document, self._from = worker, document_id, 0
        self._matches = Matches()
        if self.is_open():
            self.find(choose=False)

    def is_open(self) -> bool:
        """Whether the bar is shown."""
        return not self.bar.isHidden()

    def open(self, words: str = "", *, focus: bool = True) -> None:
        """Show the bar and find `words`, or what was looked for last."""
        selection = self._text.selection()
        self._from = selection[0] if selection else self._text.caret()
        self.bar.show()
        query = self.bar.search.query()
        if words and words != query.text:
            self.bar.search.set_query(Query(words, case=query.case, accents=query.accents, words=query.words))
        elif self._known == (self._document, query):
            self._text.show_matches(self._matches)
        else:
            self.find(choose=bool(selection))
        if focus:
            self.bar.search.take_focus()

    def close(self) -> None:
        """Hide the bar; the current match stays selected."""
        self._cancel()
        self.bar.hide()
        self._text.show_matches(Matches())
        self._text.setFocus()
        self.closed.emit()

    def find(self, *, choose: bool = True) -> None:
        """Look for what stands in the field, from where the search began."""
        self._cancel()
        self._matches, self._known = Matches(), None
        self._text.show_matches(self._matches)
        query, document = self.bar.search.query(), self._document
        if query.empty or self._worker is None or not document:
            self.bar.say("")
            return
        self._wanted = 0
        self._stream = stream = self._worker.stream(
            lambda project: project.places(document, query),
            lambda places: self._arrived(places, choose=choose) if self._stream is stream else None,
            lambda _: self._all_arrived(choose=choose) if self._stream is stream else None,
            lambda error: self._failed(error) if self._stream is stream else None,
        )

    def walk(self, step: int) -> None:
        """Go to the next or previous match, round the end."""
        matches = self._matches
        if not len(matches):
            self._wanted = step if self._stream else 0
            return
        if matches.now is not None:
            self._go_to((matches.now + step) % len(matches))
        else:
            selection = self._text.selection()
            at = selection[0] if selection and step < 0 else self._text.caret()
            number = matches.at_or_after(at) if step > 0 else matches.before(at)
            self._go_to(number or 0)

    def _arrived(self, places: Places, *, choose: bool) -> None:
        self._matches.extend(places)
        found = len(self._matches)
        if choose and found and self._matches.now is None and self._matches[found - 1][0] >= self._from:
            self._go_to(self._matches.at_or_after(self._from) or 0, begin=False)
        self._text.show_matches(self._matches)
        if found >= MOST:
            self._cancel()
        self._say()

    def _all_arrived(self, *, choose: bool) -> None:
        self._stream, self._known = None, (self._document, self.bar.search.query())
        if self._wanted:
            self.walk(self._wanted)
        elif choose and len(self._matches) and self._matches.now is None:
            self._go_to(self._matches.at_or_after(self._from) or 0, begin=False)
        elif choose and not len(self._matches) and self._text.selection() == self._selected:
            self._text.clear_selection()  # what was found before another letter was typed
        self._say()

    def _failed(self, error: AnnotatorError) -> None:
        self._stream = None
        self.bar.tell_problem(str(error))

    def _go_to(self, number: int, *, begin: bool = True) -> None:
        self._matches.now = number
        start, end = self._matches[number]
        if begin:
            self._from = start
        self._text.reveal(start)
        self._text.select(start, end)
        self._selected = start, end
        self._text.show_matches(self._matches)
        self._say()

    def _say(self) -> None:
        found = len(self._matches)
        many = f"{found:,}{'+' if found >= MOST else ''}"
        if self._matches.now is not None:
            self.bar.say(f"{self._matches.now + 1:,} of {many}")
        elif found:
            self.bar.say(f"{many} found")
        elif self._stream is None:
            self.bar.say("Not in this document", "warn")

    def _cancel(self) -> None:
        if self._stream:
            self._stream.cancel()
            self._stream = None
