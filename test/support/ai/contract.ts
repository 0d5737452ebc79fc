import type { Loose } from './script.ts';

/** What one provider documents, where they differ. */
export interface Contract {
  /** Where a question goes, whole and streamed. */
  path: string;
  streamedPath?: string;
  /** Headers besides the content type. */
  headers: Record<string, string>;
  /** What is sent for the question of the rig. */
  body: Loose;
  streamedBody?: Loose;
  /** Undefined: it has none. */
  modelsPath: string | undefined;
  models: readonly string[];
  requestId: string;
  /** Whether reasoning, sources, and filters are things it knows. */
  reasons?: boolean;
  cites?: boolean;
  filters?: boolean;
  /** What it means by 403, where that is not the key. */
  forbids?: 'region';
}

/** Whole and streamed. */
export const BOTH = [false, true];
