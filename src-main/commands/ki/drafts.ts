import { PROVIDERS } from '../../../src-shared/ai-providers.ts';
import type { BotAi } from '../../../src-shared/api/ai.ts';
import { DomainError, type ErrorCode } from '../../../src-shared/errors.ts';
import { describeInChat } from '../../../src-shared/text/describe-refusal.ts';
import type { TextKey } from '../../../src-shared/text/en.ts';
import type { Translate } from '../../../src-shared/text/translate.ts';
import type { SetUpCheck } from '../../engine/ai/ai-models.ts';
import type { AiBegun } from '../../store/ai-draft-repository.ts';
import { given, type KiRequest } from './request.ts';

export type Piece = AiBegun['wanted'];

/** What is missing, and the command that gives it. */
const GIVEN_WITH: Partial<Record<ErrorCode, TextKey>> = {
  'ai.endpoint-missing': 'ki.url.usage',
  'ai.key-missing': 'ki.token.usage',
  'ai.key-bound': 'ki.token.usage',
  'ai.model-missing': 'ki.model.usage',
  'ai.model-unknown': 'ki.model.usage',
};

/** Whether a piece itself is what is wrong: then nothing begins with it. */
const isWrongItself = ({ key, base_url: baseUrl, model }: Piece, code: ErrorCode): boolean =>
  (code === 'ai.key-missing' && key !== undefined && given(key) === '') ||
  (code === 'ai.endpoint-missing' && baseUrl === '') ||
  (code === 'ai.model-unknown' && model !== undefined);

/**
 * Changes what is set up by one piece more (`/ki provider`, `/ki url`, `/ki token`, `/ki model`), and leaves it on or off; or
 * keeps the piece, and says what has to follow. Refuses what is wrong. Whoever begins a set-up goes on with it, also after a
 * restart, and whether a chat or a form is next.
 */
export async function takePiece(
  request: KiRequest,
  piece: Piece,
): Promise<{ now: BotAi & SetUpCheck } | { missing: string }> {
  const { ai } = request.services;
  const { bot, caller, signal, language, t } = request;
  const shown = await ai.shown(bot);
  // Who turns to another provider begins anew.
  const before = piece.provider === undefined ? (await ai.begun(bot))?.wanted : undefined;
  const wanted = withUsualModel(shown, { ...before, ...piece });
  try {
    return { now: await ai.change(bot, { ...wanted, enabled: shown.enabled }, caller, signal) };
  } catch (error) {
    if (!(error instanceof DomainError) || !(error.code in GIVEN_WITH) || isWrongItself(piece, error.code))
      throw error;
    const begun = { wanted, lacks: error.code };
    await ai.begin(bot, begun);
    return { missing: [describeInChat(error, language), ...waysOf(begun, shown, t)].join('\n') };
  }
}

/** What is begun, how it goes on, and how it is left; nothing where nothing is begun. */
export function begunLines(begun: AiBegun | undefined, shown: BotAi, t: Translate): string[] {
  const provider = begun?.wanted.provider ?? shown.provider;
  if (!begun || provider === null) return [];
  return [t('ki.begun', { provider }), ...waysOf(begun, shown, t)];
}

function waysOf({ lacks }: AiBegun, { provider }: BotAi, t: Translate): string[] {
  const usage = GIVEN_WITH[lacks];
  return [
    ...(usage === undefined ? [] : [t('ki.next', { usage: t(usage) })]),
    ...(provider === null ? [] : [t('ki.begun.leave', { provider })]),
  ];
}

/** OpenClaw brings its own models: there is one name for all of them. */
function withUsualModel({ kept }: BotAi, wanted: Piece): Piece {
  if (wanted.provider !== 'openclaw' || wanted.model !== undefined) return wanted;
  const [model] = PROVIDERS.openclaw.exampleModels;
  return model === undefined || kept.some(({ provider }) => provider === 'openclaw')
    ? wanted
    : { ...wanted, model };
}
