import type { SessionState } from '../../src-shared/api/status.ts';

/** The shapes of a state dot: online, off, connecting, backing off or degraded, failed. */
export type DotState = 'on' | 'off' | 'connecting' | 'waiting' | 'failed';

const DOTS: Record<SessionState, DotState> = {
  online: 'on',
  connecting: 'connecting',
  backing_off: 'waiting',
  failed: 'failed',
  offline: 'off',
};
export const accountDot = (state: SessionState): DotState => DOTS[state];
