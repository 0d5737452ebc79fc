import { useQuery } from '@tanstack/react-query';
import type { Chat } from '../../../src-shared/client/types.ts';
import { botsQuery, useBotPicture } from '../../queries/bots.ts';
import type { DotState } from '../../ui/dot-state.ts';
import { accountDot } from '../../ui/dot-state.ts';
import logo from '../../ui/logo.svg';
import { BotMark, PersonMark, RoomMark } from '../../ui/marks.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import styles from './chat-mark.module.css';

const PRESENCES: Record<NonNullable<Chat['presence']>, DotState> = {
  online: 'on',
  away: 'waiting',
  dnd: 'waiting',
  offline: 'off',
};

/** How somebody is there, as a shape; nothing is known of rooms, and Botmother is always there. */
export function dotOf({ kind, state, presence }: Chat): DotState | undefined {
  if (kind === 'bot' && state) return accountDot(state);
  return kind === 'contact' && presence ? PRESENCES[presence] : undefined;
}

interface ChatMarkProps {
  chat: Pick<Chat, 'kind' | 'name' | 'bot_id' | 'jid'>;
  size?: 32 | 40;
  dot?: DotState | undefined;
  ground?: 'list' | 'canvas' | 'active';
}

/** A conversation's picture: Botmother's own, a squircle for bots, a circle for people and rooms. */
export function ChatMark({ chat, size = 40, dot, ground = 'canvas' }: ChatMarkProps) {
  return (
    <span className={styles.mark}>
      <Picture chat={chat} size={size} />
      {dot && (
        <span className={`${styles.dot} ${styles[ground]}`}>
          <StateDot state={dot} />
        </span>
      )}
    </span>
  );
}

function Picture({ chat, size }: { chat: ChatMarkProps['chat']; size: 32 | 40 }) {
  if (chat.kind === 'self') return <OwnMark size={size} />;
  if (chat.kind === 'bot') return <BotFace id={chat.bot_id ?? 0} name={chat.name} size={size} />;
  if (chat.kind === 'room') return <RoomMark name={chat.jid} size={size} />;
  return <PersonMark name={chat.name} size={size} />;
}

/** A bot as it is seen in the list of bots: with the picture it was given. */
export function BotFace({ id, name, size }: { id: number; name: string; size: 32 | 40 }) {
  const { data: has_picture = false } = useQuery({
    ...botsQuery,
    select: (bots) => bots.some((bot) => bot.id === id && bot.has_picture),
  });
  return <BotMark id={id} name={name} picture={useBotPicture({ id, has_picture })} size={size} />;
}

export const OwnMark = ({ size }: { size: 32 | 40 }) => <img alt="" height={size} src={logo} width={size} />;
