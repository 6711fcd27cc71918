"""Taking work back that was done elsewhere: in a file that was handed out, in another project, or as JSONL."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain import garbage
from annotator.errors import BadArgument, BadContent
from annotator.project.reading import Reading

if TYPE_CHECKING:
    from annotator.domain.work import Work, WorkDocument, WorkPreview
    from annotator.storage.journal import Step
    from annotator.storage.work_plan import Plan


class TakingWork(Reading):
    """The part of Project that takes work in."""

    def preview_work(self, path: str | Path) -> "WorkPreview":
        """Return what taking a file in would do: a project file, or JSONL as `export` writes it. Nothing is changed.

        Raises NotFound, NotAProject or BadContent (what is damaged as a whole, foreign or newer), BadArgument (this
        project itself), EnvironmentFailed. What is wrong with one document is in the preview.
        """
        return _last(self.preview_work_steps(path))

    def preview_work_steps(self, path: str | Path) -> "Iterator[int | WorkPreview]":
        """As `preview_work`, step by step: yields how many documents were looked at, and the preview last."""
        from annotator.domain.work import Work  # only now, as below: opening a project needs none of it

        with garbage.left_alone():
            for step in self._read_work(Path(path)):
                if isinstance(step, Work):
                    yield from self._compared(self._with_origin(step))
                else:
                    yield step

    def take_work(
        self,
        work: "WorkPreview | str | Path",
        *,
        annotators: Collection[str] | None = None,
        new_labels: bool = True,
        skip_bad: bool = False,
    ) -> "WorkPreview":
        """Take a file of work in, as one change; returns what that did, with the keys of `preview_work`.

        Documents that are not here are added. Spans, relations, states, comments and notes come in by their ids: what
        is newer in the file than here is written, and what was deleted there goes; what is newer here stays, as do
        decisions and gold. The same file again changes nothing. `annotators` are those whose work is wanted (None:
        everybody's). What the codebook lacks is added, unless not `new_labels`: then BadArgument is raised. Raises
        BadContent where something was refused (unless `skip_bad`), and as `preview_work`; then nothing is changed.
        """
        from annotator.domain.work import WorkPreview
        from annotator.storage.work_compare import steps
        from annotator.storage.work_plan import Plan

        preview = work if isinstance(work, WorkPreview) else self.preview_work(work)
        done: list[WorkPreview] = []

        def write(step: "Step") -> None:
            plan = preview.plan
            if annotators is not None or not isinstance(plan, Plan) or not plan.holds(step):
                plan = _plan(steps(step.connection, preview.work, annotators))
            done.append(plan.preview())
            _check(done[0], new_labels=new_labels, skip_bad=skip_bad)
            plan.write(step)
            self._store.forget_names()

        _check(preview, new_labels=new_labels, skip_bad=skip_bad)
        self.back_up_before(sum(row.spans.taken for row in preview.rows))
        try:
            with garbage.left_alone():
                self._write(_name(preview), write)
        finally:
            self.documents.forget()
        return done[0]

    def _read_work(self, path: Path) -> "Iterator[int | Work]":
        from annotator.formats import work_jsonl
        from annotator.storage import work_file

        if work_jsonl.is_ours(path):
            return work_jsonl.read(path)
        try:
            itself = path.samefile(self.path)
        except (OSError, ValueError):
            itself = False
        if itself:
            raise BadArgument(f"{path.name} is this project itself. Choose the file that somebody sent back.")
        return work_file.read(path)

    def _with_origin(self, work: "Work") -> "Work":
        """Say where a file was handed out by another project, in case it was meant for that one."""
        if work.origin in ("", self._store.about.get("id")):
            return work
        return replace(work, notes=(*work.notes, "It was handed out by another project than this one."))

    def _compared(self, work: "Work") -> "Iterator[int | WorkPreview]":
        from annotator.storage.work_compare import steps

        with self._store.told():
            for step in steps(self._store.connection, work):
                yield from (step,) if isinstance(step, int) else _without_texts(step)


def _without_texts(plan: "Plan") -> "Iterator[int | WorkPreview]":
    """Yield what there is to say of a plan, last; texts that are here already need not be kept in memory."""
    preview = plan.preview()
    new = {document.id for document in preview.documents}
    kept: list[WorkDocument] = []
    for each in preview.work.documents:
        kept.append(each if each.document.id in new else replace(each, text=""))
        yield len(kept)
    yield replace(preview, work=replace(preview.work, documents=tuple(kept)), plan=plan)


def _check(preview: "WorkPreview", *, new_labels: bool, skip_bad: bool) -> None:
    """Raise what keeps work from coming in as it is."""
    if preview.refused and not skip_bad:
        first = preview.refused[0]
        place = f"{first.path}, line {first.line}: " if first.line is not None else f"{Path(first.path).name}: "
        more = len(preview.refused) - 1
        others = f" So were {more:,} more." if more > 1 else " So was 1 more." if more else ""
        raise BadContent(f"{place}{first.reason}{others} Nothing was taken in.")
    lacking = [each for each in preview.codebook if each.what != "entity"]
    if lacking and not new_labels:
        rest = f" and {len(lacking) - 3:,} more" if len(lacking) > 3 else ""
        raise BadArgument(
            f"The codebook lacks the {', '.join(map(str, lacking[:3]))}{rest}. Nothing was taken in; add them first, "
            "or let them be added."
        )


def _name(preview: "WorkPreview") -> str:
    """What the change is called."""
    who = preview.annotators
    if not who:
        many = len(preview.documents)
        return f"import {many} documents" if many > 1 else f"import {Path(preview.path).name}"
    return f"take work of {who[0]}" if len(who) == 1 else f"take work of {len(who)} annotators"


def _plan(steps: "Iterator[int | Plan]") -> "Plan":
    return next(step for step in steps if not isinstance(step, int))


def _last(steps: "Iterator[int | WorkPreview]") -> "WorkPreview":
    return next(step for step in steps if not isinstance(step, int))
