import { beforeEach } from 'vitest';

/**
 * To be called in a `describe` whose tests go on where the one before ended: after one that fails, the rest is skipped.
 * `onFailure` may look at how things are then.
 */
export function tellStory(onFailure: () => Promise<void> = async () => undefined): void {
  let hasFailed = false;
  beforeEach(({ skip, onTestFailed }) => {
    skip(hasFailed, 'an earlier part of the story failed');
    onTestFailed(async () => {
      hasFailed = true;
      await onFailure();
    });
  });
}
