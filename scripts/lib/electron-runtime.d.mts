export interface ElectronRuntime {
  executable: string;
  electronVersion: string;
  /** The real one, or an older Electron out of an npm package, good for trying and testing. */
  kind: 'electron' | 'test-runtime';
}

/** What is ready to run now; nothing is downloaded. */
export function findElectronRuntime(): ElectronRuntime | undefined;

/** The Electron to run the desktop app with; downloads one when there is none. */
export function prepareElectronRuntime(): Promise<ElectronRuntime>;
