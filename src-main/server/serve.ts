import { createLogger } from '../base/logger.ts';
import type { Config } from './config.ts';
import { fileKeyBox } from './file-key-box.ts';
import { runEngine } from './run-engine.ts';
import { wordsFor } from './words.ts';

/** After that long the process ends even if something hangs; the contract gives five seconds. */
export const STOP_WITHIN_MS = 4_500;

/**
 * Runs the engine until SIGTERM or SIGINT. Prints exactly one line on stdout when it is ready; the log goes to
 * stderr. Resolves with the exit status.
 */
export async function serve({ dataDir, port, mode, keyFile, logLevel }: Config): Promise<number> {
  const logger = createLogger(logLevel);
  const signal = new Promise<void>((resolve) => {
    // Later ones change nothing: npm passes on the Ctrl-C that the terminal has sent already.
    process.on('SIGTERM', resolve);
    process.on('SIGINT', resolve);
  });
  /** Data that takes the place of the old is put there in peace. */
  let restarting = Promise.resolve();
  // From the signal on, also while it is starting.
  void signal
    .then(() => Promise.allSettled([restarting]))
    .then(() => setTimeout(() => process.exit(), STOP_WITHIN_MS).unref());
  const start = () => runEngine({ dataDir, port, mode, keyFile }, () => fileKeyBox(dataDir, keyFile), logger);
  try {
    let engine = await start();
    process.stdout.write(`Botmother is ready: ${engine.apiUrl}\n`);
    const isOver = signal.then(() => true);
    while (!(await Promise.race([isOver, engine.restartWanted.then(() => false)]))) {
      restarting = engine.stop();
      await restarting;
      engine = await start();
      logger.info({ apiUrl: engine.apiUrl }, 'the engine has started anew');
    }
    await engine.stop();
    return 0;
  } catch (error) {
    logger.error({ err: error }, 'the engine cannot start');
    process.stderr.write(`${wordsFor(error)}\n`);
    return 1;
  }
}
