"""An account's keys, sessions and published nodes: python-omemo's session manager on slixmpp and a file."""

import asyncio
import json
import sqlite3
from typing import Any, Dict, FrozenSet, Optional
from xml.etree import ElementTree as ET

import oldmemo
import oldmemo.etree
import omemo
import twomemo
import twomemo.etree
from omemo.storage import Just, Maybe, Nothing
from slixmpp import ClientXMPP
from slixmpp.exceptions import IqError, IqTimeout
from slixmpp.plugins.xep_0004 import Form

OLD = oldmemo.oldmemo.NAMESPACE
NEW = twomemo.twomemo.NAMESPACE
ETREES = {OLD: oldmemo.etree, NEW: twomemo.etree}
DEVICE_LISTS = {OLD: f"{OLD}.devicelist", NEW: f"{NEW}:devices"}
# In the order of preference for a device that knows both.
NAMESPACES = {"old": [OLD], "new": [NEW], "both": [NEW, OLD]}

# Prosody tells strangers of a node that does not exist what it tells them of one that they may not read.
NO_LIST = ["item-not-found", "forbidden"]
RETRY_AFTER_SECONDS = [0.2, 0.5, 1, 2]
PUBSUB = "{http://jabber.org/protocol/pubsub}"


class FileStorage(omemo.Storage):
    """Keeps everything in one file, so that the account is the same device at the next start."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._file = sqlite3.connect(path, isolation_level=None)
        # Nobody pulls the plug of a test.
        self._file.execute("PRAGMA synchronous = OFF")
        self._file.execute("CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value TEXT)")

    async def _load(self, key: str) -> Maybe[Any]:
        row = self._file.execute("SELECT value FROM kept WHERE key = ?", (key,)).fetchone()
        return Nothing() if row is None else Just(json.loads(row[0]))

    async def _store(self, key: str, value: Any) -> None:
        self._file.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (key, json.dumps(value)))

    async def _delete(self, key: str) -> None:
        self._file.execute("DELETE FROM kept WHERE key = ?", (key,))


class Nodes:
    """Reads and writes the pubsub nodes that OMEMO lives on."""

    def __init__(self, xmpp: ClientXMPP) -> None:
        self._xmpp = xmpp
        self._pubsub = xmpp["xep_0060"]
        self._ready = set()

    async def publish(self, node: str, item: str, payload: ET.Element, keeps_many: bool = False) -> None:
        """The node is configured first and not with the item: servers differ in the options they take there."""
        for pause in RETRY_AFTER_SECONDS:
            try:
                return await self._publish(node, item, payload, keeps_many)
            except IqError as error:
                # "Retry after waiting" (RFC 6120, 8.3.2).
                if error.etype != "wait":
                    raise
                await asyncio.sleep(pause)
        await self._publish(node, item, payload, keeps_many)

    async def _publish(self, node: str, item: str, payload: ET.Element, keeps_many: bool) -> None:
        own = self._xmpp.boundjid.bare
        if node not in self._ready:
            settings = _configuration(keeps_many)
            try:
                await self._pubsub.create_node(own, node, config=settings)
            except IqError as error:
                if error.condition != "conflict":
                    raise
                await self._pubsub.set_node_config(own, node, settings)
            self._ready.add(node)
        await self._pubsub.publish(own, node, id=item, payload=payload)

    async def read(self, jid: str, node: str, item: Optional[str] = None) -> Optional[ET.Element]:
        """What the last item of the node holds, or the named one; None where there is none."""
        answer = await self._pubsub.get_items(jid, node, item_ids=None if item is None else [item])
        items = answer.xml.findall(f"{PUBSUB}pubsub/{PUBSUB}items/{PUBSUB}item")
        return items[-1][0] if items and len(items[-1]) > 0 else None

    async def remove_node(self, node: str) -> None:
        await self._pubsub.delete_node(self._xmpp.boundjid.bare, node)

    async def remove_item(self, node: str, item: str) -> None:
        await self._pubsub.retract(self._xmpp.boundjid.bare, node, item)


def _configuration(keeps_many: bool) -> Form:
    form = Form()
    form["type"] = "submit"
    kind = "http://jabber.org/protocol/pubsub#node_config"
    form.add_field(var="FORM_TYPE", ftype="hidden", value=kind)
    form.add_field(var="pubsub#access_model", value="open")
    form.add_field(var="pubsub#persist_items", value="true")
    if keeps_many:
        form.add_field(var="pubsub#max_items", value="max")
    return form


def _bundle_place(namespace: str, device: int) -> Dict[str, str]:
    """In the old version each device has a node of its own, in the new one they share a node."""
    if namespace == OLD:
        return {"node": f"{OLD}.bundles:{device}", "item": "current"}
    return {"node": f"{NEW}:bundles", "item": str(device)}


def account_class(xmpp: ClientXMPP, trusts_blindly: bool) -> type:
    """The session manager's class for this client. A class, as python-omemo calls most of it without an instance."""
    nodes = Nodes(xmpp)

    class Account(omemo.SessionManager):
        @staticmethod
        async def _upload_bundle(bundle: omemo.Bundle) -> None:
            place = _bundle_place(bundle.namespace, bundle.device_id)
            payload = ETREES[bundle.namespace].serialize_bundle(bundle)
            await nodes.publish(place["node"], place["item"], payload, bundle.namespace == NEW)

        @staticmethod
        async def _download_bundle(namespace: str, bare_jid: str, device_id: int) -> omemo.Bundle:
            place = _bundle_place(namespace, device_id)
            try:
                found = await nodes.read(bare_jid, place["node"], place["item"] if namespace == NEW else None)
            except IqError as error:
                raise omemo.BundleNotFound(f"{bare_jid} {device_id}: {error.condition}") from error
            except IqTimeout as error:
                raise omemo.BundleDownloadFailed(f"{bare_jid} {device_id}: no answer") from error
            if found is None:
                raise omemo.BundleNotFound(f"{bare_jid} {device_id}: empty")
            return ETREES[namespace].parse_bundle(found, bare_jid, device_id)

        @staticmethod
        async def _delete_bundle(namespace: str, device_id: int) -> None:
            place = _bundle_place(namespace, device_id)
            if namespace == OLD:
                await nodes.remove_node(place["node"])
            else:
                await nodes.remove_item(place["node"], place["item"])

        @staticmethod
        async def _upload_device_list(namespace: str, device_list: Dict[int, Optional[str]]) -> None:
            payload = ETREES[namespace].serialize_device_list(device_list)
            await nodes.publish(DEVICE_LISTS[namespace], "current", payload)

        @staticmethod
        async def _download_device_list(namespace: str, bare_jid: str) -> Dict[int, Optional[str]]:
            try:
                found = await nodes.read(bare_jid, DEVICE_LISTS[namespace])
            except IqError as error:
                if error.condition in NO_LIST:
                    return {}
                raise omemo.DeviceListDownloadFailed(f"{bare_jid}: {error.condition}") from error
            except IqTimeout as error:
                raise omemo.DeviceListDownloadFailed(f"{bare_jid}: no answer") from error
            return {} if found is None else ETREES[namespace].parse_device_list(found)

        async def _evaluate_custom_trust_level(self, device: omemo.DeviceInformation) -> omemo.TrustLevel:
            if device.trust_level_name == "undecided" and trusts_blindly:
                return omemo.TrustLevel.TRUSTED
            return omemo.TrustLevel[device.trust_level_name.upper()]

        async def _make_trust_decision(
            self, undecided: FrozenSet[omemo.DeviceInformation], identifier: Optional[str]
        ) -> None:
            names = sorted(f"{device.bare_jid} {device.device_id}" for device in undecided)
            raise omemo.TrustDecisionFailed(f"not decided on: {', '.join(names)}")

        @staticmethod
        async def _send_message(message: omemo.Message, bare_jid: str) -> None:
            stanza = xmpp.make_message(mto=bare_jid, mtype="chat")
            stanza.xml.append(ETREES[message.namespace].serialize_message(message))
            stanza.send()

    return Account


# So many senders may draw the same prekey from a bundle before they see the next one.
USED_PREKEYS_KEPT = 3


def _keeping_used_prekeys(kind: type) -> type:
    """
    A backend whose prekeys stay good for a little while after their use, as clients keep them that read an archive
    (XEP-0384): two senders who begin at once take the same one each hundredth time, and the second would not be read.
    """

    class Backend(kind):  # type: ignore[misc]
        def __init__(self, storage: omemo.Storage) -> None:
            super().__init__(storage)
            self._used = []

        async def delete_pre_key(self, session: Any) -> bool:
            self._used.append(session)
            return len(self._used) > USED_PREKEYS_KEPT and await super().delete_pre_key(self._used.pop(0))

    return Backend


async def open_account(xmpp: ClientXMPP, mode: str, store: str, trusts_blindly: bool) -> omemo.SessionManager:
    """Loads or makes the device of this store and publishes what is missing of it on the server."""
    storage = FileStorage(store)
    kinds = {OLD: oldmemo.Oldmemo, NEW: twomemo.Twomemo}
    backends = [_keeping_used_prekeys(kinds[namespace])(storage) for namespace in NAMESPACES[mode]]
    account = await account_class(xmpp, trusts_blindly).create(
        backends, storage, xmpp.boundjid.bare, None, "undecided"
    )
    # It begins as if it still read its archive; this client has none to read.
    await account.after_history_sync()
    return account
