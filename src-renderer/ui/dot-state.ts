/** The shapes of a state dot: online, off, connecting, backing off or degraded, failed. */
export type DotState = 'on' | 'off' | 'connecting' | 'waiting' | 'failed';
