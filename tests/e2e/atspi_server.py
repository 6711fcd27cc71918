"""Reads windows as a screen reader does: a JSON request a line on stdin, a JSON answer a line on stdout.

Run by the system's Python, the only one that has `gi`; standard library and `gi` alone. A request is
`{"do": "text", "pid": 42, "name": "Document text"}`, the answer `{"is": ...}` or `{"error": "..."}`. Offsets are those
of AT-SPI (Unicode characters), rectangles screen pixels `[x, y, width, height]`. Nothing waits: who asks, repeats.
"""

import json
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

SCREEN = Atspi.CoordType.SCREEN
DEPTH = 40
STATES = {
    "focused": Atspi.StateType.FOCUSED,
    "selected": Atspi.StateType.SELECTED,
    "enabled": Atspi.StateType.ENABLED,
    "checked": Atspi.StateType.CHECKED,
    "showing": Atspi.StateType.SHOWING,
    "active": Atspi.StateType.ACTIVE,
}


class Missing(Exception):
    """What was asked about is not on the screen (now)."""


def application(pid):
    desktop = Atspi.get_desktop(0)
    desktop.set_cache_mask(Atspi.Cache.NONE)  # a remembered tree would answer for a window that has changed
    for i in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(i)
        if child and child.get_process_id() == pid and child.get_child_count():
            child.set_cache_mask(Atspi.Cache.NONE)
            return child
    raise Missing("the program shows no window")


def children(node):
    for i in range(node.get_child_count()):
        child = node.get_child_at_index(i)
        if child:
            yield child


def walk(node, depth=0):
    yield node, depth
    if depth < DEPTH:
        for child in children(node):
            yield from walk(child, depth + 1)


def shown(node):
    """Walk what is on the screen alone: inside a hidden element nothing is."""
    for child in children(node):
        if has(child, "showing"):
            yield child
            yield from shown(child)


known: dict[tuple[int, str, str | None], Atspi.Accessible] = {}


def find(pid, name, role=None):
    """The first element of that name in reading order; one that is on the screen goes before one that is not."""
    if (pid, name, role) in known and is_still(known[pid, name, role], name):
        return known[pid, name, role]
    known[pid, name, role] = search(pid, name, role)
    return known[pid, name, role]


def is_still(node, name):
    try:
        return node.get_name() == name and has(node, "showing")
    except GLib.GError:
        return False


def search(pid, name, role):
    top = application(pid)
    for among in (shown(top), (node for node, _ in walk(top))):
        for node in among:
            if node.get_name() == name and role in (None, node.get_role_name()):
                return node
    raise Missing(f"nothing is named {name!r}" + (f" with the role {role!r}" if role else ""))


def has(node, state):
    return node.get_state_set().contains(STATES[state])


def rectangle_of(node):
    component = node.get_component_iface()
    if not component:
        return [0, 0, 0, 0]
    return box(Atspi.Component.get_extents(component, SCREEN))


def box(extents):
    return [extents.x, extents.y, extents.width, extents.height]


def text_of(node):
    text = node.get_text_iface()
    if not text:
        raise Missing(f"{node.get_name()!r} has no text")
    return text


def describe(node, depth=0):
    states = [state for state in STATES if has(node, state)]
    return {
        "name": node.get_name(),
        "role": node.get_role_name(),
        "states": states,
        "description": node.get_description(),
        "rectangle": rectangle_of(node),
        "depth": depth,
    }


# One function a request. Each gets the element (or the process id) and the request's other values.


def do_tree(pid):
    return [describe(node, depth) for node, depth in walk(application(pid))]


def do_names(pid):
    return [node.get_name() for node in shown(application(pid)) if node.get_name()]


def do_is_there(pid):
    """Whether anything on the screen has a name: asked all the time while the program starts."""
    return any(node.get_name() for node in shown(application(pid)))


def do_focused(pid):
    return [node.get_name() for node in shown(application(pid)) if has(node, "focused")]


def do_element(node):
    return describe(node)


def do_items(node):
    return [child.get_name() for child in children(node)]


def do_chosen_items(node):
    return [child.get_name() for child in children(node) if has(child, "selected")]


def do_item_rectangle(node, index):
    item = node.get_child_at_index(index)
    if not item:
        raise Missing(f"{node.get_name()!r} has no item {index}")
    return rectangle_of(item)


def do_press(node):
    action = node.get_action_iface()
    if not action or not Atspi.Action.get_n_actions(action):
        raise Missing(f"{node.get_name()!r} has no action")
    return Atspi.Action.do_action(action, 0)


def do_focus(node):
    return Atspi.Component.grab_focus(node.get_component_iface())


def do_text(node):
    text = text_of(node)
    return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))


def do_character(node, offset):
    return box(Atspi.Text.get_character_extents(text_of(node), offset, SCREEN))


def do_offset_at(node, x, y):
    return Atspi.Text.get_offset_at_point(text_of(node), x, y, SCREEN)


def do_caret(node):
    return Atspi.Text.get_caret_offset(text_of(node))


def do_set_caret(node, offset):
    return Atspi.Text.set_caret_offset(text_of(node), offset)


def do_selection(node):
    text = text_of(node)
    if not Atspi.Text.get_n_selections(text):
        return None
    chosen = Atspi.Text.get_selection(text, 0)
    return [chosen.start_offset, chosen.end_offset] if chosen.end_offset > chosen.start_offset else None


def answer(request):
    function = globals()["do_" + request.pop("do")]
    pid, name, role = request.pop("pid"), request.pop("name", None), request.pop("role", None)
    try:
        return {"is": function(pid if name is None else find(pid, name, role), **request)}
    except Missing as missing:
        return {"error": str(missing)}
    except (GLib.GError, AttributeError) as error:  # an element that went away while it was read
        return {"error": f"the window changed while it was read ({error})"}


def main():
    Atspi.init()
    print(json.dumps({"is": "ready"}), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
