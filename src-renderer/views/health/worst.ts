import type { Status } from '../../../src-shared/api/status.ts';
import type { DotState } from '../../ui/dot-state.ts';

/** How the whole is: as its worst part. */
export function worstOf(
  { accounts, bots_enabled, api_problem }: Status,
  bots: readonly { dot: DotState; needsPerson: boolean }[],
): DotState {
  const states = accounts.map(({ state }) => state);
  const troubled = bots.filter(({ needsPerson }) => needsPerson);
  if (states.includes('failed') || troubled.some(({ dot }) => dot === 'failed')) return 'failed';
  if (states.includes('backing_off') || api_problem !== null || !bots_enabled || troubled.length > 0)
    return 'waiting';
  return states.includes('connecting') ? 'connecting' : 'on';
}
