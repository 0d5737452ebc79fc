import { describe, expect, it } from 'vitest';
import { settings } from '../../../src-shared/api/settings.ts';

const isTaken = (list: string) => settings.webhook_allow_private.schema.safeParse(list).success;

describe('webhook_allow_private', () => {
  it.each([
    '',
    'intranet',
    'intranet:8080',
    'nas.lan:443, 10.0.0.0/8',
    '192.168.1.5',
    '192.168.1.5:81',
    '10.1.0.0/16:8080',
    'fd00::1',
    'fd00::/8',
    '[fd00::1]',
    '[fd00::1]:8080',
    '[fd00::/8]:443',
  ])('takes %j', (list) => {
    expect(isTaken(list)).toBe(true);
  });

  it.each(['intranet:0', 'intranet:65536', 'http://intranet', '10.0.0.0/33', '[fd00::1', 'x:1:', 'a/b'])(
    'refuses %j',
    (list) => {
      expect(isTaken(list)).toBe(false);
    },
  );
});
