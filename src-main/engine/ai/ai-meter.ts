import { type ChatUse, ProviderError } from '../../gateways/ai/provider.ts';

/** It was ended from here: the provider was at work. */
const isEnded = (error: unknown): boolean =>
  error instanceof ProviderError && (error.kind === 'stopped' || error.kind === 'timeout');

/** What the attempt has used that is under way, or was when it was ended. */
export function aiMeter() {
  let use: ChatUse | undefined;
  const note = (now: ChatUse | undefined): void => {
    use = now;
  };
  const hasBegun = (): boolean => use?.hasBegun ?? false;
  return {
    get use(): ChatUse | undefined {
      return use;
    },
    /** What was refused before anything of it came has used nothing. */
    async during<T>(attempt: (onUse: (use: ChatUse) => void) => Promise<T>): Promise<T> {
      note(undefined);
      try {
        return await attempt(note);
      } catch (error) {
        if (!hasBegun() && !isEnded(error)) note(undefined);
        throw error;
      }
    },
  };
}
