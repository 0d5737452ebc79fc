import type { Transport, TransportListener } from '../../src-main/gateways/xmpp/transport.ts';

/** A connection whose other side is the test. */
export class MemoryTransport implements Transport {
  readonly isSecure = true;
  readonly isFramed = false;
  readonly remoteAddress = undefined;
  written: string[] = [];
  listener: TransportListener | undefined;
  listen(listener: TransportListener): void {
    this.listener = listener;
  }
  write(text: string): void {
    this.written.push(text);
  }
  writeFirst(text: string): void {
    this.written.push(text);
  }
  isPaused = false;
  pause(): void {
    this.isPaused = true;
  }
  resume(): void {
    this.isPaused = false;
  }
  channelBinding(): undefined {}
  async startTls(): Promise<void> {}
  close(): void {}
  destroy(): void {
    this.listener?.closed(undefined);
  }
  receive(text: string): void {
    this.listener?.received(Buffer.from(text));
  }
}
