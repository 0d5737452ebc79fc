import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { autostartEntry, loginItem } from '../../../src-main/desktop/autostart.ts';
import { readArguments, routeOfLink } from '../../../src-main/desktop/links.ts';
import { logFile } from '../../../src-main/desktop/log-file.ts';
import { readXmppUri } from '../../../src-shared/xmpp-uri.ts';
import { testFolder } from '../../support/test-folder.ts';

describe('an entry for the login', () => {
  it('quotes what is special in the command', () => {
    const folder = testFolder();
    const entry = autostartEntry(folder, ['/opt/my apps/100%/bot$mother', '/plain/path']);

    entry.set(true);

    const text = readFileSync(join(folder, 'autostart', 'botmother.desktop'), 'utf8');
    expect(text).toContain('Exec="/opt/my apps/100%%/bot\\\\$mother" /plain/path --hidden\n');
    expect(entry.isOn()).toBe(true);
  });

  it('counts as off when the desktop has switched it off', () => {
    const folder = testFolder();
    const entry = autostartEntry(folder, ['/botmother']);
    entry.set(true);
    const file = join(folder, 'autostart', 'botmother.desktop');
    writeFileSync(file, readFileSync(file, 'utf8').replace('enabled=true', 'enabled=false'));

    expect(entry.isOn()).toBe(false);
    entry.set(true);
    expect(entry.isOn()).toBe(true);
    entry.set(false);
    entry.set(false);
    expect(entry.isOn()).toBe(false);
  });

  it('is the list of the system elsewhere, and starts without a window', () => {
    const said: unknown[] = [];
    const item = loginItem({
      getLoginItemSettings: (options) => {
        said.push(options);
        return { openAtLogin: true } as Electron.LoginItemSettings;
      },
      setLoginItemSettings: (options) => void said.push(options),
    });

    item.set(true);
    item.isOn();

    expect(said).toEqual([{ openAtLogin: true, args: ['--hidden'] }, { args: ['--hidden'] }]);
  });
});

describe('an xmpp: link', () => {
  it.each([
    ['xmpp:Anna@Chat.Example', { to: 'anna@chat.example', isRoom: false, body: undefined }],
    ['XMPP:anna@chat.example/phone', { to: 'anna@chat.example', isRoom: false, body: undefined }],
    ['xmpp://me@own.example/anna@chat.example', { to: 'anna@chat.example', isRoom: false, body: undefined }],
    ['xmpp:r@rooms.example?join', { to: 'r@rooms.example', isRoom: true, body: undefined }],
    [
      'xmpp:a@b.example?message;subject=x;body=1%2B1%3D2%20%26%20more',
      { to: 'a@b.example', isRoom: false, body: '1+1=2 & more' },
    ],
    ['xmpp:a@b.example?roster;name=x', { to: 'a@b.example', isRoom: false, body: undefined }],
  ])('%s is read', (uri, expected) => {
    expect(readXmppUri(uri)).toEqual(expected);
  });

  it.each([
    'xmpp:',
    'xmpp:nobody',
    'xmpp:a b@c',
    'xmpp:%E0%A4%A@b',
    'https://a@b',
    'xmpp:a@b?message;body=%zz',
  ])('%s is none', (uri) => {
    expect(readXmppUri(uri)).toBeUndefined();
  });

  it('opens from the account on its server, else from the first', () => {
    const link = readXmppUri('xmpp:anna@two.example?message;body=Hi%20there');
    if (!link) throw new Error('The link was not read.');

    expect(routeOfLink(link, ['me@one.example', 'me@two.example'])).toBe(
      '/app/chats/me%40two.example/anna%40two.example?text=Hi+there',
    );
    expect(routeOfLink(link, ['me@one.example'])).toBe(
      '/app/chats/me%40one.example/anna%40two.example?text=Hi+there',
    );
    expect(routeOfLink(link, [])).toBeUndefined();
  });

  it('shows the window of a start that was to be hidden', () => {
    expect(readArguments(['botmother', '--hidden'])).toEqual({ link: undefined, isHidden: true });
    expect(readArguments(['botmother', '--hidden', 'xmpp:a@b.example'])).toMatchObject({ isHidden: false });
    expect(readArguments(['botmother', '--flag', 'xmpp:nonsense'])).toEqual({
      link: undefined,
      isHidden: false,
    });
  });
});

describe('the log', () => {
  it('keeps what was before when it is full, and goes on', () => {
    const folder = testFolder();
    const log = logFile(join(folder, 'logs'), 20);

    log.write('the first, long enough\n');
    log.write('the second\n');

    expect(readFileSync(join(folder, 'logs', 'botmother.old.log'), 'utf8')).toBe('the first, long enough\n');
    expect(readFileSync(join(folder, 'logs', 'botmother.log'), 'utf8')).toBe('the second\n');
  });

  it('stops nothing where it cannot be written', () => {
    const folder = testFolder();
    writeFileSync(join(folder, 'file'), '');

    expect(() => logFile(join(folder, 'file', 'logs')).write('words')).not.toThrow();
  });
});
