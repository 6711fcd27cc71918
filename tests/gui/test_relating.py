"""Relations in the window: drawn with keys, with clicks and by a drag, shown, changed, deleted, taken back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

import annotator
from annotator.domain.codebook import RelationType
from annotator.domain.span import Span
from annotator.gui.annotate.relations_view import RelationsView
from annotator.gui.text.gutters import chips
from tests.gui.conftest import Desk, Run
from tests.ready import ready

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
SPANS = {
    "activists": ("actor", "Latino activists"),
    "program": ("claim", "the program that has resulted in mass deportations"),
    "swept": ("claim", "only violent criminals would be swept up"),
    "force": ("actor", "A task force advising"),
    "impact": ("quote", "“unintended negative impact”"),
    "last": ("claim", "caught in this dragnet continues"),
}
FIRST = "000_e6868b451969a881"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The sample; in its first article spans that can be related: two actors, three claims, a quote."""
    return ready(tmp_path / "study.annotator", _make_study)


def _make_study(path: Path) -> None:
    with annotator.new(path, sample=True) as project:
        text = project.documents.text(FIRST)
        for label, words in SPANS.values():
            start = text.index(words)
            project.tag(FIRST, label, start, start + len(words))


def on_disk(path: Path) -> list[tuple[str, str, str]]:
    """The relations as another program sees them: the words, the type, the words."""
    with annotator.open(path) as project:
        words = {span.id: span.text for span in project.spans(FIRST)}
        return [(words[each.source], each.type, words[each.target]) for each in project.relations(FIRST)]


def said(name: str) -> str:
    return SPANS[name][1]


def span(desk: Desk, name: str) -> Span:
    desk.wait(lambda: len(desk.text.spans()) >= len(SPANS), "the spans")
    return next(each for each in desk.text.spans() if each.text == said(name))


def choose(desk: Desk, name: str) -> None:
    desk.text.setFocus()
    desk.text.choose(span(desk, name).id)


def middle(desk: Desk, name: str) -> QPoint:
    """The middle of the first letters of a span."""
    start = span(desk, name).start
    desk.text.reveal(start)
    QTest.qWait(1)
    return desk._point(start + 2)


def chip(desk: Desk, name: str) -> QPoint:
    """The middle of a span's letter in the margin."""
    gutter, wanted = desk.text._chips, span(desk, name).id
    every = [each for place in desk.text.places() for each in chips(place, gutter.width(), gutter.names)[0]]
    return next(each.box.center() for each in every if each.span.id == wanted)


def relations(desk: Desk, name: str = "Relations") -> list[str]:
    """What a list of relations reads out; nothing where it isn't to be seen."""
    view = desk.window.mode.span.relations.view if name == "Relations" else desk.window.mode.right.relations.view
    return desk._names(view) if view.isVisible() else []


def hint(desk: Desk) -> str:
    return desk.window.foot.hint.text()


def back(desk: Desk) -> None:
    """Give the keyboard to the window again after a popup: without a window manager nobody does."""
    desk.window.activateWindow()
    desk.wait(desk.window.isActiveWindow, "the window")


def busy(desk: Desk) -> bool:
    """Whether the other span is being chosen."""
    return desk.window.mode.relating.busy


def draw(desk: Desk, source: str, other: str) -> None:
    """Draw the only type that fits, with a click on the other span."""
    choose(desk, source)
    place = middle(desk, other)
    desk.key(KEY.Key_R)
    QTest.mouseClick(desk.text.viewport(), LEFT, NONE, place)
    desk.settle()


# Drawing


def test_r_tab_and_enter_draw_the_only_type_that_fits(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk, "impact")
        desk.key(KEY.Key_R)
        assert hint(desk) == "Relate the quote: choose the other span with Tab or a click. Esc ends."
        desk.key(KEY.Key_Tab)
        assert desk.text._aimed == span(desk, "activists").id, "round the end: only actors can be the other"
        desk.key(KEY.Key_Backtab, SHIFT)
        assert desk.text._aimed == span(desk, "force").id
        assert hint(desk).startswith("Enter or a click relates it to the actor “A task force advising”")
        desk.key(KEY.Key_Return)
        desk.settle()
        assert relations(desk) == ["said by → actor: “A task force advising”"]
        assert desk.text.chosen_span() == span(desk, "impact").id
        assert hint(desk) == ""

    run(script, study)
    assert on_disk(study) == [(said("impact"), "said by", said("force"))]


def test_from_the_other_end_the_type_goes_the_way_that_fits(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        draw(desk, "force", "impact")
        assert relations(desk) == [f"said by ← quote: “{said('impact')}”"]

    run(script, study)
    assert on_disk(study) == [(said("impact"), "said by", said("force"))]


@pytest.mark.parametrize(
    ("keys", "drawn"),
    [
        ([KEY.Key_Return], ("program", "supports", "swept")),
        ([KEY.Key_Down, KEY.Key_Return], ("program", "contradicts", "swept")),
        ([KEY.Key_3], ("swept", "supports", "program")),
    ],
)
def test_where_several_types_fit_a_list_offers_them_in_both_directions(
    run: Run, study: Path, keys: list[Qt.Key], drawn: tuple[str, str, str]
) -> None:
    def script(desk: Desk) -> None:
        choose(desk, "program")
        desk.key(KEY.Key_R)
        desk.key(KEY.Key_Tab)
        desk.key(KEY.Key_Return)
        menu = desk.window.mode.relating.menu
        desk.wait(menu.isVisible, "the list of types")
        other = f"claim: “{said('swept')}”"
        arrows = [f"supports → {other}", f"contradicts → {other}", f"supports ← {other}", f"contradicts ← {other}"]
        assert desk._names(menu.view) == arrows
        for key in keys:
            QTest.keyClick(menu.view, key)
        desk.settle()
        back(desk)
        assert desk.text.hasFocus()

    run(script, study)
    assert on_disk(study) == [(said(drawn[0]), drawn[1], said(drawn[2]))]


def test_a_type_that_is_there_already_is_not_offered_again(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        draw(desk, "impact", "force")
        desk.key(KEY.Key_R)
        QTest.mouseClick(desk.text.viewport(), LEFT, NONE, middle(desk, "force"))
        assert hint(desk) == "They are related already: “said by”."
        desk.key(KEY.Key_Escape)

    run(script, study)
    assert len(on_disk(study)) == 1


def test_the_relate_button_and_a_click_draw_with_the_mouse_alone(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        desk.text.reveal(span(desk, "force").start)
        QTest.mouseClick(desk.text.viewport(), LEFT, NONE, middle(desk, "impact"))
        desk.press("Relate")
        port = desk.text.viewport()
        QTest.mouseMove(port, middle(desk, "program"))
        assert port.cursor().shape() is Qt.CursorShape.ForbiddenCursor
        QTest.mouseMove(port, middle(desk, "force"))
        assert port.cursor().shape() is Qt.CursorShape.PointingHandCursor
        assert desk.text._aimed == span(desk, "force").id
        QTest.mouseClick(port, LEFT, NONE, middle(desk, "force"))
        desk.settle()
        assert port.cursor().shape() is Qt.CursorShape.IBeamCursor

    run(script, study)
    assert on_disk(study) == [(said("impact"), "said by", said("force"))]


def test_a_drag_from_a_letter_in_the_margin_onto_words_draws(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        place = middle(desk, "force")
        gutter, start = desk.text._chips, chip(desk, "impact")
        target = gutter.mapFrom(desk.text, desk.text.viewport().mapTo(desk.text, place))
        wrong = gutter.mapFrom(desk.text, desk.text.viewport().mapTo(desk.text, middle(desk, "program")))
        QTest.mousePress(gutter, LEFT, NONE, start)
        QTest.mouseMove(gutter, start + QPoint(-9, 3))
        assert desk.text.linking._line.isVisible()
        QTest.mouseMove(gutter, wrong)
        assert gutter.cursor().shape() is Qt.CursorShape.ForbiddenCursor
        QTest.mouseRelease(gutter, LEFT, NONE, wrong)
        assert hint(desk).startswith("No relation type goes between a quote and a claim.")
        QTest.mousePress(gutter, LEFT, NONE, start)
        QTest.mouseMove(gutter, start + QPoint(-9, 3))
        QTest.mouseMove(gutter, target)
        assert gutter.cursor().shape() is Qt.CursorShape.PointingHandCursor
        assert hint(desk) == "Let go to relate it to the actor “A task force advising”. Esc ends."
        assert desk.text._aimed == span(desk, "force").id
        QTest.mouseRelease(gutter, LEFT, NONE, target)
        desk.settle()
        assert not desk.text.linking._line.isVisible()
        assert relations(desk) == ["said by → actor: “A task force advising”"]

    run(script, study)
    assert on_disk(study) == [(said("impact"), "said by", said("force"))]


def test_a_drag_onto_another_letter_draws_and_one_onto_nothing_does_not(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        middle(desk, "activists")
        gutter = desk.text._chips
        for target in (QPoint(60, 400), chip(desk, "activists")):
            start = chip(desk, "program")
            QTest.mousePress(gutter, LEFT, NONE, start)
            QTest.mouseMove(gutter, start + QPoint(0, 12))
            QTest.mouseMove(gutter, target)
            QTest.mouseRelease(gutter, LEFT, NONE, target)
            desk.settle()
        assert not busy(desk)

    run(script, study)
    assert on_disk(study) == [(said("program"), "said by", said("activists"))]


def test_escape_ends_a_drag_and_nothing_is_drawn_when_the_mouse_is_let_go(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        middle(desk, "activists")
        gutter, start, target = desk.text._chips, chip(desk, "program"), chip(desk, "activists")
        QTest.mousePress(gutter, LEFT, NONE, start)
        QTest.mouseMove(gutter, start + QPoint(0, 12))
        QTest.mouseMove(gutter, target)
        assert busy(desk)
        QTest.keyClick(desk.text, KEY.Key_Escape)
        QTest.mouseMove(gutter, target + QPoint(1, 0))
        QTest.mouseRelease(gutter, LEFT, NONE, target)
        desk.settle()
        assert not busy(desk)
        assert not desk.text.linking._line.isVisible()

    run(script, study)
    assert on_disk(study) == []


def test_a_press_on_a_letter_that_does_not_move_only_chooses(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        middle(desk, "activists")
        QTest.mouseClick(desk.text._chips, LEFT, NONE, chip(desk, "program"))
        assert desk.text.chosen_span() == span(desk, "program").id
        assert not busy(desk)

    run(script, study)


def test_escape_ends_it_and_the_span_stays_chosen(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk, "impact")
        desk.key(KEY.Key_R)
        desk.key(KEY.Key_Tab)
        desk.key(KEY.Key_Escape)
        assert (desk.text._aimed, hint(desk)) == (None, "")
        assert desk.text.chosen_span() == span(desk, "impact").id
        desk.key(KEY.Key_Escape)
        assert desk.text.chosen_span() is None

    run(script, study)
    assert on_disk(study) == []


def test_figures_and_delete_mean_nothing_while_the_other_span_is_chosen(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk, "impact")
        desk.key(KEY.Key_R)
        for key in (KEY.Key_1, KEY.Key_Delete, KEY.Key_L, KEY.Key_M):
            desk.key(key)
        assert not desk.window.actions_table["delete"].isEnabled()
        desk.key(KEY.Key_Escape)
        assert desk.window.actions_table["delete"].isEnabled()
        assert span(desk, "impact").label == "quote"

    run(script, study)


def test_a_span_that_nothing_goes_to_is_refused_with_why(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk, "impact")
        place = middle(desk, "program")
        desk.key(KEY.Key_R)
        QTest.mouseClick(desk.text.viewport(), LEFT, NONE, place)
        assert hint(desk).startswith("No relation type goes between a quote and a claim.")
        assert busy(desk)

    run(script, study)


def test_where_spans_overlap_a_click_offers_those_that_can_be_the_other_end(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        desk.tag("program that has", KEY.Key_1)
        choose(desk, "swept")
        place = middle(desk, "program") + QPoint(40, 0)
        desk.key(KEY.Key_R)
        QTest.mouseClick(desk.text.viewport(), LEFT, NONE, place)
        choice = desk.window.mode.relating.choice
        desk.wait(choice.isVisible, "the choice")
        assert [each.text for each in choice.spans()] == ["program that has", said("program")]
        QTest.keyClick(choice.view, KEY.Key_2)
        menu = desk.window.mode.relating.menu
        desk.wait(menu.isVisible, "the list of types")
        QTest.keyClick(menu.view, KEY.Key_1)
        desk.settle()

    run(script, study)
    assert on_disk(study) == [(said("swept"), "supports", said("program"))]


def test_a_codebook_without_relation_types_says_so(run: Run, study: Path) -> None:
    with annotator.open(study) as project:
        for kind in project.codebook.relations:
            project.remove_relation_type(kind.name)

    def script(desk: Desk) -> None:
        choose(desk, "impact")
        desk.key(KEY.Key_R)
        assert hint(desk) == "The codebook has no relation types. Add one there (Ctrl+K)."
        assert not desk.window.mode.span.relations.isVisible()

    run(script, study)


def test_a_click_elsewhere_ends_it(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk, "impact")
        desk.key(KEY.Key_R)
        assert busy(desk)
        QTest.mouseClick(desk.named("Filter documents"), LEFT)
        assert not busy(desk)
        assert desk.text.chosen_span() == span(desk, "impact").id

    run(script, study)


def test_the_only_span_that_a_type_would_fit_is_the_span_itself(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "one.annotator"
    with annotator.new(path, sample=True) as project:
        project.tag(FIRST, "claim", 0, 10)

    def script(desk: Desk) -> None:
        desk.wait(lambda: len(desk.text.spans()) == 1, "the span")
        desk.text.choose(desk.text.spans()[0].id)
        desk.key(KEY.Key_R)
        desk.key(KEY.Key_Tab)
        assert hint(desk).startswith("No relation type goes from a claim to any span here.")

    run(script, path)


def test_a_list_of_types_that_is_left_without_a_choice_draws_nothing(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk, "program")
        menu = desk.window.mode.relating.menu
        for by_mouse in (False, True):
            desk.key(KEY.Key_R)
            if by_mouse:
                QTest.mouseClick(desk.text.viewport(), LEFT, NONE, middle(desk, "swept"))
            else:
                desk.key(KEY.Key_Tab)
                desk.key(KEY.Key_Return)
            desk.wait(menu.isVisible, "the list of types")
            QTest.keyClick(menu.view, KEY.Key_Escape)
            back(desk)
            assert busy(desk) is not by_mouse, "with the keys one goes on to another span"
            desk.text.setFocus()
            desk.key(KEY.Key_Escape)
            desk.text.choose(span(desk, "program").id)

    run(script, study)
    assert on_disk(study) == []


# What becomes of relations


def test_undo_and_redo_show_where_it_happened_also_from_another_document(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        draw(desk, "impact", "force")
        first = desk.stored()
        desk.key(KEY.Key_Down, ALT)
        desk.wait(lambda: desk.stored() != first, "the second document")
        assert desk.window.actions_table["undo"].text() == "&Undo relate said by"
        desk.key(KEY.Key_Z, CTRL)
        desk.wait(lambda: desk.stored() == first, "the first document")
        choose(desk, "impact")
        assert relations(desk) == []
        desk.key(KEY.Key_Escape)
        desk.key(KEY.Key_Z, CTRL | SHIFT)
        desk.wait(lambda: len(relations(desk)) == 1, "the relation")
        assert desk.text.chosen_span() == span(desk, "impact").id

    run(script, study)


def test_a_deleted_span_takes_its_relations_along_and_brings_them_back(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        draw(desk, "impact", "force")
        choose(desk, "force")
        desk.key(KEY.Key_Delete)
        choose_left = next(each for each in desk.text.spans() if each.text == said("impact"))
        desk.text.choose(choose_left.id)
        assert relations(desk) == []
        desk.settle()
        desk.key(KEY.Key_Z, CTRL)
        desk.wait(lambda: len(desk.text.spans()) == len(SPANS), "the undo")
        choose(desk, "impact")
        desk.wait(lambda: len(relations(desk)) == 1, "the relation")

    run(script, study)
    assert len(on_disk(study)) == 1


def test_a_retagged_span_keeps_a_relation_that_no_longer_fits_and_says_why(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        draw(desk, "impact", "force")
        choose(desk, "force")
        desk.key(KEY.Key_1)
        desk.settle()
        (row,) = desk.window.mode.span.relations.view.relations.rows
        assert row.problem == "“said by” goes to an actor, not to a claim."
        assert relations(desk) == [f"said by ← quote: “{said('impact')}”, doesn’t fit"]

    run(script, study)
    assert len(on_disk(study)) == 1


def section(desk: Desk) -> RelationsView:
    return desk.window.mode.span.relations.view


def test_a_row_is_followed_and_deleted_with_keys(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        draw(desk, "impact", "force")
        section(desk).setFocus()
        desk.key(KEY.Key_Return)
        assert desk.text.chosen_span() == span(desk, "force").id
        assert relations(desk) == [f"said by ← quote: “{said('impact')}”"]
        section(desk).setFocus()
        desk.key(KEY.Key_Delete)
        desk.settle()
        assert relations(desk) == []
        assert len(desk.text.spans()) == len(SPANS), "the span stays"
        assert desk.window.actions_table["undo"].text() == "&Undo delete relation said by"

    run(script, study)
    assert on_disk(study) == []


def test_a_row_is_followed_and_deleted_with_the_mouse(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        draw(desk, "impact", "force")
        view = section(desk)
        QTest.mouseClick(view.viewport(), LEFT, NONE, view.visualRect(view.model().index(0, 0)).center())
        assert desk.text.chosen_span() == span(desk, "force").id
        QTest.mouseClick(view.viewport(), LEFT, NONE, view.cross(0).center())
        desk.settle()

    run(script, study)
    assert on_disk(study) == []


def test_the_menu_of_a_row_changes_its_type_and_its_direction(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk, "program")
        desk.key(KEY.Key_R)
        desk.key(KEY.Key_Tab)
        desk.key(KEY.Key_Return)
        QTest.keyClick(desk.window.mode.relating.menu.view, KEY.Key_1)
        desk.settle()
        for wanted in ("contradicts", "&Reverse"):
            menu = QMenu()
            desk.window.mode.relating._fill_menu(section(desk).relations.rows[0].key, menu)
            offered = [action.text() for action in menu.actions() if not action.isSeparator()]
            assert offered == ["supports", "contradicts", "&Reverse"]
            next(action for action in menu.actions() if action.text() == wanted).trigger()
            desk.settle()
            menu.deleteLater()
        assert relations(desk) == [f"contradicts ← claim: “{said('swept')}”"]

    run(script, study)
    assert on_disk(study) == [(said("swept"), "contradicts", said("program"))]


def test_the_menu_key_opens_the_menu_of_the_row(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        draw(desk, "impact", "force")
        section(desk).setFocus()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
        QApplication.sendEvent(section(desk).viewport(), event)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        texts = [action.text() for action in menu.actions() if not action.isSeparator()]
        assert texts == ["&Go to the other span", "said by", "&Delete relation"]
        menu.actions()[-1].trigger()
        menu.close()
        desk.settle()

    run(script, study)
    assert on_disk(study) == []


def test_all_relations_of_the_document_are_listed_in_the_order_of_the_text(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        draw(desk, "impact", "force")
        draw(desk, "program", "activists")
        desk.text.choose(None)
        tabs = desk.window.mode.right.lists.tabs
        QTest.mouseClick(tabs[0].buttons[1], LEFT)
        assert relations(desk, "All relations") == [
            f"claim: “{said('program')}” said by → actor: “{said('activists')}”",
            f"quote: “{said('impact')}” said by → actor: “{said('force')}”",
        ]
        assert desk.window.mode.right.relations.header.count.text() == "2"
        view = desk.window.mode.right.relations.view
        view.setFocus()
        desk.key(KEY.Key_Down)
        desk.key(KEY.Key_Return)
        assert desk.text.chosen_span() == span(desk, "impact").id
        view.setFocus()
        desk.key(KEY.Key_Delete)
        desk.settle()
        assert len(relations(desk, "All relations")) == 1
        QTest.mouseClick(tabs[1].buttons[0], LEFT)
        assert desk.window.mode.spans.view.isVisible()

    run(script, study)
    assert len(on_disk(study)) == 1


def test_what_another_program_relates_comes_and_goes(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk, "impact")
        ends = span(desk, "impact").id, "said by", span(desk, "force").id
        with annotator.open(study) as other:
            made = other.relate(*ends)
            desk.wait(lambda: len(relations(desk)) == 1, "the relation")
            other.change_relation_type("said by", name="from")
            desk.wait(lambda: relations(desk) == ["from → actor: “A task force advising”"], "the new name")
            other.unrelate(made.id)
            desk.wait(lambda: relations(desk) == [], "the relation to go")

    run(script, study)


def test_a_relation_that_the_project_refuses_goes_again_and_the_reason_is_told(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        choose(desk, "impact")
        desk.key(KEY.Key_R)
        desk.key(KEY.Key_Tab)
        worker = desk.window.worker
        assert worker is not None
        worker.write(lambda project: project.change_relation_type("said by", targets=("claim",)))
        desk.key(KEY.Key_Return)
        desk.settle()
        desk.wait(lambda: "“said by” goes to a claim, not to an actor." in desk.notice(), "the reason")
        assert relations(desk) == []

    run(script, study)
    assert on_disk(study) == []


def test_all_relations_are_shown_from_the_menu_and_after_a_restart(run: Run, study: Path) -> None:
    def first(desk: Desk) -> None:
        draw(desk, "impact", "force")
        desk.text.choose(None)
        assert desk.text.relations.routes() == []
        desk.trigger("all_relations")
        desk.text.reveal(span(desk, "impact").start)
        assert len(desk.text.relations.routes()) == 1

    def again(desk: Desk) -> None:
        desk.text.reveal(span(desk, "impact").start)
        desk.wait(lambda: len(desk.text.relations.routes()) == 1, "the arrow")
        assert desk.window.actions_table["all_relations"].isChecked()

    run(first, study)
    run(again, study)


def test_a_read_only_project_shows_relations_and_changes_none(run: Run, study: Path) -> None:
    with annotator.open(study) as project:
        spans = {each.text: each.id for each in project.spans(FIRST)}
        project.relate(spans[said("impact")], "said by", spans[said("force")])
    study.chmod(0o444)

    def script(desk: Desk) -> None:
        choose(desk, "impact")
        desk.wait(lambda: len(relations(desk)) == 1, "the relation")
        assert not desk.window.mode.span.relations.relate.isEnabled()
        assert not desk.window.actions_table["relate"].isEnabled()
        section(desk).setFocus()
        desk.key(KEY.Key_Delete)
        desk.settle()
        assert len(relations(desk)) == 1

    run(script, study)


def test_an_arrow_in_the_margin_is_read_out_and_leads_to_the_other_span(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        draw(desk, "impact", "force")
        gutter = desk.text._brackets
        (route,) = desk.text.relations.routes()
        stem = route.points[1].toPoint() + QPoint(gutter.width(), -20)
        assert desk.text.relations.said_at(stem - QPoint(gutter.width(), 0)) == (
            f"“{said('impact')}”\nsaid by →\n“{said('force')}”"
        )
        QTest.mouseClick(gutter, LEFT, NONE, stem)
        assert desk.text.chosen_span() == span(desk, "force").id

    run(script, study)


def test_relation_types_that_a_person_adds_can_be_drawn_at_once(run: Run, study: Path) -> None:
    def script(desk: Desk) -> None:
        worker = desk.window.worker
        assert worker is not None
        worker.write(lambda project: project.add_relation_type(RelationType("near", ("quote",), ("quote", "claim"))))
        desk.settle()
        desk.wait(lambda: len(desk.window.mode.codebook.relations) == 5, "the type")
        draw(desk, "impact", "last")
        assert relations(desk) == [f"near → claim: “{said('last')}”"]

    run(script, study)
