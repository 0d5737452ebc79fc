import { readFileSync } from 'node:fs';

/** Refuses a bench that would run out of open files half-way: every connection is one. */
export function requireOpenFiles(needed: number): void {
  const limits = readFileSync('/proc/self/limits', 'utf8');
  const soft = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
  if (soft === undefined || Number(soft) >= needed) return;
  throw new Error(
    `${needed} open files are needed and ${soft} are allowed. Raise the limit of this shell first: ulimit -n ${needed} (and the hard limit, as root, if it is lower).`,
  );
}
