import { execFile, execFileSync } from 'node:child_process';

/** A method of somebody on the bus, with a word for it or none. */
interface Call {
  to: string;
  path: string;
  method: `${string}.${string}`;
  word?: string;
}

/** Programs of which most Linux desktops have one, and how each calls somebody on the bus. */
const CALLING: readonly [program: string, args: (call: Call) => string[]][] = [
  [
    'gdbus',
    ({ to, path, method, word = [] }) => [
      ...['call', '--session', '--timeout', '2', '--dest', to, '--object-path', path, '--method', method],
      ...[word].flat(),
    ],
  ],
  [
    'dbus-send',
    ({ to, path, method, word }) => [
      ...['--session', '--print-reply', '--reply-timeout=2000', `--dest=${to}`, path, method],
      ...(word === undefined ? [] : [`string:${word}`]),
    ],
  ],
  [
    'busctl',
    ({ to, path, method, word }) => {
      const [interfaceName, name] = [
        method.slice(0, method.lastIndexOf('.')),
        method.split('.').at(-1) ?? '',
      ];
      const what = word === undefined ? [] : ['s', word];
      return ['--user', '--timeout=2', 'call', to, path, interfaceName, name, ...what];
    },
  ],
];
const OPTIONS = { encoding: 'utf8', timeout: 3_000, windowsHide: true } as const;

const hasBus = (env: NodeJS.ProcessEnv) => Boolean(env.DBUS_SESSION_BUS_ADDRESS || env.XDG_RUNTIME_DIR);
const isNotThere = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** What somebody on the session's bus answers, as the program writes it that asked; undefined without an answer. */
async function answerOf(call: Call, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (!hasBus(env)) return undefined;
  for (const [program, args] of CALLING) {
    const [error, said] = await new Promise<[Error | null, string]>((resolve) => {
      execFile(program, args(call), { ...OPTIONS, env }, (problem, stdout) => resolve([problem, stdout]));
    });
    // Only a program that is not there leaves the question to the next one.
    if (!isNotThere(error)) return error ? undefined : said;
  }
  return undefined;
}

const hasOwner = (name: string): Call => ({
  to: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  method: 'org.freedesktop.DBus.NameHasOwner',
  word: name,
});
/** In the words of each of the programs. */
const isYes = (said = '') => /\(true,\)|boolean true|b true/.test(said);

/** Whether somebody on the session's bus has that name. No bus, or nobody to ask it with, is a no. */
export const isOnBus = async (name: string, env: NodeJS.ProcessEnv = process.env): Promise<boolean> =>
  isYes(await answerOf(hasOwner(name), env));

/** The same, for what has to be known before anything else begins. */
export function isOnBusNow(name: string, env: NodeJS.ProcessEnv = process.env): boolean {
  if (!hasBus(env)) return false;
  for (const [program, args] of CALLING) {
    try {
      const stdio = ['ignore', 'pipe', 'ignore'] as const;
      return isYes(execFileSync(program, args(hasOwner(name)), { ...OPTIONS, env, stdio: [...stdio] }));
    } catch (error) {
      if (!isNotThere(error)) return false;
    }
  }
  return false;
}

/** What the service can do that shows notifications; undefined where it cannot be asked. */
export async function notificationCapabilities(
  env: NodeJS.ProcessEnv = process.env,
): Promise<string[] | undefined> {
  const said = await answerOf(
    {
      to: 'org.freedesktop.Notifications',
      path: '/org/freedesktop/Notifications',
      method: 'org.freedesktop.Notifications.GetCapabilities',
    },
    env,
  );
  // Every program writes each of them in quotes.
  return said === undefined
    ? undefined
    : [...said.matchAll(/['"]([\w-]+)['"]/g)].map(([, word = '']) => word);
}
