import type { DeadLetter } from '../../../src-shared/api/webhooks.ts';
import { botId, UsageError, type Verb } from './verb.ts';

const PAGE = 100;

const lineOf = (letter: DeadLetter) => {
  const since = new Date(letter.dead_since * 1_000).toISOString();
  const { update_id, update_type, conversation, attempts, reason } = letter;
  return `${update_id}  ${since}  ${update_type}  ${conversation}  ${reason} (${attempts} attempts)`;
};

export const deadLetterVerbs: Record<string, Verb> = {
  'bot dead-letters': {
    usage: 'bot dead-letters ID [--replay] [--update N]',
    summary: 'What a webhook would not take; --replay puts it back behind what waits, --update only that one',
    flags: { replay: false, update: true },
    words: [1, 1],
    async run({ words: [word], flags, api, print }) {
      const id = botId(word);
      if (flags.update !== undefined && flags.replay !== true) {
        throw new UsageError('--update says which one to put back: use it with --replay');
      }
      const { call } = await api();
      const path = `/api/v1/bots/${id}/dead-letters`;
      if (flags.replay === true) {
        const body = flags.update === undefined ? {} : { update_id: flags.update };
        const { replayed, left } = await call<{ replayed: number; left: number }>('POST', path, body);
        const full = left > 0 ? ` ${left} did not fit into the queue; try again later.` : '';
        print({ replayed, left }, `${replayed} put back.${full}`);
        return 0;
      }
      const letters: DeadLetter[] = [];
      for (let after = 0; ; after = letters.at(-1)?.update_id ?? 0) {
        const { result } = await call<{ result: DeadLetter[] }>(
          'GET',
          `${path}?after=${after}&limit=${PAGE}`,
        );
        letters.push(...result);
        if (result.length < PAGE) break;
      }
      print(letters, letters.length === 0 ? 'There are no dead letters.' : letters.map(lineOf));
      return 0;
    },
  },
};
