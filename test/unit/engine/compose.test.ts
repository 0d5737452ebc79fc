import { parse } from 'ltx';
import { describe, expect, it } from 'vitest';
import {
  composeChat,
  composeChatState,
  composeReaction,
  composeRetraction,
} from '../../../src-main/engine/messages/compose.ts';
import { readChatState } from '../../../src-main/gateways/xmpp/xep-0085-chat-states.ts';
import { readReplaced } from '../../../src-main/gateways/xmpp/xep-0308-correction.ts';
import { readHints } from '../../../src-main/gateways/xmpp/xep-0334-hints.ts';
import { originIdOf } from '../../../src-main/gateways/xmpp/xep-0359-stanza-ids.ts';
import { readRetraction } from '../../../src-main/gateways/xmpp/xep-0424-retraction.ts';
import { readFallbacks } from '../../../src-main/gateways/xmpp/xep-0428-fallback.ts';
import { readReactions } from '../../../src-main/gateways/xmpp/xep-0444-reactions.ts';
import { readReply } from '../../../src-main/gateways/xmpp/xep-0461-reply.ts';
import type { MessageId } from '../../../src-shared/ids.ts';
import { bareJid } from '../../../src-shared/jid.ts';

const you = bareJid('you@localhost');
const friend = bareJid('friend@localhost');
const first = 'first' as MessageId;
const isMarked = (stanza: string) => parse(stanza).getChild('generated', 'urn:botmother:0') !== undefined;
const asks = (stanza: string) => parse(stanza).getChild('request', 'urn:xmpp:receipts') !== undefined;

describe('what goes out', () => {
  it.each([
    ['a message', composeChat(you, friend, 'a & b')],
    ['a correction', composeChat(you, friend, 'b', { corrects: first })],
    ['an answer', composeChat(you, friend, 'b', { answers: { id: 'm', author: friend, excerpt: 'a' } })],
    ['a reaction', composeReaction(friend, 'm', ['👍'])],
    ['a retraction', composeRetraction(friend, 'm', 'gone')],
  ])('as %s is a chat message under one id, with our mark', (_name, { id, to, stanza }) => {
    const message = parse(stanza);

    expect([to, message.attrs]).toEqual([friend, { to: friend, id, type: 'chat' }]);
    expect([originIdOf(message), isMarked(stanza)]).toEqual([id, true]);
  });

  it('asks others for receipts, and not ourselves', () => {
    expect([asks(composeChat(you, friend, 'a').stanza), asks(composeChat(you, you, 'a').stanza)]).toEqual([
      true,
      false,
    ]);
  });

  it('as an answer names the message and its author, and quotes it for those who do not know answers', () => {
    const answers = { id: 'm1', author: friend, excerpt: 'one\n🎂 two' };
    const message = parse(composeChat(you, friend, 'three', { answers }).stanza);

    expect(message.getChildText('body')).toBe('> one\n> 🎂 two\nthree');
    expect(readReply(message)).toEqual({ id: 'm1', to: friend, text: 'three' });
  });

  it('as an answer to a text that is not kept quotes nothing', () => {
    const answers = { id: 'm1', author: friend, excerpt: undefined };
    const message = parse(composeChat(you, friend, '> three', { answers }).stanza);

    expect(message.getChildText('body')).toBe('> three');
    expect(readReply(message)).toEqual({ id: 'm1', to: friend, text: '> three' });
    expect(readFallbacks(message)).toEqual([]);
  });

  it('as a correction names the first message', () => {
    const { stanza, originalId } = composeChat(you, friend, 'b', { corrects: first });

    expect([readReplaced(parse(stanza)), originalId]).toEqual([{ id: 'first' }, 'first']);
  });

  it('as a reaction has no body but is archived', () => {
    const message = parse(composeReaction(friend, 'm', ['👍', '🎂']).stanza);

    expect(readReactions(message)).toEqual({ id: 'm', emojis: new Set(['👍', '🎂']) });
    expect(message.getChild('body')).toBeUndefined();
    expect([...readHints(message)]).toEqual(['store']);
  });

  it('as a retraction has a text that is all fallback, and is archived', () => {
    const message = parse(composeRetraction(friend, 'm', 'gone').stanza);

    expect(readRetraction(message)).toEqual({ id: 'm' });
    expect(message.getChildText('body')).toBe('gone');
    expect(readFallbacks(message)[0]?.namespace).toBe('urn:xmpp:message-retract:1');
    expect([...readHints(message)]).toEqual(['store']);
  });

  it('as a chat state is marked and not archived', () => {
    const message = composeChatState(friend, 'composing');

    expect(readChatState(message)).toBe('composing');
    expect(isMarked(message.toString())).toBe(true);
    expect([...readHints(message)]).toEqual(['no-store']);
    expect(message.attrs.type).toBe('chat');
    expect(composeChatState(friend, 'paused', { isRoom: true }).attrs).toMatchObject({
      to: friend,
      type: 'groupchat',
    });
  });
});
