import type { App } from 'electron';

interface QuitDeps {
  app: Pick<App, 'on' | 'quit'>;
  /** What is seen goes at once. */
  hide: () => void;
  /** Ends what runs; the app stays until then. */
  end: () => Promise<void>;
  onProblem: (error: unknown) => void;
}

/** Lets the app end once what it runs has ended. */
export function quitInOrder({ app, hide, end, onProblem }: QuitDeps): { isQuitting: () => boolean } {
  let isQuitting = false;
  let isOver = false;
  app.on('before-quit', (event) => {
    const isFirst = !isQuitting;
    isQuitting = true;
    if (isOver) return;
    event.preventDefault();
    if (!isFirst) return;
    hide();
    void end()
      .catch(onProblem)
      .finally(() => {
        isOver = true;
        app.quit();
      });
  });
  return { isQuitting: () => isQuitting };
}
