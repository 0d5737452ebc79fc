import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** Zoom as a factor, within what Chromium shows well. */
export const ZOOM = { least: 0.5, most: 3 } as const;

const Bounds = z.object({ x: z.int(), y: z.int(), width: z.int().min(200), height: z.int().min(200) });
export type Bounds = z.infer<typeof Bounds>;

/** What this app remembers about itself on this machine. Nothing in it would be missed: it has no place in a backup. */
const Stored = z.object({
  /** Undefined: nobody has said; then where there is a tray. */
  background: z.boolean().optional().catch(undefined),
  notifications: z.boolean().catch(true),
  spellcheck: z.boolean().catch(false),
  zoom: z.number().min(ZOOM.least).max(ZOOM.most).catch(1),
  /** The person was told that the app goes on without a window. */
  knowsBackground: z.boolean().catch(false),
  bounds: Bounds.optional().catch(undefined),
  isMaximised: z.boolean().catch(false),
  /** Of the page, which has no storage of its own that lasts: widths and the like, by their names. */
  kept: z.record(z.string(), z.string()).catch({}),
  /** As the engine had it last; what the app says before the engine answers. */
  language: z.enum(['en', 'de']).optional().catch(undefined),
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
});
export type StoredSettings = z.infer<typeof Stored>;

/** The app's own settings, in a file. One that cannot be read counts as empty; one that cannot be written is no reason to stop. */
export function desktopSettings(file: string, onProblem: (error: unknown) => void = () => undefined) {
  let settings = Stored.parse(read());
  const listeners = new Set<(changed: StoredSettings) => void>();

  function read(): unknown {
    try {
      const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
      return typeof found === 'object' && found !== null ? found : {};
    } catch {
      return {};
    }
  }

  return {
    get: (): StoredSettings => settings,
    set(changes: Partial<StoredSettings>): void {
      settings = { ...settings, ...changes };
      try {
        mkdirSync(dirname(file), { recursive: true });
        const aside = `${file}.new`;
        writeFileSync(aside, `${JSON.stringify(settings, undefined, 2)}\n`, { mode: 0o600 });
        renameSync(aside, file);
      } catch (error) {
        onProblem(error);
      }
      for (const listener of listeners) listener(settings);
    },
    onChange(listener: (changed: StoredSettings) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
export type DesktopSettingsStore = ReturnType<typeof desktopSettings>;
