import type { Sandbox as SandboxState } from '../../src-shared/api/sandbox.ts';

/** The sandbox of this machine: who runs the engine knows where it would be. */
export interface SandboxHost {
  state(): SandboxState;
  /** Begins to start one, if none runs; refuses where that cannot be done. */
  start(): SandboxState;
}
