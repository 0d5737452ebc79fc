import { describe, expect, it } from 'vitest';
import { textIn } from '../../../src-renderer/text/use-text.ts';
import {
  actorWords,
  auditWords,
  placeWords,
  settingWords,
  wordsOfRow,
} from '../../../src-renderer/ui/audit-words.ts';
import { isNoted } from '../../../src-shared/audit-actions.ts';
import { errorCodes, refuse } from '../../../src-shared/errors.ts';

const texts = { en: textIn('en').settings.audit, de: textIn('de').settings.audit };

describe('what the audit log notes is said in words', () => {
  it.each([
    ['bot.create', 'Bot created', 'Bot angelegt'],
    ['bot.revoke', 'Token revoked', 'Token widerrufen'],
    ['token.unknown', 'Unknown token', 'Unbekanntes Token'],
    ['command.chat-only', 'Only in the encrypted chat', 'Nur im verschlüsselten Chat'],
    ['command.newbot', 'Command /newbot', 'Befehl /newbot'],
    ['menu.ki', 'Command /ki in the bot’s chat', 'Befehl /ki im Chat des Bots'],
  ])('%s', (code, en, de) => {
    expect(auditWords(texts.en, code)).toBe(en);
    expect(auditWords(texts.de, code)).toBe(de);
  });

  it('of every refusal that is noted, and of no other', () => {
    for (const code of errorCodes) {
      const error = refuse(code as 'token.unknown', {});
      for (const text of Object.values(texts)) {
        const isSaid = Object.hasOwn(text.refusals, code);
        expect({ code, isSaid }).toEqual({ code, isSaid: isNoted(error) });
      }
    }
  });

  it.each(['bot.cloned', 'constructor', 'menu.', ''])(
    'but not "%s", which only a newer engine may know',
    (code) => {
      expect(auditWords(texts.en, code)).toBeUndefined();
    },
  );
});

describe('who did it, from where, and to which setting is said in words', () => {
  it.each([
    ['admin', 'Administration', 'Verwaltung'],
    ['unknown', 'Unknown', 'Unbekannt'],
    ['engine', 'Botmother', 'Botmother'],
    ['bot 3', 'Bot 3', 'Bot 3'],
    ['you@localhost', undefined, undefined],
    ['constructor', undefined, undefined],
  ])('%s', (actor, en, de) => {
    expect([actorWords(texts.en, actor), actorWords(texts.de, actor)]).toEqual([en, de]);
  });

  it.each([
    ['socket', 'Command line', 'Befehlszeile'],
    ['window', 'Window of the app', 'Fenster der App'],
    ['ad-hoc', 'Menu of a chat app', 'Menü einer Chat-App'],
    ['', undefined, undefined],
    ['203.0.113.7', undefined, undefined],
  ])('from "%s"', (place, en, de) => {
    expect([placeWords(texts.en, place), placeWords(texts.de, place)]).toEqual([en, de]);
  });

  it.each([
    ['setting.set', 'api_port', 'Port', 'Port'],
    ['bot.setting', 'ai_rooms', 'Rooms of the AI', 'Räume der KI'],
    ['bot.setting', 'of_a_newer_engine', undefined, undefined],
    ['bot.create', 'scope', undefined, undefined],
  ])('%s: %s', (action, details, en, de) => {
    const row = { action, details };
    expect([settingWords('en', row), settingWords('de', row)]).toEqual([en, de]);
  });

  it('and a row is found by these words', () => {
    const row = {
      ...{ id: 1, bot_id: null, action: 'setting.set', details: 'api_port', actor: 'admin' },
      ...{ ip_address: 'socket', outcome: 'ok' as const, timestamp: 1 },
    };
    expect(wordsOfRow(texts.de, 'de', row)).toBe('Einstellung geändert Verwaltung Befehlszeile Port');
  });
});
