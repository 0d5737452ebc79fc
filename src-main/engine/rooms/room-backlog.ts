/** What came while it was not known yet what a room is, or while its archive was read: it waits behind that, in order. */
export function roomBacklog<Message>(take: (message: Message) => Promise<void>) {
  let waiting: Message[] | undefined;

  return {
    begin(): void {
      waiting = [];
    },
    /** False while nothing has to wait. */
    add(message: Message): boolean {
      waiting?.push(message);
      return waiting !== undefined;
    },
    /** Hands on what waits, and what comes meanwhile; from then on nothing waits. Stops where `isCurrent` says so. */
    async drain(isCurrent: () => boolean): Promise<void> {
      const own = waiting;
      const isOurs = () => isCurrent() && waiting === own;
      while (isOurs() && own && own.length > 0) {
        const [next] = own;
        if (next !== undefined) await take(next);
        own.shift();
      }
      if (isOurs()) waiting = undefined;
    },
    /** Forgets what waits: it is told again, by the archive. */
    drop(): void {
      waiting = undefined;
    },
    /** Hands on what waits, whatever becomes of the room. */
    async end(): Promise<void> {
      const left = waiting ?? [];
      waiting = undefined;
      await Promise.all(left.map(take));
    },
  };
}
