import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { capture, type Running, startProcess } from '../../scripts/lib/processes.mjs';
import { testFolder } from './test-folder.ts';

const FOLDER = resolve(import.meta.dirname, '../fixtures/guide');
/** Debian's, for which Debian's own packages are installed. */
const PYTHON = '/usr/bin/python3';

/** What the guide leaves to its readers to fill in. */
export interface Filled {
  port: number;
  token: string;
  id: number;
  lastUpdateId: number;
  messageId: string;
  receiver: { url: string; port: number };
  fileUrl: string;
  secret: string;
  /** Where these providers answer in the test. */
  groqUrl: string;
  openclawUrl: string;
  /** A bot and a chat of the Telegram in the test. */
  telegram: { token: string; chatId: string };
}

/** The table of README.md beside the examples: nothing else is changed in them. */
const SUBSTITUTIONS: readonly [RegExp, (filled: Filled) => string][] = [
  [/(?<=localhost:)7842/g, ({ port }) => String(port)],
  [/bm_YOUR_TOKEN(_HERE)?/g, ({ token }) => token],
  [/(?<="id":|[?&]id=)[13]\b/g, ({ id }) => String(id)],
  [/(?<=offset=)43\b/g, ({ lastUpdateId }) => String(lastUpdateId + 1)],
  [/\bmsg-uuid(-123)?\b/g, ({ messageId }) => messageId],
  [/https:\/\/(my|your)-server\.com\/webhook(\/bot1)?/g, ({ receiver }) => receiver.url],
  [/https:\/\/example\.com\/image\.jpg/g, ({ fileUrl }) => fileUrl],
  [/(?<=host=)"0\.0\.0\.0", port=5000/g, ({ receiver }) => `"127.0.0.1", port=${receiver.port}`],
  [/your_webhook_secret/g, ({ secret }) => secret],
  [/(?<="provider":"groq",)/g, ({ groqUrl }) => `"endpoint":"${groqUrl}",`],
  [/(?<="token":")123456:ABC(-DEF)?/g, ({ telegram }) => telegram.token],
  [/(?<="chat_id":")987654321/g, ({ telegram }) => telegram.chatId],
  [/(?<="provider":"openclaw",)/g, ({ openclawUrl }) => `"endpoint":"${openclawUrl}",`],
];

/** An example with the blanks filled in. One that needs a value that was not given fails. */
export function filledIn(text: string, filled: Partial<Filled>): string {
  const strict = new Proxy(filled, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (value === undefined) throw new Error(`the example needs ${String(name)}`);
      return value;
    },
  }) as Filled;
  return SUBSTITUTIONS.reduce(
    (result, [pattern, value]) => result.replace(pattern, () => value(strict)),
    text,
  );
}

export const guideText = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');

export interface Command {
  /** The comment above it, if there is one. */
  title: string;
  text: string;
}

/** The curl commands of a file, in order; a line that sets a variable goes before each command that follows. */
export function commandsOf(file: string): Command[] {
  const commands: Command[] = [];
  let title = '';
  let variables = '';
  for (const line of guideText(file).replaceAll('\\\n', '\\\u0000').split('\n')) {
    if (line.startsWith('#')) title = line.replace(/^#\s*/, '');
    else if (/^\w+=/.test(line)) variables += `${line}\n`;
    else if (line.startsWith('curl ')) {
      commands.push({ title, text: variables + line.replaceAll('\\\u0000', '\\\n') });
      title = '';
    }
  }
  return commands;
}

/** Runs a curl command of the guide in a shell, as it stands; its status comes from curl's own configuration. */
export async function runCurl(command: string): Promise<{ status: number; text: string; body: Body }> {
  const home = mkdtempSync(join(tmpdir(), 'botmother-curl-'));
  try {
    writeFileSync(join(home, '.curlrc'), 'silent\nshow-error\nwrite-out = "\\n%{http_code}"\n');
    const env = { PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8' };
    const { code, stdout, stderr } = await capture('bash', ['-c', command], { env, cwd: home });
    if (code !== 0) throw new Error(`curl ended with ${code}: ${stderr}\n${command}`);
    const end = stdout.lastIndexOf('\n');
    const text = stdout.slice(0, end);
    return { status: Number(stdout.slice(end + 1)), text, body: JSON.parse(text) };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
type Body = Record<string, unknown> & { result?: unknown };

/** Starts a program of the guide, with the blanks filled in; it ends with the test. */
export async function startProgram(file: string, filled: Partial<Filled>): Promise<Running> {
  const folder = testFolder();
  const program = join(folder, file);
  writeFileSync(program, filledIn(guideText(file), filled));
  const running = await startProcess(PYTHON, ['-u', program], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8' },
    logFile: join(folder, 'output'),
  });
  onTestFinished(() => running.kill());
  return running;
}

/** What the guide's handler finds out about a delivery: `is_valid` of its example. */
export async function isValidByGuide(delivery: { payload: string; signature: string; secret: string }) {
  const program = `
import json, sys
given = json.load(sys.stdin)
class request:
    headers = {"X-Bot-Signature": given["signature"]}
    body = given["payload"].encode()
names = {"request": request, "YOUR_WEBHOOK_SECRET": given["secret"]}
exec(given["example"], names)
print(names["is_valid"])
`;
  const { code, stdout, stderr } = await capture(PYTHON, ['-c', program], {
    input: JSON.stringify({ ...delivery, example: guideText('8.5-verify.py') }),
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8' },
  });
  if (code !== 0) throw new Error(stderr);
  return stdout.trim() === 'True';
}
