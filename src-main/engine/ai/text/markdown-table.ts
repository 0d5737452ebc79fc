const COLUMN_LENGTH = 200;
/** Characters that a table may grow to by its columns standing below each other. */
const MOST_TABLE = 50_000;

/** Whether a line stands between the head of a table and what is below it. */
export function isDelimiterLine(line: string): boolean {
  const cells = cellsOf(line);
  return line.includes('-') && cells.every((cell) => /^:?-+:?$/.test(cell));
}

const cellsOf = (row: string): string[] =>
  row
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

/** How wide a text is shown, nearly: what is wide in East Asia takes two places. */
function widthOf(text: string): number {
  let width = 0;
  for (const char of text)
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}]/u.test(
        char,
      )
        ? 2
        : 1;
  return width;
}

/** A table with its columns below each other; row for row as it is where that would make it many times as large. */
export function tableLines(rows: readonly string[]): string[] {
  const cells = rows.map((row) =>
    cellsOf(row).map((cell) => cell.replaceAll('\\|', '|').replace(/\*\*|__|`/g, '')),
  );
  const columns = cells.reduce((most, row) => Math.max(most, row.length), 0);
  const widths = columns * rows.length > MOST_TABLE ? undefined : widthsOf(cells, columns);
  if (!widths || widths.reduce((sum, width) => sum + width + 3, 0) * rows.length > MOST_TABLE)
    return cells.map((row) => row.join(' │ ').trimEnd());
  const lineOf = (row: readonly string[]) =>
    widths
      .map((width, column) => {
        const cell = row[column] ?? '';
        return cell + ' '.repeat(Math.max(0, width - widthOf(cell)));
      })
      .join(' │ ')
      .trimEnd();
  const [head = [], ...others] = cells;
  return [lineOf(head), widths.map((width) => '─'.repeat(width)).join('─┼─'), ...others.map(lineOf)];
}

const widthsOf = (cells: readonly (readonly string[])[], columns: number): number[] =>
  Array.from({ length: columns }, (_, column) =>
    Math.min(
      COLUMN_LENGTH,
      cells.reduce((widest, row) => Math.max(widest, widthOf(row[column] ?? '')), 1),
    ),
  );
