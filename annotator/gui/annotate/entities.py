"""Entities while one annotates: what is known of them reaches the fields, and their keys do something."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.domain.change import ChangeSet
from annotator.domain.codebook import AttributeKind
from annotator.domain.entity_match import EntityBook
from annotator.gui.annotate.entity_field import EntityField
from annotator.gui.entities.known import KnownEntities
from annotator.gui.worker import Worker

if TYPE_CHECKING:
    from annotator.gui.annotate.mode import AnnotateMode


class Entities(QObject):
    """The actions behind E and Shift+E."""

    def __init__(self, mode: "AnnotateMode") -> None:
        super().__init__(mode)
        self._mode = mode
        self.known = KnownEntities(self)
        self.known.changed.connect(self._book_changed)
        self.known.renamed.connect(mode.loader.reread)
        self.known.failed.connect(mode.refused)
        mode.page.text.span_chosen.connect(self._span_chosen)

    def set_worker(self, worker: Worker) -> None:
        """Work on this project from now on."""
        self.known.set_worker(worker)

    def apply(self, change_set: ChangeSet) -> None:
        """Follow a commit."""
        self.known.apply(change_set)

    def edit(self) -> None:
        """Go to the chosen span's entity."""
        if field := self._field():
            self._mode.span.show_field(field)
            field.edit()

    def take_offer(self) -> None:
        """Give the chosen span the entity that is offered for its words."""
        field = self._field()
        if field and not field.take_offer():
            self._mode.hinted.emit("No entity is known for these words. E opens the field.")

    def _span_chosen(self, span_id: str | None) -> None:
        span = self._mode.page.text.span(span_id) if span_id else None
        if span and any(kind.kind is AttributeKind.ENTITY for kind in self._mode.codebook.attributes_of(span.label)):
            self.known.want_forms()

    def _field(self) -> EntityField | None:
        fields = self._mode.span.form.fields
        found = next((field for field in fields if isinstance(field, EntityField)), None)
        if found is None:
            self._mode.hinted.emit("This label has no attribute for an entity. The codebook can give it one.")
        return found

    def _book_changed(self, book: EntityBook) -> None:
        self._mode.span.form.set_book(book)
