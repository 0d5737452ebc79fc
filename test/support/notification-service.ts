import { execFile } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findBinary } from '../../scripts/lib/system.mjs';
import { isOnBus } from '../../src-main/desktop/session-bus.ts';
import type { SessionBus } from './session-bus.ts';
import { until } from './until.ts';

const run = promisify(execFile);

/** A notification as its service was told of it. */
export interface SeenNotification {
  app: string;
  title: string;
  /** As it came: services that can show markup read it as such. */
  body: string;
}

export interface NotificationService {
  /** All that came, in order. */
  seen(): SeenNotification[];
  /** Waits for the next one after so many. */
  next(after: number): Promise<SeenNotification>;
  /** How many are on the screen now. */
  shown(): Promise<number>;
  /** Clicks on the topmost one with the mouse. */
  click(): Promise<void>;
  /** What it complained of: markup that is none, for instance. */
  complaints(): string;
}

/** Nothing vanishes by itself, a click is the default action, and each one is written down by a script. */
const settings = (script: string) => `[global]
    markup = full
    idle_threshold = 0
    stack_duplicates = false
    notification_limit = 0
    sort = false
    mouse_left_click = do_action, close_current
[urgency_low]
    timeout = 0
[urgency_normal]
    timeout = 0
[urgency_critical]
    timeout = 0
[all]
    summary = "*"
    script = ${script}
`;

/** In base64, since a text may have line ends. */
const script = (file: string) => `#!/bin/sh
code() { printf '%s' "$1" | base64 -w0; }
printf '%s %s %s\\n' "$(code "$DUNST_APP_NAME")" "$(code "$DUNST_SUMMARY")" "$(code "$DUNST_BODY")" >> '${file}'
`;

/** Debian's dunst, on a bus and a display: what a desktop shows notifications with. It ends with the bus. */
export async function openNotificationService(
  bus: SessionBus,
  { folder, display }: { folder: string; display: string },
): Promise<NotificationService> {
  const [config, told, log] = ['dunstrc', 'told', 'dunst.log'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const writer = join(folder, 'write-down.sh');
  writeFileSync(writer, script(told));
  chmodSync(writer, 0o700);
  writeFileSync(config, settings(writer));
  const env = { ...process.env, ...bus.env, DISPLAY: display };
  const daemon = bus.start('/usr/bin/env', [`DISPLAY=${display}`, 'dunst', '-conf', config]);
  daemon.stdout?.on('data', (words: Buffer) => appendFileSync(log, words));
  await until('the notification service', () => isOnBus('org.freedesktop.Notifications', env));

  const seen = () =>
    (existsSync(told) ? readFileSync(told, 'utf8') : '')
      .split('\n')
      .slice(0, -1)
      .map((line) => {
        const [app = '', title = '', body = ''] = line
          .split(' ')
          .map((word) => Buffer.from(word, 'base64').toString());
        return { app, title, body };
      });
  const pointer = async (...words: string[]) =>
    (await run(findBinary('xdotool') ?? 'xdotool', words, { env })).stdout.trim();
  return {
    seen,
    next: (after) =>
      until('a notification', () => seen()[after], 30_000).catch((error: Error) => {
        throw new Error(`${error.message}: ${JSON.stringify(seen())}`);
      }),
    async shown() {
      const { stdout } = await run('dunstctl', ['count', 'displayed'], { env });
      return Number(stdout);
    },
    async click() {
      const window = await until('it on the screen', () =>
        pointer('search', '--onlyvisible', '--class', 'dunst').catch(() => ''),
      );
      await pointer('mousemove', '--window', window.split('\n')[0] ?? '', '20', '20', 'click', '1');
    },
    complaints: () => (existsSync(log) ? readFileSync(log, 'utf8') : ''),
  };
}
