"""A tray as a desktop has it (StatusNotifierWatcher), that nobody sees. Commands come in lines: "menu", "click LABEL",
"open", "gone"; each is answered with one line of JSON. Prints {"ready": true} first."""
import json
import sys
import threading

import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"

DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
items = []


class Watcher(dbus.service.Object):
    @dbus.service.method(WATCHER, in_signature="s", sender_keyword="sender")
    def RegisterStatusNotifierItem(self, service, sender=None):
        name, path = (sender, service) if service.startswith("/") else (service, "/StatusNotifierItem")
        items.append((name, path))

    @dbus.service.method(WATCHER, in_signature="s")
    def RegisterStatusNotifierHost(self, service):
        pass

    @dbus.service.method(dbus.PROPERTIES_IFACE, in_signature="ss", out_signature="v")
    def Get(self, interface, name):
        return {"IsStatusNotifierHostRegistered": True, "ProtocolVersion": dbus.Int32(0)}.get(name, True)

    @dbus.service.method(dbus.PROPERTIES_IFACE, in_signature="s", out_signature="a{sv}")
    def GetAll(self, interface):
        return {"IsStatusNotifierHostRegistered": True}


def item():
    name, path = items[-1]
    return bus.get_object(name, path)


def entries():
    properties = dbus.Interface(item(), dbus.PROPERTIES_IFACE)
    path = properties.Get(ITEM, "Menu")
    menu = dbus.Interface(bus.get_object(items[-1][0], path), MENU)
    _, (_, _, children) = menu.GetLayout(0, -1, dbus.Array([], signature="s"))
    found = []
    for number, values, _ in children:
        if values.get("type") != "separator":
            found.append(
                {
                    "id": int(number),
                    "label": str(values.get("label", "")),
                    "enabled": bool(values.get("enabled", True)),
                    "checked": int(values.get("toggle-state", -1)) == 1,
                }
            )
    return menu, found


def answer(line):
    word, _, rest = line.strip().partition(" ")
    if word == "items":
        return len(items)
    if word == "menu":
        return entries()[1]
    if word == "tip":
        tip = dbus.Interface(item(), dbus.PROPERTIES_IFACE).Get(ITEM, "ToolTip")
        return str(tip[2]) or str(tip[3])
    if word == "open":
        dbus.Interface(item(), ITEM).Activate(0, 0)
        return True
    if word == "click":
        menu, found = entries()
        number = next(entry["id"] for entry in found if entry["label"] == rest)
        menu.Event(number, "clicked", dbus.String("", variant_level=1), 0)
        return True
    raise ValueError(line)


def serve(line):
    try:
        print(json.dumps({"ok": answer(line)}), flush=True)
    except Exception as error:  # told to the test, which decides
        print(json.dumps({"error": repr(error)}), flush=True)
    return False


def read():
    for line in sys.stdin:
        GLib.idle_add(serve, line)
    GLib.idle_add(loop.quit)


name = dbus.service.BusName(WATCHER, bus, do_not_queue=True)
watcher = Watcher(bus, "/StatusNotifierWatcher")
loop = GLib.MainLoop()
threading.Thread(target=read, daemon=True).start()
print(json.dumps({"ready": True}), flush=True)
loop.run()
