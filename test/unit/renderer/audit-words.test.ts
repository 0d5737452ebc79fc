import { describe, expect, it } from 'vitest';
import { textIn } from '../../../src-renderer/text/use-text.ts';
import { auditWords } from '../../../src-renderer/ui/audit-words.ts';
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
