import type { IpcMain, WebFrameMain } from 'electron';
import { z } from 'zod';
import type { DesktopCalls } from '../../src-shared/desktop-bridge.ts';
import type { Logger } from '../base/logger.ts';
import { ZOOM } from './desktop-settings.ts';
import type { Text } from './text/text.ts';
import { isRoute, mayOpenOutside } from './window/places.ts';

/** A refusal with words for people; anything else that is thrown is a defect, and its words stay in the log. */
export class DesktopRefusal extends Error {}

/** What a page gets back: the preload turns a refusal into an error with just these words. */
export type Answer<T> = { ok: true; value: T } | { ok: false; message: string };

const line = (most: number) => z.string().max(most);
const FileKind = z.enum(['backup', 'certificate', 'picture', 'any']);

/** What each call takes; a page is not believed, not even ours. */
const INPUTS = {
  notify: z.tuple([
    z.strictObject({
      title: line(200),
      body: line(2_000),
      route: z.string().refine(isRoute).optional(),
      tag: line(500).optional(),
      isSilent: z.boolean().optional(),
    }),
  ]),
  setBadge: z.tuple([z.int().min(0).max(1_000_000)]),
  openExternal: z.tuple([line(4_000).refine(mayOpenOutside)]),
  getKept: z.tuple([]),
  keep: z.tuple([line(40).regex(/^[a-z-]+$/), line(4_000)]),
  getSettings: z.tuple([]),
  setSettings: z.tuple([
    z.strictObject({
      background: z.boolean().optional(),
      startAtLogin: z.boolean().optional(),
      notifications: z.boolean().optional(),
      spellcheck: z.boolean().optional(),
      zoom: z.number().min(ZOOM.least).max(ZOOM.most).optional(),
    }),
  ]),
  keystoreStatus: z.tuple([]),
  moveKey: z.tuple([z.enum(['keystore', 'file'])]),
  chooseFile: z.tuple([FileKind]),
  // A name and no path: nothing in it leads elsewhere.
  saveFile: z.tuple([FileKind, line(200).regex(/^[^/\\:*?"<>|\p{Cc}]+$/u)]),
  showFolder: z.tuple([z.enum(['data', 'logs'])]),
  restartEngine: z.tuple([]),
} as const satisfies { [K in keyof DesktopCalls]: z.ZodType };

export type CallHandlers = {
  [K in keyof DesktopCalls]: (
    ...args: z.output<(typeof INPUTS)[K]>
  ) => ReturnType<DesktopCalls[K]> | Promise<ReturnType<DesktopCalls[K]>>;
};

interface IpcDeps {
  ipcMain: Pick<IpcMain, 'handle' | 'on'>;
  isOurPage: (frame: WebFrameMain | null) => boolean;
  handlers: CallHandlers;
  onListening: (isListening: boolean) => void;
  text: () => Text;
  logger: Logger;
}

/** Answers the calls of the engine's page, and of nobody else. */
export function answerPage({ ipcMain, isOurPage, handlers, onListening, text, logger }: IpcDeps): void {
  for (const name of Object.keys(INPUTS) as (keyof DesktopCalls)[]) {
    ipcMain.handle(`desktop:${name}`, async (event, ...args: unknown[]): Promise<Answer<unknown>> => {
      if (!isOurPage(event.senderFrame)) {
        logger.warn({ call: name }, "a page that is not the engine's asked for something");
        throw new Error('refused');
      }
      const { refused } = text();
      const input = INPUTS[name].safeParse(args);
      if (!input.success) {
        return { ok: false, message: name === 'openExternal' ? refused.address : refused.input };
      }
      try {
        // Each handler takes what its own schema has read; the compiler cannot see it over a union of names.
        const run = handlers[name] as (...values: unknown[]) => unknown;
        return { ok: true, value: await run(...input.data) };
      } catch (error) {
        if (error instanceof DesktopRefusal) return { ok: false, message: error.message };
        logger.error({ err: error, call: name }, 'a call of the page failed');
        return { ok: false, message: refused.input };
      }
    });
  }
  ipcMain.on('desktop:listening', (event, isListening: unknown) => {
    if (isOurPage(event.senderFrame)) onListening(isListening === true);
  });
}
