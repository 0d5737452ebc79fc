import { createLogger } from '../base/logger.ts';
import type { Config } from './config.ts';
import { fileKeyBox } from './file-key-box.ts';
import { type RunningEngine, runEngine } from './run-engine.ts';
import { wordsFor } from './words.ts';

/** After that long the process ends even if something hangs; the contract gives five seconds. */
export const STOP_WITHIN_MS = 4_500;

const TROUBLE = { start: 'the engine cannot start', stop: 'the engine did not end as it should' };

/**
 * Runs the engine until SIGTERM or SIGINT. Prints exactly one line on stdout when it is ready; the log goes to
 * stderr. Resolves with the exit status.
 */
export async function serve({ dataDir, port, mode, keyFile, logLevel }: Config): Promise<number> {
  const logger = createLogger(logLevel);
  let engine: RunningEngine | undefined;
  let isOver = false;
  let trouble = TROUBLE.start;
  const signal = new Promise<void>((resolve) => {
    const end = () => {
      // Later ones change nothing: npm passes on the Ctrl-C that the terminal has sent already.
      if (isOver) return;
      isOver = true;
      // From now on, also where the engine is only starting.
      setTimeout(() => void exitWhen(engine), STOP_WITHIN_MS).unref();
      resolve();
    };
    process.on('SIGTERM', end);
    process.on('SIGINT', end);
  });
  const start = () => runEngine({ dataDir, port, mode, keyFile }, () => fileKeyBox(dataDir, keyFile), logger);
  try {
    engine = await start();
    process.stdout.write(`Botmother is ready: ${engine.apiUrl}\n`);
    for (;;) {
      await Promise.race([signal, engine.restartWanted]);
      trouble = TROUBLE.stop;
      await engine.stop();
      if (isOver) return 0;
      trouble = TROUBLE.start;
      engine = await start();
      logger.info({ apiUrl: engine.apiUrl }, 'the engine has started anew');
    }
  } catch (error) {
    logger.error({ err: error }, trouble);
    process.stderr.write(`${wordsFor(error)}\n`);
    return 1;
  }
}

/** Ends the process, though not amid a change of its data. */
export async function exitWhen(engine: Pick<RunningEngine, 'settled'> | undefined): Promise<void> {
  await engine?.settled();
  process.exit();
}
