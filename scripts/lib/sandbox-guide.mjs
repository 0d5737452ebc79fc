import { shellWord } from './paths.mjs';
import { findBinary } from './system.mjs';

/**
 * @typedef {object} SandboxFacts
 * @property {string} apiUrl
 * @property {string} host
 * @property {number} c2sPort
 * @property {string} caFile
 * @property {string} logs
 * @property {{ jid: string, password: string }[]} people
 * @property {Record<string, NodeJS.ProcessEnv>} profiles environment for profanity, by JID
 */

/**
 * What the sandbox prints when it is up: every command works as it stands, from any folder.
 * @param {SandboxFacts} facts
 */
export function sandboxGuide({ apiUrl, host, c2sPort, caFile, logs, people, profiles }) {
  /** @param {string} jid */
  const profanity = (jid) => {
    const settings = Object.entries(profiles[jid] ?? {}).map(
      ([name, value]) => `${name}=${shellWord(value ?? '')}`,
    );
    return `${settings.join(' ')} profanity -a ${jid}`;
  };
  const [you = { jid: '', password: '' }, friend = you] = people;
  const json = "-H 'Content-Type: application/json'";
  const bearer = '-H "Authorization: Bearer $TOKEN"';
  const missing = ['profanity', 'curl'].filter((name) => !findBinary(name));
  const install = missing.length === 0 ? [] : ['', `First: sudo apt-get install -y ${missing.join(' ')}`];
  return [
    'The sandbox is running. It keeps its accounts and bots for the next time; Ctrl-C stops it.',
    '',
    ...people.map(({ jid, password }) => `  Account   ${jid.padEnd(18)} password ${password}`),
    `  Server    ${host}, port ${c2sPort} (STARTTLS), reachable from this machine only`,
    `  CA file   ${caFile}`,
    `  API       ${apiUrl}`,
    `  Logs      ${logs}/`,
    '',
    `${you.jid} is signed in. Three things to try, each in a terminal of its own:`,
    ...install,
    '',
    '1. Make a bot by chat: sign in with a client and write to yourself.',
    '',
    `   ${profanity(you.jid)}`,
    '',
    '   In it, type:',
    '',
    `   /msg ${you.jid} /newbot Weather`,
    '',
    '2. Make a bot by program, and ask who it is.',
    '',
    `   TOKEN=$(curl -s ${apiUrl}create ${json} -d '{"name":"Herald","account":"${you.jid}"}' | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')`,
    `   curl -s -w "\\n" ${apiUrl}getMe ${bearer}`,
    '',
    '3. In the same terminal, let it write to your friend; then wait for what you write to it.',
    '',
    `   curl -s -w "\\n" ${apiUrl}sendMessage ${bearer} ${json} -d '{"to":"${friend.jid}","text":"Good morning!"}'`,
    `   curl -s -w "\\n" "${apiUrl}getUpdates?timeout=50" ${bearer}`,
    '',
    `   While the last one waits, type in the client of 1: /msg ${you.jid} hello`,
    '   Your friend reads the greeting here:',
    '',
    `   ${profanity(friend.jid)}`,
    '',
  ].join('\n');
}
