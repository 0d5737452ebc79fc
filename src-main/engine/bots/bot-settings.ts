import type { Caller } from '../../../src-shared/access.ts';
import {
  type BotSettingKey,
  type BotSettingValue,
  botSettingKeys,
  botSettings as declared,
  isBotSettingKey,
} from '../../../src-shared/api/bot-settings.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { BotSettingRepository } from '../../store/bot-setting-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { SENSITIVE_SETTINGS, type SensitiveChanges } from '../notices/sensitive-changes.ts';
import { checkRole } from '../settings/setting-roles.ts';
import type { AvatarImage } from './avatar-image.ts';
import { type BotAvatars, readAvatar } from './bot-avatars.ts';
import type { BotService } from './bot-service.ts';

interface BotSettingsDeps {
  repository: BotSettingRepository;
  bots: Pick<BotService, 'setDescription'>;
  avatars: Pick<BotAvatars, 'isGiven' | 'set'>;
  changes: SensitiveChanges;
  /** Who runs this installation. */
  operator: (tx?: Tx) => Promise<Account | undefined>;
  audit: AuditTrail;
  events: Emitter<EngineEvents>;
}

/** Those with a row of their own; the description is part of the bot, the picture has a table. */
type StoredKey = Exclude<BotSettingKey, 'description' | 'avatar'>;
const isStored = (key: BotSettingKey): key is StoredKey => key !== 'description' && key !== 'avatar';

/** A picture that was read before the unit, none, or the one that is there. JSON cannot make one of these. */
class ReadyPicture {
  readonly avatar: AvatarImage | 'none' | 'same';
  constructor(avatar: ReadyPicture['avatar']) {
    this.avatar = avatar;
  }
}
const pathOf = (id: number | string) => `/api/v1/bots/${id}/avatar`;
const SHOWN_PATH = new RegExp(`^${pathOf('\\d+')}$`);

/**
 * Does what takes time before a value can be set in a unit: pictures are read and written anew. Any other value stays
 * as it is. Refuses a picture that cannot be used.
 */
export async function prepareSetting(key: string, input: unknown): Promise<unknown> {
  if (key !== 'avatar') return input;
  const parsed = declared.avatar.schema.safeParse(input);
  if (!parsed.success) return input;
  const { data } = parsed;
  // Who writes back what was shown changes nothing.
  if (SHOWN_PATH.test(data)) return new ReadyPicture('same');
  return new ReadyPicture(data === '' ? 'none' : await readAvatar(data));
}

/** Settings of single bots. They are kept in memory, so reading one costs nothing; a change is stored first. */
export async function botSettings(deps: BotSettingsDeps) {
  const { repository, bots, avatars, changes, operator, audit, events } = deps;
  const values = new Map<string, unknown>();
  const placeOf = (botId: BotId, key: BotSettingKey) => `${botId}/${key}`;
  for (const { botId, key, value } of await repository.all()) {
    if (!isBotSettingKey(key)) continue;
    const parsed = declared[key].schema.safeParse(value);
    if (parsed.success) values.set(placeOf(botId, key), parsed.data);
  }
  events.on('bot.deleted', ({ botId }) => {
    for (const key of botSettingKeys) values.delete(placeOf(botId, key));
  });

  const known = (key: string): BotSettingKey => {
    if (!isBotSettingKey(key)) throw refuse('setting.unknown', { key });
    return key;
  };

  function get<K extends StoredKey>(botId: BotId, key: K): BotSettingValue<K> {
    const place = placeOf(botId, key);
    // Stored values went through the schema of the same key, in `set` or above.
    return (values.has(place) ? values.get(place) : declared[key].default) as BotSettingValue<K>;
  }
  function shownValue(bot: Bot, key: BotSettingKey) {
    if (key === 'avatar') return avatars.isGiven(bot.id) ? pathOf(bot.id) : '';
    return isStored(key) ? get(bot.id, key) : bot.description;
  }

  return {
    get,
    /**
     * Stores a value, prepared by `prepareSetting` and read by the setting's own schema; has effect, and is announced,
     * after the commit.
     */
    async set(tx: Tx, bot: Bot, name: string, input: unknown, caller: Caller): Promise<void> {
      const key = known(name);
      checkRole(declared[key].role, caller, { operator: await operator(tx), bot });
      if (input instanceof ReadyPicture) {
        const { avatar } = input;
        if (avatar === 'same') return;
        return avatars.set(tx, bot, avatar === 'none' ? undefined : avatar, caller);
      }
      const parsed = declared[key].schema.safeParse(input);
      if (!parsed.success) {
        const reason = parsed.error.issues[0]?.message ?? 'not a valid value';
        throw refuse('setting.invalid', { key, reason });
      }
      if (key === 'avatar') throw new Error('a picture is prepared before the unit');
      if (!isStored(key)) return bots.setDescription(tx, bot, String(parsed.data), caller);
      await repository.set(tx, bot.id, key, String(parsed.data));
      const change = SENSITIVE_SETTINGS[key];
      if (change && get(bot.id, key) !== parsed.data) {
        await changes.tell(tx, bot.id, change, caller, { value: String(parsed.data) || '-' });
      }
      await audit.note(tx, caller, { action: 'bot.setting', botId: bot.id, details: key });
      tx.afterCommit(() => {
        values.set(placeOf(bot.id, key), parsed.data);
        events.emit('bot.changed', { botId: bot.id, owner: bot.owner });
      });
    },
    /** One setting of a bot, as shown to people. */
    show(bot: Bot, name: string) {
      const key = known(name);
      const value = shownValue(bot, key);
      return { key, value, default: declared[key].default, summary: declared[key].summary };
    },
    list(bot: Bot) {
      return botSettingKeys.map((key) => this.show(bot, key));
    },
  };
}
export type BotSettings = Awaited<ReturnType<typeof botSettings>>;
