import { cpus } from 'node:os';

export interface Spread {
  median: number;
  min: number;
  max: number;
}

export function spreadOf(values: number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return { median: at(Math.floor(sorted.length / 2)), min: at(0), max: at(sorted.length - 1) };
}

/** Rounded for reading; the ratios are made before. */
export const rounded = ({ median, min, max }: Spread, digits = 0): Spread => {
  const round = (value: number) => Number(value.toFixed(digits));
  return { median: round(median), min: round(min), max: round(max) };
};

/** What a number was measured on: numbers of different machines do not compare. */
export const machine = () => ({
  node: process.version,
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
});
