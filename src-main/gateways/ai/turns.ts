import type { ChatTurn } from './chat.ts';

/**
 * A conversation as every provider takes it: it begins with the user, both take turns, nobody says nothing. What was said
 * twice in a row becomes one turn; lone surrogates, which JSON for others cannot hold, are replaced.
 */
export function conversation(turns: readonly ChatTurn[]): ChatTurn[] {
  const taken: ChatTurn[] = [];
  for (const { role, text } of turns) {
    const last = taken.at(-1);
    if (text.trim() === '' || (!last && role === 'assistant')) continue;
    if (last?.role === role) last.text += `\n\n${text.toWellFormed()}`;
    else taken.push({ role, text: text.toWellFormed() });
  }
  return taken;
}
