import v8 from 'node:v8';

/** The space for old objects is cleaned when it holds so much more than what was alive the last time. */
const OLD_GROWTH_PERCENT = 50;

/**
 * Keeps the heap near to what is alive. By itself V8 lets it grow to several times of that while hundreds of bots sign in,
 * and an engine that is idle then never gives it back. Options of the command line would say the same, but the engine
 * runs in hosts that set none. To be called when the program is loaded and nothing works yet.
 */
export function keepHeapSmall(): void {
  v8.setFlagsFromString(`--heap-growing-percent=${OLD_GROWTH_PERCENT}`);
  // The space for young ones has grown enough by loading the program; twice of it would not be faster.
  v8.setFlagsFromString('--semi-space-growth-factor=1');
}
