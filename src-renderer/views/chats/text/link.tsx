import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { linkQuery, readXmppUri } from '../../../../src-shared/xmpp-uri.ts';
import { desktop } from '../../../desktop.ts';
import { paths } from '../../../places.ts';
import { useOpenChat } from '../chat-context.ts';
import styles from './body.module.css';

/** An address in a message. It opens outside of the window, except conversations, which open here. */
export function Link({ href, children }: { href: string; children: ReactNode }) {
  const [, go] = useLocation();
  const { chat } = useOpenChat();
  return (
    <a
      className={styles.link}
      href={href}
      onClick={(event) => {
        if (href.startsWith('xmpp:')) {
          event.preventDefault();
          const link = readXmppUri(href);
          if (link) go(`${paths.chat(chat.account, link.to)}${linkQuery(link)}`);
        } else if (desktop() && !href.startsWith('http:')) {
          event.preventDefault();
          void desktop()?.openExternal(href);
        }
      }}
      rel="noopener noreferrer"
      target="_blank"
    >
      {children}
    </a>
  );
}
