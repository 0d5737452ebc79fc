import { attribute, childElements, type Element, xml } from './element.ts';
import type { SessionExtension } from './extension.ts';

export const NS_CHAT_STATES = 'http://jabber.org/protocol/chatstates';
export const CHAT_STATES = ['active', 'composing', 'paused', 'inactive', 'gone'] as const;

export type ChatState = (typeof CHAT_STATES)[number];

/** XEP-0085: Chat State Notifications. */
export const chatStates: SessionExtension = (session, scope) => {
  scope.add(session.advertise(NS_CHAT_STATES));
};

export const chatState = (state: ChatState): Element => xml(state, { xmlns: NS_CHAT_STATES });

/** What the other side does at the moment. A message has one state at most (XEP-0085, 5.2); the first counts. */
export function readChatState(message: Element): ChatState | undefined {
  if (attribute(message, 'type') === 'error') return undefined;
  const found = childElements(message).find((one) => one.getNS() === NS_CHAT_STATES);
  return CHAT_STATES.find((state) => state === found?.getName());
}
