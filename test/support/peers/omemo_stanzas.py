"""Messages as they are on the wire: makes encrypted ones and reads all kinds."""

import secrets
from datetime import datetime, timezone
from typing import Any, Dict, List, Optional, Tuple
from xml.etree import ElementTree as ET

import omemo
from slixmpp.exceptions import IqError
from slixmpp.xmlstream.tostring import tostring

from omemo_account import ETREES, NEW, OLD

CLIENT = "{jabber:client}"
SCE = "{urn:xmpp:sce:1}"
CARBONS = "{urn:xmpp:carbons:2}"
FORWARDED = "{urn:xmpp:forward:0}forwarded"
REPLACE = "{urn:xmpp:message-correct:0}replace"
DELAY = "{urn:xmpp:delay}delay"
VERSIONS = {OLD: "old", NEW: "new"}
FALLBACK = "This message is encrypted with OMEMO."

Json = Dict[str, Any]


def problem_of(error: BaseException) -> str:
    """An error in one line, the name of its class first."""
    if isinstance(error, IqError):
        return f"IqError: {error.condition} ({error.etype}): {error.text}\n{error}"
    return f"{type(error).__name__}: {error}"


async def encrypt(
    account: omemo.SessionManager,
    own: str,
    to: str,
    text: str,
    replaces: Optional[str],
    members: Optional[List[str]] = None,
) -> Tuple[List[ET.Element], Json]:
    """The content of one message to all devices of a contact, or of members of a room, and the other own ones; and for whom it is."""
    plain = {OLD: text.encode(), NEW: _envelope(text, own, to, replaces)}
    messages, errors = await account.encrypt(frozenset(members or {to}), plain)
    content: List[ET.Element] = []
    devices: List[Json] = []
    for message in messages:
        if not message.keys:
            continue
        hint = {"namespace": message.namespace, "name": "OMEMO"}
        content.append(ETREES[message.namespace].serialize_message(message))
        content.append(ET.Element("{urn:xmpp:eme:0}encryption", hint))
        if message.namespace == OLD:
            # What the old version cannot encrypt: it knows the text alone.
            content.append(_element(f"{CLIENT}body", text=FALLBACK))
            if replaces is not None:
                content.append(ET.Element(REPLACE, {"id": replaces}))
        for key, exchange in message.keys:
            device = {"jid": key.bare_jid, "device": key.device_id, "version": VERSIONS[message.namespace]}
            devices.append({**device, "isKeyExchange": exchange is not None})
    content.append(ET.Element("{urn:xmpp:hints}store"))
    failed = [
        {
            "jid": error.bare_jid,
            "device": error.device_id,
            "version": VERSIONS[error.namespace],
            "problem": problem_of(error.exception),
        }
        for error in errors
    ]
    return content, {"devices": devices, "failed": failed}


async def read(
    account: omemo.SessionManager, known: List[str], own: str, stanza: ET.Element, occupants: Dict[str, str]
) -> Optional[Json]:
    """A message for people, decrypted where it can be; None for what is none, such as a receipt or what a room gives back."""
    message, how = _unwrapped(stanza, own)
    sender = message.get("from", own)
    person = occupants.get(sender, sender)
    if message.get("type") == "groupchat" and person == own:
        return None
    found: Json = {
        "from": sender,
        "to": message.get("to", own),
        "id": message.get("id"),
        "type": message.get("type", "normal"),
        "how": how,
        "isDelayed": message.find(DELAY) is not None or stanza.find(f"*/{FORWARDED}/{DELAY}") is not None,
        "replaces": _replaced(message),
    }
    encrypted = [(ns, message.find(f"{{{ns}}}encrypted")) for ns in known]
    elements = [(ns, element) for ns, element in encrypted if element is not None]
    if not elements:
        text = message.findtext(f"{CLIENT}body")
        return None if text is None else {**found, "kind": "plain", "text": text}
    for namespace, element in elements:
        found["version"] = VERSIONS[namespace]
        try:
            return {**found, **await _decrypted(account, namespace, own, person, element)}
        except omemo.MessageNotForUs as error:
            # The other version's element, if there is one, may be for this device.
            problem = problem_of(error)
        except Exception as error:  # pylint: disable=broad-except
            return {**found, "kind": "undecryptable", "problem": problem_of(error)}
    return {**found, "kind": "undecryptable", "problem": problem}


async def _decrypted(
    account: omemo.SessionManager, namespace: str, own: str, sender: str, element: ET.Element
) -> Json:
    bare = sender.split("/")[0]
    etree = ETREES[namespace]
    if namespace == OLD:
        parsed = await etree.parse_message(element, bare, own, account)
    else:
        parsed = etree.parse_message(element, bare)
    plain, device, _ = await account.decrypt(parsed)
    found = {"device": device.device_id, "trust": device.trust_level_name}
    if plain is None:
        return {**found, "kind": "empty"}
    if namespace == OLD:
        return {**found, "kind": "encrypted", "text": plain.decode()}
    content = ET.fromstring(plain)
    inside = {"kind": "encrypted", "envelope": plain.decode(), "text": content.findtext(f".//{CLIENT}body")}
    replaced = content.find(f".//{REPLACE}")
    return {**found, **inside, **({} if replaced is None else {"replaces": replaced.get("id")})}


def _unwrapped(stanza: ET.Element, own: str) -> Tuple[ET.Element, str]:
    """The message of a copy that the own server made of another device's message (XEP-0280)."""
    for direction in ("sent", "received"):
        copy = stanza.find(f"{CARBONS}{direction}/{FORWARDED}/{CLIENT}message")
        if copy is not None and stanza.get("from") == own:
            return copy, f"carbon-{direction}"
    return stanza, "direct"


def _replaced(message: ET.Element) -> Optional[str]:
    replace = message.find(REPLACE)
    return None if replace is None else replace.get("id")


def _envelope(text: str, sender: str, recipient: str, replaces: Optional[str]) -> bytes:
    """What the new version encrypts (XEP-0420)."""
    root = ET.Element(f"{SCE}envelope")
    content = ET.SubElement(root, f"{SCE}content")
    content.append(_element(f"{CLIENT}body", text=text))
    if replaces is not None:
        content.append(ET.Element(REPLACE, {"id": replaces}))
    now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    root.append(_element(f"{SCE}rpad", text=secrets.token_hex(1 + secrets.randbelow(100))))
    root.append(ET.Element(f"{SCE}time", {"stamp": now}))
    root.append(ET.Element(f"{SCE}from", {"jid": sender}))
    root.append(ET.Element(f"{SCE}to", {"jid": recipient}))
    return tostring(root).encode()


def _element(tag: str, text: str) -> ET.Element:
    element = ET.Element(tag)
    element.text = text
    return element
