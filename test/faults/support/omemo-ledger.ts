import { parse } from 'ltx';
import { NS_BOTMOTHER } from '../../../src-main/engine/messages/compose.ts';
import { encryptedIn } from '../../../src-main/gateways/omemo/encrypted-element.ts';
import { legacyBackend } from '../../../src-main/gateways/omemo/legacy/legacy-backend.ts';
import { omemo2Backend } from '../../../src-main/gateways/omemo/omemo2/omemo2-backend.ts';
import { innerOf, protobufFields } from '../../support/protobuf-fields.ts';
import type { Random } from '../../support/random.ts';
import { BOT, OWNER } from '../../support/scripted/scripted-bot.ts';
import { type ScriptedDevice, scriptedDevice } from '../../support/scripted/scripted-device.ts';
import type { ScriptedServer } from '../../support/scripted/scripted-server.ts';

/** The owner of a bot, with a device of each version, who writes down what was said and what came. */
export class OmemoLedger {
  readonly texts: string[] = [];
  readonly commands: string[] = [];
  /** Texts of the bot's program that were accepted for certain. */
  readonly promised: string[] = [];
  readonly violations: string[] = [];
  readonly #server: ScriptedServer;
  readonly #devices: ScriptedDevice[] = [];
  /** Stanzas by id, as they came first. */
  readonly #stanzas = new Map<string, string>();
  /** By ratchet key and number: which stanza was encrypted with that message key. */
  readonly #usedKeys = new Map<string, string>();
  readonly #read: { device: number; id: string; text: string; answers: string | undefined }[] = [];
  #reading: Promise<void> = Promise.resolve();
  #copies = 0;

  constructor(server: ScriptedServer) {
    this.#server = server;
    server.onSent = (from, to, stanza) => {
      if (from === BOT && to === OWNER) this.#hear(stanza);
    };
  }

  async settle(): Promise<void> {
    for (const backend of [await legacyBackend(), omemo2Backend()])
      this.#devices.push(scriptedDevice(this.#server, backend, { jid: OWNER, bot: BOT }));
  }

  /** A text for the bot's program, or a command of its menu, from one of the devices. */
  async speak(random: Random): Promise<void> {
    const device = this.#devices[random.between(0, this.#devices.length - 1)] as ScriptedDevice;
    const isCommand = random.next() < 0.4;
    const name = `${isCommand ? 'command' : 'text'}-${this.texts.length + this.commands.length}`;
    if (isCommand) this.commands.push(name);
    else this.texts.push(name);
    await this.#reading;
    await device.say(isCommand ? '/info' : name, name);
  }

  /** Waits until everything that came so far was read. */
  read = (): Promise<void> => this.#reading;
  get said(): readonly string[] {
    return this.#read.map(({ text }) => text);
  }
  /** Every command has its answer, and every promise was kept. */
  get isComplete(): boolean {
    return (
      this.answered >= this.commands.length &&
      this.promised.every((text) => this.readBy(text) >= this.#devices.length)
    );
  }
  get copies(): number {
    return this.#copies;
  }
  readBy = (text: string): number => this.#read.filter((one) => one.text === text).length;
  /** How many different answers each command got. */
  get answered(): number {
    return new Set(this.#read.filter(({ text }) => text.startsWith('Bot: ')).map(({ id }) => id)).size;
  }

  #hear(stanza: string): void {
    const id = String(parse(stanza).attrs.id);
    const first = this.#stanzas.get(id);
    if (first !== undefined) {
      this.#copies += 1;
      if (first !== stanza) this.violations.push(`${id} was sent again with other bytes`);
      return;
    }
    this.#stanzas.set(id, stanza);
    this.#noteKeys(id, stanza);
    for (const device of this.#devices) {
      this.#reading = this.#reading.then(async () => {
        if (!device.isMeant(stanza)) return;
        try {
          const text = await device.read(stanza);
          const answers = parse(stanza).getChild('generated', NS_BOTMOTHER)?.attrs.for;
          if (text !== undefined) this.#read.push({ device: device.deviceId, id, text, answers });
        } catch (error) {
          this.violations.push(`${id} cannot be read by device ${device.deviceId}: ${String(error)}`);
        }
      });
    }
  }

  /** One message key encrypts one message: seen by the number in its chain, whoever can read it. */
  #noteKeys(id: string, stanza: string): void {
    for (const { version, keys } of encryptedIn(parse(stanza))) {
      for (const { deviceId, body, isKeyExchange } of keys) {
        const { key, counter } =
          version === 'legacy' ? legacyPlace(body, isKeyExchange) : placeOf(body, isKeyExchange);
        const name = `${version} ${deviceId} ${Buffer.from(key).toString('base64')} ${counter}`;
        const other = this.#usedKeys.get(name);
        if (other !== undefined) this.violations.push(`${id} and ${other} have one message key`);
        this.#usedKeys.set(name, id);
      }
    }
  }

  /** Everything that is not as it should be, once nothing is under way. */
  problems(updates: readonly string[]): string[] {
    const wrong = (name: string, count: number, expected: number) =>
      count === expected ? [] : [`${name}: ${count} times instead of ${expected}`];
    const devices = this.#devices.length;
    const programs = [...new Set(this.said.filter((text) => text.startsWith('program-')))];
    return [
      ...this.violations,
      ...this.texts.flatMap((text) => wrong(text, updates.filter((one) => one === text).length, 1)),
      ...wrong('updates', updates.length, this.texts.length),
      ...wrong('answers', this.answered, this.commands.length),
      ...this.promised.flatMap((text) => wrong(text, this.readBy(text), devices)),
      ...programs.flatMap((text) => wrong(text, this.readBy(text), devices)),
    ];
  }
}

function legacyPlace(body: Uint8Array, isKeyExchange: boolean) {
  const { message } = innerOf(body, isKeyExchange);
  return { key: message.bytes(1), counter: message.number(2) };
}

function placeOf(body: Uint8Array, isKeyExchange: boolean) {
  const authenticated = isKeyExchange ? protobufFields(body).bytes(5) : body;
  const message = protobufFields(protobufFields(authenticated).bytes(2));
  return { key: message.bytes(3), counter: message.number(1) };
}
