import { took } from '../../../src-shared/text/said.ts';
import { usageOnly } from '../subcommands.ts';
import { begunLines } from './drafts.ts';
import type { KiPage } from './request.ts';
import { aiLines, kiPage, shortPrompt, usageLine } from './state-words.ts';

export const on: KiPage = {
  name: 'on',
  aliases: ['ein', 'an', 'einschalten', 'aktivieren'],
  summary: 'ki.on.summary',
  takesNothing: true,
  act: () => ({
    place: 'unit',
    async run({ tx, services: { ai }, bot, caller, t }) {
      const begun = begunLines(await ai.begun(bot, tx), await ai.shown(bot), t);
      // What would be switched on is not what was spoken of last.
      if (begun.length > 0) return [t('ki.on.begun'), ...begun].join('\n');
      await ai.setEnabled(tx, bot, true, caller);
      return t('ki.on.done');
    },
  }),
};

export const off: KiPage = {
  name: 'off',
  aliases: ['aus', 'ausschalten', 'deaktivieren'],
  summary: 'ki.off.summary',
  takesNothing: true,
  act: () => ({
    place: 'unit',
    async run({ tx, services: { ai }, bot, caller, t }) {
      await ai.setEnabled(tx, bot, false, caller);
      return t('ki.off.done');
    },
  }),
};

export const status: KiPage = {
  name: 'status',
  aliases: ['zustand'],
  summary: 'ki.status.summary',
  takesNothing: true,
  act: () => ({
    place: 'ahead',
    async run({ services: { ai }, bot, t }) {
      const shown = await ai.shown(bot);
      const lines = [
        ...aiLines(shown, t),
        ...begunLines(await ai.begun(bot), shown, t),
        t('ki.prompt', { prompt: shortPrompt(shown.system) }),
        t('ki.people', { people: shown.people, waiting: shown.waiting }),
        usageLine(await ai.usage(bot, 1), t),
      ];
      return kiPage(t, t('ki.title', { name: bot.name }), lines, []);
    },
  }),
};

export const clear: KiPage = {
  name: 'clear',
  aliases: ['leeren', 'vergessen'],
  summary: 'ki.clear.summary',
  takesNothing: true,
  act: () => ({
    place: 'unit',
    async run({ tx, services: { ai }, bot, person, caller, t }) {
      const count = await ai.clear(tx, bot, person, caller);
      return t(count === 0 ? 'ki.clear.nothing' : 'ki.clear.done');
    },
  }),
};

export const ask: KiPage = {
  name: 'ask',
  aliases: ['frag', 'frage', 'fragen'],
  usage: 'ki.ask.usage',
  summary: 'ki.ask.summary',
  act: (rest) =>
    rest === ''
      ? usageOnly('ki.ask.usage')
      : {
          place: 'unit',
          async run({ tx, services: { ai }, bot, chat: account, person: to, t }) {
            await ai.put(tx, bot, { account, to, text: rest });
            return { later: t('ki.ask.later') };
          },
        },
};

export const trigger: KiPage = {
  name: 'trigger',
  aliases: ['auslösen', 'ausloesen'],
  usage: 'ki.trigger.usage',
  summary: 'ki.trigger.summary',
  act: (rest) =>
    rest === ''
      ? usageOnly('ki.trigger.usage')
      : {
          place: 'beside',
          async run({ services: { ai }, bot, signal, t }) {
            return t('ki.trigger.done', { run: (await ai.trigger(bot, rest, signal)).runId });
          },
        },
};

export const stop: KiPage = {
  name: 'stop',
  aliases: ['stopp', 'halt'],
  summary: 'ki.stop.summary',
  takesNothing: true,
  act: () => ({
    place: 'ahead',
    async run({ services: { ai }, bot, person, t }) {
      const number = await ai.stop(bot, person);
      return number === 0 ? t('ki.stop.nothing') : t('ki.stop.done', { number });
    },
  }),
};

export const test: KiPage = {
  name: 'test',
  aliases: ['testen', 'probe'],
  summary: 'ki.test.summary',
  takesNothing: true,
  act: () => ({
    place: 'beside',
    async run({ services: { ai }, bot, signal, language, t }) {
      const how = { signal, onText: () => undefined };
      const { text, ms } = await ai.test(bot, {}, t('ki.test.question'), how);
      const { provider, model } = await ai.shown(bot);
      const done = t('ki.test.done', {
        provider: provider ?? '',
        model,
        time: took(ms)(language),
      });
      return [done, text].join('\n');
    },
  }),
};
