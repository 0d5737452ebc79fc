/** Number of single-character edits between two texts; two letters that changed places are one (Damerau). */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? (beforeLast[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      row[j] = Math.min(replaced, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, swapped);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** A short word has few letters that could be wrong: with one changed it is another word. */
const editsOf = (length: number): number => (length <= 3 ? 0 : length <= 5 ? 1 : Math.floor(length / 3));

/** The name that was probably meant, or undefined when none is near. */
export function nearest(typed: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((name) => ({ name, edits: name.startsWith(typed) ? 0 : distance(typed.slice(0, 40), name) }))
    .sort((a, b) => a.edits - b.edits);
  const [best] = ranked;
  return best && best.edits <= editsOf(Math.min(best.name.length, typed.length)) ? best.name : undefined;
}

const SURELY_OWN = 3;

/** True for a name that is one of these, mistyped. Words as short as `/hi` and `/in` are some program's own. */
export const resembles = (typed: string, names: readonly string[]): boolean =>
  typed.length > SURELY_OWN && nearest(typed, names) !== undefined;
