import type { ElectronRuntime } from './electron-runtime.d.mts';

/** Runs electron-builder on what is built, with the Electron that is here. */
export function packApp(runtime: ElectronRuntime, wanted: string[]): Promise<void>;
