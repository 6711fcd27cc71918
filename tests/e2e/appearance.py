"""Tells programs whether the desktop is light or dark, as a desktop's portal does (org.freedesktop.portal.Settings).

Run by the system's Python, which has `gi`: appearance.py light|dark. Prints "ready" and serves until it is ended.
"""

import sys

from gi.repository import Gio, GLib

NAMESPACE, KEY = "org.freedesktop.appearance", "color-scheme"
INTERFACE = """<node><interface name="org.freedesktop.portal.Settings">
  <method name="Read">
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="out"/>
  </method>
  <method name="ReadOne">
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="out"/>
  </method>
  <method name="ReadAll"><arg type="as" direction="in"/><arg type="a{sa{sv}}" direction="out"/></method>
  <signal name="SettingChanged"><arg type="s"/><arg type="s"/><arg type="v"/></signal>
</interface></node>"""


def main(appearance):
    scheme = GLib.Variant("u", 1 if appearance == "dark" else 2)  # the portal's numbers

    def called(_connection, _sender, _path, _interface, method, arguments, invocation):
        if method == "ReadAll":
            invocation.return_value(GLib.Variant("(a{sa{sv}})", ({NAMESPACE: {KEY: scheme}},)))
        elif arguments.unpack() == (NAMESPACE, KEY):
            # Read wraps its value twice, by a mistake that the portal has kept.
            value = GLib.Variant("v", scheme) if method == "Read" else scheme
            invocation.return_value(GLib.Variant.new_tuple(GLib.Variant.new_variant(value)))
        else:
            invocation.return_dbus_error("org.freedesktop.portal.Error.NotFound", "no such setting")

    def connected(connection, _name):
        interface = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
        connection.register_object("/org/freedesktop/portal/desktop", interface, called, None, None)

    def owned(_connection, _name):
        print("ready", flush=True)

    Gio.bus_own_name(
        Gio.BusType.SESSION, "org.freedesktop.portal.Desktop", Gio.BusNameOwnerFlags.NONE, connected, owned, None
    )
    GLib.MainLoop().run()


if __name__ == "__main__":
    main(sys.argv[1])
