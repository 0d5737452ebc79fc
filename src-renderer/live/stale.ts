import type { QueryKey } from '@tanstack/react-query';
import type { EngineEvents } from '../../src-shared/events.ts';

const ACCOUNT = [['status'], ['accounts'], ['chats'], ['bots'], ['devices'], ['health']];

/**
 * Which answers an announcement makes old; views that show one of them ask again. The compiler asks for every event there
 * is. What a chat shows is not asked for again but put into place by its view.
 */
export const STALE: { [N in keyof EngineEvents]: (data: EngineEvents[N]) => readonly QueryKey[] } = {
  'account.added': () => ACCOUNT,
  'account.removed': () => ACCOUNT,
  'account.switched': () => ACCOUNT,
  'account.changed': () => [['status'], ['accounts'], ['chats'], ['chat-commands'], ['devices'], ['health']],
  'account.session-changed': () => ACCOUNT,
  'bot.created': () => [['status'], ['bots'], ['chats'], ['chat-commands'], ['health']],
  'bot.changed': ({ botId }) => [
    ['status'],
    ['bots'],
    ['bot', botId],
    ['chats'],
    ['chat-commands'],
    ['health'],
  ],
  // What belongs to it alone is no longer there to be asked for.
  'bot.deleted': () => [['status'], ['bots'], ['chats'], ['chat-commands'], ['health']],
  'omemo.published': () => [],
  'omemo.devices-added': () => [['devices'], ['chat-members'], ['chats'], ['bots'], ['bot'], ['health']],
  'omemo.trust-changed': () => [['devices'], ['chats'], ['bots'], ['bot'], ['health']],
  'room.changed': () => [['rooms'], ['chats'], ['chat-members'], ['health']],
  'update.queued': () => [],
  'update.failed': () => [],
  'delivery.changed': ({ botId }) => [
    ['bots'],
    ['bot', botId, 'deliveries'],
    ['bot', botId, 'updates'],
    ['bot', botId, 'webhook'],
  ],
  'activity.changed': ({ botId }) => [['bot', botId, 'activity']],
  'ai.changed': ({ botId }) => [['bot', botId, 'ai']],
  'ai.used': ({ botId }) => [
    ['bot', botId, 'ai'],
    ['bot', botId, 'ai-usage'],
  ],
  'telegram.changed': ({ botId }) => [['bot', botId, 'telegram'], ['health']],
  'webhook.changed': ({ botId }) => [['status'], ['bots'], ['bot', botId], ['health']],
  'webhook.health-changed': ({ botId }) => [['status'], ['bots'], ['bot', botId, 'webhook'], ['health']],
  'message.queued': () => [],
  'message.state-changed': () => [],
  'setting.changed': () => [['settings'], ['status'], ['health']],
  'sandbox.changed': () => [['sandbox']],
  'chat.message': () => [],
  'chat.changed': () => [],
  'chat.typing': () => [],
};

export const staleKeys = <N extends keyof EngineEvents>(
  name: N,
  data: EngineEvents[N],
): readonly QueryKey[] => (Object.hasOwn(STALE, name) ? STALE[name](data) : []);
