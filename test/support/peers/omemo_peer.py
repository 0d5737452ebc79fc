"""An XMPP client with OMEMO that a test drives: one JSON object per line, requests on stdin, the rest on stdout.

The first line on stdin says who to be. Then each request `{"id", "do", ...}` is answered by
`{"answers", "result"}` or `{"answers", "error"}`. In between come `{"is": "ready"}`, `{"is": "stanza"}` for each stanza from the server as it is,
`{"is": "message"}` for each message that a person would see or miss, and `{"is": "ended"}`.
The end of stdin is the end of the client.
"""

import asyncio
import json
import logging
import sys
from pathlib import Path
from typing import Any, Dict
from xml.etree import ElementTree as ET

import omemo
from slixmpp import ClientXMPP
from slixmpp.xmlstream.handler import Callback
from slixmpp.xmlstream.matcher import MatchXPath
from slixmpp.xmlstream.tostring import tostring

from omemo_account import DEVICE_LISTS, ETREES, NAMESPACES, open_account
from omemo_stanzas import VERSIONS, encrypt, problem_of, read

MUC_USER = "{http://jabber.org/protocol/muc#user}"
EVENT = "{http://jabber.org/protocol/pubsub#event}"
PLUGINS = ["xep_0004", "xep_0030", "xep_0060", "xep_0115", "xep_0163", "xep_0199", "xep_0280"]
LONGEST_LINE = 2**24

Json = Dict[str, Any]


def tell(line: Json) -> None:
    print(json.dumps(line), flush=True)


class Peer:
    """One account on one connection, from sign-in to sign-out."""

    account: omemo.SessionManager

    def __init__(self, settings: Json) -> None:
        self._settings = settings
        self._namespaces = NAMESPACES[settings["mode"]]
        # One after the other, in the order of the stream.
        self._arrived: "asyncio.Queue[ET.Element]" = asyncio.Queue()
        # python-omemo does one thing at a time.
        self._turn = asyncio.Lock()
        self._is_open = asyncio.Event()
        # The addresses of those in rooms, by the one that they have there.
        self._occupants: Dict[str, str] = {}
        self.xmpp = self._client()
        self._tasks = [asyncio.ensure_future(self._handle_arrivals())]

    def _client(self) -> ClientXMPP:
        xmpp = ClientXMPP(f"{self._settings['jid']}/{self._settings['resource']}", self._settings["password"])
        for plugin in PLUGINS:
            xmpp.register_plugin(plugin)
        xmpp.ca_certs = Path(self._settings["caFile"])
        # The test decides who may see whom.
        xmpp.roster.auto_authorize = None
        xmpp.roster.auto_subscribe = False
        xmpp.add_filter("in", self._show)
        xmpp.register_handler(Callback("messages", MatchXPath("{jabber:client}message"), self._arrive))
        xmpp.register_handler(Callback("occupants", MatchXPath("{jabber:client}presence"), self._notice_occupant))
        xmpp.add_event_handler("session_start", self._start)
        xmpp.add_event_handler("failed_all_auth", lambda _: end("not authorized"))
        xmpp.add_event_handler("connection_failed", lambda reason: end(f"no connection: {reason}"))
        xmpp.add_event_handler("disconnected", lambda reason: end(f"disconnected: {reason}"))
        return xmpp

    def connect(self) -> None:
        host, port = self._settings["host"], self._settings["port"]
        self.xmpp.connect((host, port), use_ssl=self._settings["isDirectTls"])

    def _start(self, _: Any) -> None:
        self._tasks.append(asyncio.ensure_future(self._begin()))

    async def _begin(self) -> None:
        try:
            self.account = await open_account(
                self.xmpp, self._settings["mode"], self._settings["store"], self._settings["trustsBlindly"]
            )
            for namespace in self._namespaces:
                self.xmpp["xep_0163"].add_interest(DEVICE_LISTS[namespace])
            await self.xmpp.get_roster()
            await self.xmpp["xep_0280"].enable()
            device, _ = await self.account.get_own_device_information()
            self._is_open.set()
            self.xmpp.send_presence()
            tell({"is": "ready", "jid": str(self.xmpp.boundjid), "device": device.device_id})
        except Exception as error:  # pylint: disable=broad-except
            logging.exception("start")
            end(problem_of(error))

    def _show(self, stanza: Any) -> Any:
        if hasattr(stanza, "xml"):
            tell({"is": "stanza", "xml": tostring(stanza.xml)})
        return stanza

    def _notice_occupant(self, presence: Any) -> None:
        item = presence.xml.find(f"{MUC_USER}x/{MUC_USER}item")
        address = item.get("jid") if item is not None else None
        if address is not None:
            self._occupants[presence.xml.get("from")] = address.split("/")[0]

    def _arrive(self, message: Any) -> None:
        self._arrived.put_nowait(message.xml)

    async def _handle_arrivals(self) -> None:
        await self._is_open.wait()
        while True:
            stanza = await self._arrived.get()
            try:
                async with self._turn:
                    await self._handle(stanza)
            except Exception as error:  # pylint: disable=broad-except
                logging.exception("a message")
                tell({"is": "trouble", "problem": problem_of(error)})

    async def _handle(self, stanza: ET.Element) -> None:
        items = stanza.find(f"{EVENT}event/{EVENT}items")
        if items is not None:
            await self._notice_devices(stanza.get("from", self._settings["jid"]), items)
            return
        message = await read(self.account, self._namespaces, self._settings["jid"], stanza, self._occupants)
        if message is not None:
            tell({"is": "message", **message})

    async def _notice_devices(self, sender: str, items: ET.Element) -> None:
        for namespace in self._namespaces:
            if items.get("node") != DEVICE_LISTS[namespace]:
                continue
            for item in items.findall(f"{EVENT}item"):
                if len(item) > 0:
                    listed = ETREES[namespace].parse_device_list(item[0])
                    await self.account.update_device_list(namespace, sender.split("/")[0], listed)

    async def answer(self, request: Json) -> None:
        actions = {"raw": self._raw, "send": self._send, "devices": self._devices, "trust": self._trust}
        try:
            result = await actions[request["do"]](request)
            tell({"answers": request["id"], "result": result})
        except Exception as error:  # pylint: disable=broad-except
            tell({"answers": request["id"], "error": problem_of(error)})

    async def _raw(self, request: Json) -> None:
        self.xmpp.send_raw(request["xml"])

    async def _send(self, request: Json) -> Json:
        to = request["to"]
        async with self._turn:
            own = self._settings["jid"]
            members = request.get("members")
            for jid in {*(members or [to]), own}:
                for namespace in self._namespaces:
                    await self.account.refresh_device_list(namespace, jid)
            content, outcome = await encrypt(self.account, own, to, request["text"], request.get("replaces"), members)
            stanza = self.xmpp.make_message(mto=to, mtype="groupchat" if members else "chat")
            stanza["id"] = request["messageId"]
            for element in content:
                stanza.xml.append(element)
            stanza.send()
        # The answer comes after the message has been taken, as the server takes one after the other.
        await self.xmpp["xep_0199"].send_ping(self.xmpp.boundjid.domain)
        return outcome

    async def _devices(self, request: Json) -> Any:
        async with self._turn:
            if request["isFresh"]:
                for namespace in self._namespaces:
                    await self.account.refresh_device_list(namespace, request["jid"])
            return [
                {
                    "device": device.device_id,
                    "versions": [VERSIONS[ns] for ns, is_active in device.active if is_active],
                    "fingerprint": "".join(self.account.format_identity_key(device.identity_key)),
                    "identityKey": device.identity_key.hex(),
                    "trust": device.trust_level_name,
                }
                for device in await self.account.get_device_information(request["jid"])
            ]

    async def _trust(self, request: Json) -> None:
        async with self._turn:
            for device in await self.account.get_device_information(request["jid"]):
                if device.device_id == request["device"]:
                    await self.account.set_trust(request["jid"], device.identity_key, request["level"])
                    return
        raise LookupError(f"{request['jid']} has no device {request['device']} that is known here")


done = asyncio.Event()


def end(reason: str) -> None:
    if not done.is_set():
        tell({"is": "ended", "reason": reason})
        done.set()


async def main() -> None:
    logging.basicConfig(level=logging.WARNING)
    lines = asyncio.StreamReader(limit=LONGEST_LINE)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    peer = Peer(json.loads(await lines.readline()))
    peer.connect()

    under_way = set()

    async def serve() -> None:
        while line := await lines.readline():
            # Not awaited: an answer that takes long holds up no other.
            answering = asyncio.ensure_future(peer.answer(json.loads(line)))
            under_way.add(answering)
            answering.add_done_callback(under_way.discard)
        await peer.xmpp.disconnect()
        end("stdin ended")

    serving = asyncio.ensure_future(serve())
    await done.wait()
    serving.cancel()


asyncio.run(main())
