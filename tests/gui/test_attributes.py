"""A span's attributes in the window: fields by kind, mouse and keys, nothing typed is lost."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

import annotator
from tests.gui.conftest import Desk, Run
from tests.gui.inspected import OTHERS, WORDS, back, choose, focused, make_project, stored, values

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "study.annotator")


def click(desk: Desk, name: str) -> None:
    widget = desk.named(name)
    QTest.mouseClick(widget, LEFT, pos=QPoint(14, widget.height() // 2))


def type_into(desk: Desk, name: str, text: str) -> QLineEdit:
    line = desk.named(name)
    assert isinstance(line, QLineEdit)
    desk.window.mode.span.area.ensureWidgetVisible(line)
    QTest.mouseClick(line, LEFT)
    QTest.keyClicks(line, text)
    return line


def test_the_label_s_attributes_are_asked_in_the_codebook_s_order(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk)
        asked = [field.kind.name for field in desk.window.mode.span.form.fields]
        assert asked == ["polarity", "kind", "evidence", "checkable", "strength", "paraphrase"]
        choose(desk, OTHERS)
        assert desk.window.mode.span.form.fields == []

    run(script, project)


def test_a_click_on_a_segment_is_stored_and_another_click_clears_it(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk)
        click(desk, "against")
        desk.settle()
        assert desk.text.hasFocus(), "the figures go on being the labels' keys"
        assert values(project) == {"polarity": ("against",)}
        click(desk, "against")
        desk.settle()
        assert values(project) == {}
        click(desk, "yes")

    run(script, project)
    assert values(project) == {"checkable": ("yes",)}


def test_several_options_are_ticked_one_after_the_other(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk)
        for option in ("nothing", "figures", "quotes", "nothing"):
            click(desk, option)
        desk.settle()

    run(script, project)
    assert values(project) == {"evidence": ("figures", "quotes")}


def test_keys_alone_fill_every_field(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk)
        desk.key(KEY.Key_Return)
        assert focused() == "for"
        desk.key(KEY.Key_2)
        desk.key(KEY.Key_Tab)
        assert focused() == "kind"
        desk.key(KEY.Key_5)
        for _ in ("figures", "quotes"):
            desk.key(KEY.Key_Tab)
        desk.key(KEY.Key_Space)
        for _ in ("nothing", "checkable"):
            desk.key(KEY.Key_Tab)
        desk.key(KEY.Key_Right)
        desk.key(KEY.Key_Space)
        desk.key(KEY.Key_Tab)
        QTest.keyClicks(desk.named("strength"), "7,5")
        desk.key(KEY.Key_Tab)
        QTest.keyClicks(desk.named("paraphrase"), "1 of 3 came")
        desk.key(KEY.Key_Tab)
        assert focused() == "Note"
        desk.key(KEY.Key_Escape)
        assert desk.text.hasFocus()
        desk.settle()
        assert [span.label for span in desk.text.spans()] == ["claim", "actor"], "figures in fields tag nothing"

    run(script, project)
    assert values(project) == {
        "polarity": ("against",),
        "kind": ("law",),
        "evidence": ("quotes",),
        "checkable": ("no",),
        "strength": ("7.5",),
        "paraphrase": ("1 of 3 came",),
    }


def test_a_choice_of_many_opens_a_list_and_delete_clears_it_not_the_span(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk)
        box = desk.named("kind")
        box.setFocus()
        desk.key(KEY.Key_Down)
        view = desk.window.mode.span.form.field("kind").box.view()  # type: ignore[attr-defined]
        desk.wait(view.isVisible, "the list")
        QTest.keyClick(view, KEY.Key_Down)
        QTest.keyClick(view, KEY.Key_Return)
        desk.settle()
        assert values(project) == {"kind": ("causal",)}
        back(desk)
        box.setFocus()
        desk.key(KEY.Key_Delete)
        desk.settle()

    run(script, project)
    assert values(project) == {}


def test_what_is_no_number_is_said_and_the_stored_one_comes_back(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk)
        line = type_into(desk, "strength", "4")
        desk.key(KEY.Key_Return)
        desk.settle()
        QTest.keyClicks(line, " or so")
        desk.key(KEY.Key_Return)
        said = "“strength” is a number, such as 12 or 0.5; “4 or so” is none."
        assert (line.text(), line.accessibleDescription()) == ("4", said)
        assert desk.window.mode.span.form.field("strength").recent_refusal() == said

    run(script, project)
    assert values(project) == {"strength": ("4",)}


def test_a_bad_number_is_told_also_when_another_span_is_chosen_by_it(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk)
        type_into(desk, "strength", "much")
        choose(desk, OTHERS)
        assert "“much” is none" in desk.notice()

    run(script, project)
    assert values(project) == {}


def test_escape_writes_what_was_typed_and_undo_names_it(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk)
        type_into(desk, "paraphrase", "They came")
        desk.key(KEY.Key_Escape)
        desk.settle()
        assert (desk.text.hasFocus(), desk.text.chosen_span() is not None) == (True, True)
        assert desk.window.actions_table["undo"].text() == "&Undo paraphrase of claim"
        desk.key(KEY.Key_Z, CTRL)
        desk.wait(lambda: desk.named("paraphrase").text() == "", "the undo")  # type: ignore[attr-defined]

    run(script, project)
    assert values(project) == {}


def leave_by_another_span(desk: Desk) -> None:
    view = desk.window.mode.spans.view
    QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.model().index(1, 0)).center())
    desk.wait(lambda: desk.text.span(desk.text.chosen_span() or "").text == OTHERS, "the other span")  # type: ignore[union-attr]


def leave_by_key(desk: Desk) -> None:
    desk.window.mode.page.text.choose_next()


def leave_by_document(desk: Desk) -> None:
    desk.key(KEY.Key_Down, ALT)


def leave_by_closing(desk: Desk) -> None:
    """The window is closed at the end of every test."""


@pytest.mark.parametrize("leave", [leave_by_another_span, leave_by_key, leave_by_document, leave_by_closing])
@pytest.mark.parametrize("name", ["paraphrase", "Note"])
def test_what_was_typed_goes_to_the_span_it_was_typed_for(run: Run, project: Path, name: str, leave: object) -> None:
    def script(desk: Desk) -> None:
        choose(desk)
        field = desk.named(name)
        field.setFocus()
        QTest.keyClicks(field, "They came")
        leave(desk)  # type: ignore[operator]
        desk.settle()

    run(script, project)
    span = stored(project)
    assert ((span.note,) if name == "Note" else values(project)["paraphrase"]) == ("They came",)
    assert (stored(project, "actor").note, stored(project, "actor").attributes) == (None, ())


def test_a_change_from_elsewhere_leaves_what_is_being_typed(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk)
        type_into(desk, "paraphrase", "They ca")
        with annotator.open(project) as other:
            other.set_attribute(desk.text.chosen_span() or "", "polarity", "for")
        form = desk.window.mode.span.form
        desk.wait(lambda: form.field("polarity").values == ("for",), "the other program's change")
        QTest.keyClicks(desk.named("paraphrase"), "me")
        desk.key(KEY.Key_Return)

    run(script, project)
    assert values(project) == {"polarity": ("for",), "paraphrase": ("They came",)}


def test_a_refused_value_is_told_and_put_back(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk)
        desk.window.mode.tagger.set_attribute(desk.text.chosen_span() or "", "polarity", ("sideways",))
        desk.wait(desk.notice, "the reason")
        assert "is one of: for, against" in desk.notice()
        assert desk.window.mode.span.form.field("polarity").values == ()

    run(script, project)


def test_another_label_brings_its_own_fields(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk)
        click(desk, "against")
        desk.key(KEY.Key_2)
        desk.settle()
        assert [field.kind.name for field in desk.window.mode.span.form.fields] == ["type"]
        desk.key(KEY.Key_Return)
        desk.key(KEY.Key_3)
        desk.key(KEY.Key_Escape)
        desk.key(KEY.Key_1)
        desk.settle()
        assert desk.window.mode.span.form.field("polarity").values == ("against",)

    run(script, project)


def spoken(widget: QWidget) -> tuple[QAccessible.Role, str, str]:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.role(), found.text(QAccessible.Text.Name), found.text(QAccessible.Text.Description)


def test_a_screen_reader_hears_what_is_asked_and_what_is_required(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk)
        assert spoken(desk.named("against")) == (QAccessible.Role.RadioButton, "against", "polarity, required")
        assert spoken(desk.named("quotes")) == (QAccessible.Role.CheckBox, "quotes", "evidence")
        assert spoken(desk.named("kind"))[:2] == (QAccessible.Role.ComboBox, "kind")
        assert spoken(desk.named("strength")) == (QAccessible.Role.EditableText, "strength", "strength. From 0 to 10.")
        assert desk.named("polarity, required").text() == "polarity\nrequired"  # type: ignore[attr-defined]

    run(script, project)


def test_few_options_stand_side_by_side_where_the_panel_is_wide_enough(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk)
        desk.key(KEY.Key_2)
        desk.settle()
        field = desk.window.mode.span.form.field("type")
        segments, box = field.segments, field.box  # type: ignore[attr-defined]
        assert (segments.isVisible(), box.isVisible()) == (False, True)
        desk.window.mode.setSizes([220, 700, 460])
        desk.wait(segments.isVisible, "the segments")
        assert not box.isVisible()

    run(script, project)


@pytest.mark.parametrize(("size", "rows"), [((1440, 900), 6), ((1024, 700), 3)])
def test_the_list_of_spans_keeps_its_rows_however_much_is_asked(
    run: Run, project: Path, size: tuple[int, int], rows: int
) -> None:
    def script(desk: Desk) -> None:
        desk.window.resize(*size)
        choose(desk)
        QTest.qWait(50)
        assert desk.window.mode.spans.view.viewport().height() >= rows * 28
        choose(desk, OTHERS)
        bar = desk.window.mode.span.area.verticalScrollBar()
        desk.wait(lambda: bar.maximum() == 0, "the panel to be laid out: what has room doesn't scroll", 5)
        choose(desk)
        desk.key(KEY.Key_M)
        note = desk.window.mode.span.note
        assert note.hasFocus()
        assert not note.visibleRegion().isEmpty(), "the panel scrolls to what has the focus"

    run(script, project)


def test_a_read_only_project_shows_values_and_takes_none(run: Run, project: Path) -> None:
    with annotator.open(project) as open_project:
        open_project.set_note(stored(project).id, "Who counts them?")

    def script(desk: Desk) -> None:
        choose(desk)
        panel = desk.window.mode.span
        panel.show_span(stored(project), 1, 2, own=True, read_only=True)
        assert (panel.note.isReadOnly(), panel.note.typed()) == (True, "Who counts them?")
        click(desk, "against")
        desk.settle()

    run(script, project)
    assert values(project) == {}


def test_enter_elsewhere_than_in_the_text_is_no_key_of_the_attributes(run: Run, project: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk)
        desk.window.mode.spans.view.setFocus()
        desk.key(KEY.Key_Return)
        assert not desk.window.mode.span.isAncestorOf(desk.window.focusWidget())
        assert desk.text.span(desk.text.chosen_span() or "").text == WORDS  # type: ignore[union-attr]

    run(script, project)
