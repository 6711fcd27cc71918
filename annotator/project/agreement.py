"""Agreement between annotators, on the documents that they finished."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.domain.review import GOLD
from annotator.errors import BadArgument, NotFound
from annotator.project.reviewing import Reviewing
from annotator.storage import reading

if TYPE_CHECKING:
    from annotator.agreement.figure import Figure
    from annotator.agreement.finished import Finished

_GAMMA_SECONDS = 600.0


class Agreement(Reviewing):
    """The part of Project that measures agreement."""

    def agreement(
        self,
        measure: str | Sequence[str] | None = None,
        label: str | Sequence[str] | None = None,
        annotators: Sequence[str] | None = None,
        *,
        seconds: float | None = _GAMMA_SECONDS,
        progress: Callable[[int], None] | None = None,
        gold: bool = False,
    ) -> list["Figure"]:
        """Return the figures of agreement: by measure and label, of all annotators together first, then of each pair.

        Without `measure` every measure but gamma, which takes its time (it is n/a where one takes longer than
        `seconds`, and `progress` hears how many of its alignments are done), and but precision and recall, which are
        of the first of two annotators if the second were right; against gold they are among them. Without `label` all
        labels together. Without `annotators` all who share a finished document. Only documents that all annotators of
        a figure marked done count. A measure that is undefined is n/a, with the reason, and no error. With `gold` each
        annotator against gold instead, over the documents that they finished and in which all is decided; annotators
        are never compared with gold else. Raises NotFound for a measure, label or annotator that doesn't exist,
        BadArgument for fewer than two annotators.
        """
        from annotator.agreement import measures  # only now: the window starts without it

        usual = measures.AGAINST_GOLD if gold else measures.QUICK
        wanted = [measures.checked(name) for name in _several(measure)] or list(usual)
        labels: list[str | None] = [self.codebook.label(name).name for name in _several(label)] or [None]
        chosen = self._checked_annotators(annotators, fewest=1 if gold else 2)
        documents = self.finished_with_gold(chosen) if gold else self.finished(chosen)
        groups: list[tuple[str, ...]] = [tuple(chosen or self._sharing(documents))]
        if gold:
            people = chosen or sorted({name for each in documents for name in each.spans} - {GOLD})
            groups = [(name, GOLD) for name in people]
        book = [each.name for each in self.codebook]
        found = [
            figure
            for group in groups
            for figure in measures.figures(
                documents, wanted, labels, group, seconds=seconds, progress=progress, codebook=book
            )
        ]
        places = {name: place for place, name in enumerate(wanted)}
        return sorted(found, key=lambda each: places[each.measure]) if len(groups) > 1 else found

    def finished_with_gold(self, annotators: Sequence[str] = ()) -> list["Finished"]:
        """Return the documents in which all is decided, as `finished` does, with gold beside the annotators."""
        reviewed = set(self.reviewed_documents())
        return [
            replace(each, spans={**each.spans, GOLD: tuple(self.gold(each.document))})
            for each in self.finished(annotators)
            if each.document in reviewed
        ]

    def finished(self, annotators: Sequence[str] = ()) -> list["Finished"]:
        """Return the documents that one of these annotators, or anybody, marked done, with the spans of who did."""
        from annotator.agreement.finished import Finished

        with self._store.told():
            by_document = reading.finished(self._store.connection, self._store.names)
        found = []
        for document in self.documents:
            done = [name for name in by_document.get(document.id, ()) if not annotators or name in annotators]
            if done:
                spans = self.spans(document.id, annotators=done)
                by = {name: tuple(span for span in spans if span.annotator == name) for name in done}
                found.append(Finished(document.id, document.length, by))
        return found

    def _checked_annotators(self, annotators: Sequence[str] | None, *, fewest: int = 2) -> list[str]:
        chosen = sorted(set(annotators or ()))
        known = self.annotators()
        if unknown := [name for name in chosen if name not in known]:
            raise NotFound(
                f"Nobody called “{unknown[0]}” has worked in this project. "
                f"It knows: {', '.join(known) or 'nobody yet'}."
            )
        if len(chosen) == 1 and fewest > 1:
            others = [name for name in known if name not in chosen]
            hint = f", such as “{others[0]}”" if others else "; so far nobody else has worked in this project"
            raise BadArgument(f"Agreement is between two annotators or more. Name another besides “{chosen[0]}”{hint}.")
        return chosen

    @staticmethod
    def _sharing(documents: Sequence["Finished"]) -> list[str]:
        """Return who shares a finished document with somebody; if nobody does, all who finished one."""
        from annotator.agreement.finished import who_shared

        return who_shared(documents) or sorted({name for document in documents for name in document.spans})


def _several(names: str | Sequence[str] | None) -> list[str]:
    return [names] if isinstance(names, str) else list(dict.fromkeys(names or ()))
