import type { Entry } from './entry.ts';

/** What is sent, to whom, and what is received. */
export const messageErrors = {
  'text.not-xml': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '`{field}` contains a character that XMPP cannot carry ({character}). Remove it.',
  },
  'text.too-long': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '`{field}` is {bytes} bytes long; at most {limit} are allowed.',
  },
  'message.too-large': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'As XMPP sends it, this message is {bytes} bytes long; at most {limit} are allowed. Characters such as <, >, & and quotes take up to six bytes each, and what a reply quotes counts too. Split `text` into several messages.',
  },
  'recipient.not-allowed': {
    kind: 'forbidden',
    slug: 'forbidden',
    text: 'Bot {id} writes to its owner only. Its owner can allow {to} with the setting allowed_contacts.',
  },
  'text.too-long-encrypted': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'Encrypted for all devices the message takes {bytes} bytes; at most {limit} are allowed. Send it in parts.',
  },
  'recipient.own-bot': {
    kind: 'forbidden',
    slug: 'forbidden',
    text: '{to} is a bot of this installation. A program may not write to it, so that bots do not talk in circles.',
  },
  'message.not-found': {
    kind: 'not-found',
    slug: 'not_found',
    text: 'There is no message {id} of this bot.',
  },
  'message.unknown': {
    kind: 'not-found',
    slug: 'not_found',
    text: 'No message {id} is known in the conversation with {to}. Use the `stanza_id` of an update, or a `message_id` that sendMessage returned.',
  },
  'message.not-own': {
    kind: 'forbidden',
    slug: 'forbidden',
    text: 'Message {id} is not from this bot. Only who wrote a message can take it back.',
  },
  'reaction.not-emoji': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '`reaction` takes emojis only, at most {limit} of them. An empty text removes the reaction.',
  },
  'idempotency.other-request': {
    kind: 'conflict',
    slug: 'conflict',
    text: 'This Idempotency-Key was used within 24 hours for a message with other content. Use a new key for a new message.',
  },
  'updates.second-poller': {
    kind: 'conflict',
    slug: 'conflict',
    text: 'Another program took over the updates of this bot. Run one getUpdates loop or event stream only.',
  },
  'updates.webhook-set': {
    kind: 'conflict',
    slug: 'conflict',
    text: 'A webhook is set. Call deleteWebhook first, then poll.',
  },
  'dead-letter.not-found': {
    kind: 'not-found',
    slug: 'not_found',
    text: 'Bot {id} has no dead letter {updateId}. The list of them is at /api/v1/bots/{id}/dead-letters.',
  },
  'delivery.not-found': {
    kind: 'not-found',
    slug: 'not_found',
    text: 'Nothing is known of update {updateId} of bot {id}: deliveries are kept for a day.',
  },
  'webhook.not-set': {
    kind: 'conflict',
    slug: 'conflict',
    text: 'Bot {id} has no webhook. Set one first.',
  },
  'webhook.idle': {
    kind: 'conflict',
    slug: 'conflict',
    text: 'Nothing goes to the webhook of bot {id} now: the bot is deactivated, or bots are switched off. Activate it first.',
  },
  'address.refused': { kind: 'invalid', slug: 'bad_request', text: '{url} is refused: {reason}' },
} as const satisfies Record<string, Entry>;
