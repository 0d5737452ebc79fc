import type { SettingKey } from '../../../src-shared/api/settings.ts';

/** The pages of the settings by group, in the order of the list. */
export const PAGES = [
  { name: 'general', group: 'general' },
  { name: 'accounts', group: 'general' },
  { name: 'api', group: 'platform' },
  { name: 'server', group: 'platform' },
  { name: 'security', group: 'platform' },
  { name: 'files', group: 'platform' },
  { name: 'audit', group: 'data' },
  { name: 'backup', group: 'data' },
  { name: 'logs', group: 'data' },
  { name: 'about', group: 'data' },
] as const;
export type PageName = (typeof PAGES)[number]['name'];
export const GROUPS = ['general', 'platform', 'data'] as const;

/** The settings of each card, in the order in which they stand. What is not in here cannot be reached: a test looks. */
export const CARDS = {
  look: ['window_language', 'window_theme', 'window_density'],
  chats: ['window_text_size', 'window_enter', 'window_single_keys', 'window_load_pictures', 'language'],
  notifications: ['window_notifications', 'window_notification_text'],
  api: ['api_mode', 'api_port'],
  certificate: ['api_tls_cert', 'api_tls_key'],
  server: [
    'ejabberd_host',
    'ejabberd_api_url',
    'ejabberd_admin_jid',
    'ejabberd_admin_password',
    'ejabberd_service',
    'ejabberd_ca',
  ],
  access: ['admin_auth', 'chat_admin', 'token_display'],
  webhooks: ['webhook_allow_private'],
  bots: ['bot_features_enabled'],
  files: ['file_link_hours'],
  telegram: ['telegram_api_root'],
  limits: ['rate_limit_ip', 'rate_limit_bot'],
} as const satisfies Record<string, readonly SettingKey[]>;
export type CardName = keyof typeof CARDS;

/** On which page a card is. */
export const PAGE_OF: Record<CardName, PageName> = {
  look: 'general',
  chats: 'general',
  notifications: 'general',
  api: 'api',
  certificate: 'api',
  server: 'server',
  access: 'security',
  webhooks: 'security',
  bots: 'files',
  files: 'files',
  telegram: 'files',
  limits: 'files',
};
