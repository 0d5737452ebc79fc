"""The yardstick of bench:echo: the echo bot of slixmpp's own documentation, for one or several accounts."""

import asyncio
import sys

from slixmpp import ClientXMPP


class EchoBot(ClientXMPP):
    def __init__(self, jid, password, ca_file):
        super().__init__(jid, password)
        self.ca_certs = ca_file
        self.is_online = asyncio.Event()
        self.register_plugin("xep_0030")
        self.register_plugin("xep_0199")
        self.add_event_handler("session_start", self.start)
        self.add_event_handler("message", self.message)

    async def start(self, _event):
        self.send_presence()
        self.is_online.set()

    def message(self, message):
        if message["type"] in ("chat", "normal"):
            reply = message.reply(message["body"])
            reply["id"] = message["id"]
            reply.send()


async def main(port, ca_file, password, jids):
    bots = [EchoBot(jid, password, ca_file) for jid in jids]
    for bot in bots:
        bot.connect(("127.0.0.1", port), force_starttls=True, disable_starttls=False)
    await asyncio.gather(*(bot.is_online.wait() for bot in bots))
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    _, server_port, ca, secret, *addresses = sys.argv
    asyncio.get_event_loop().run_until_complete(main(int(server_port), ca, secret, addresses))
