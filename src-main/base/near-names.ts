/** Pairs of neighbouring letters, with the ends of the name. */
function pairsOf(name: string): Set<string> {
  const text = `^${name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')}$`;
  return new Set(Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2)));
}

/** How much two names have in common: 0 nothing, 1 all (Dice's coefficient of their letter pairs). */
function likeness(one: Set<string>, other: Set<string>): number {
  const shared = [...one].filter((pair) => other.has(pair)).length;
  return (2 * shared) / (one.size + other.size);
}

/** The names that are most like the typed one, best first. */
export function nearNames(typed: string, names: readonly string[], limit: number): string[] {
  const wanted = pairsOf(typed.slice(0, 200));
  return names
    .map((name) => ({ name, like: likeness(wanted, pairsOf(name)) }))
    .sort((a, b) => b.like - a.like || a.name.localeCompare(b.name))
    .slice(0, limit)
    .map(({ name }) => name);
}
