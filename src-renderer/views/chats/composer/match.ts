/** How well a command fits what was typed: the smaller the better; undefined: it does not. */
export function scoreOf(name: string, typed: string): number | undefined {
  const [word, wanted] = [name.toLowerCase(), typed.toLowerCase()];
  if (wanted === '') return 0;
  if (word.startsWith(wanted)) return word.length - wanted.length;
  const at = word.indexOf(wanted);
  if (at !== -1) return 100 + at;
  let from = 0;
  let spread = 0;
  for (const letter of wanted) {
    const next = word.indexOf(letter, from);
    if (next === -1) return undefined;
    spread += next - from;
    from = next + 1;
  }
  return 200 + spread;
}

/** Changes of one letter, and of two neighbours, that lead from one word to the other. */
export function distance(a: string, b: string): number {
  const rows = [[...Array(b.length + 1).keys()]];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(
        (rows[i - 1]?.[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (rows[i - 1]?.[j - 1] ?? 0) + cost,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (rows[i - 2]?.[j - 2] ?? 0) + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}

interface Named {
  name: string;
}

/** The commands that fit, the best first; those that fit alike stay in their order. */
export function fitting<C extends Named>(commands: readonly C[], typed: string): C[] {
  return commands
    .flatMap((command, index) => {
      const score = scoreOf(command.name, typed);
      return score === undefined ? [] : [{ command, score, index }];
    })
    .sort((a, b) => a.score - b.score || a.index - b.index)
    .map(({ command }) => command);
}

/** What was probably meant by a command that there is not. */
export function nearest<C extends Named>(commands: readonly C[], typed: string): C | undefined {
  const wanted = typed.toLowerCase();
  const ranked = commands
    .map((command) => ({ command, away: distance(command.name.toLowerCase(), wanted) }))
    .sort((a, b) => a.away - b.away);
  const [best] = ranked;
  return best && best.away <= Math.max(2, Math.floor(wanted.length / 3)) ? best.command : undefined;
}
