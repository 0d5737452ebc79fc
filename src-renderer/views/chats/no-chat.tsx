import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { addChat } from '../../../src-shared/client/window.ts';
import { engine } from '../../client.ts';
import { paths } from '../../places.ts';
import { type ChatKey, placeChat } from '../../queries/chats.ts';
import { useText } from '../../text/use-text.ts';
import { Empty } from '../../ui/empty.tsx';
import { AddPersonIcon, ChatIcon } from '../../ui/icons.tsx';

/** An address that nobody has written with yet, from a link or typed. */
export function NoChat({ chat }: { chat: ChatKey }) {
  const text = useText().chats.noChat;
  const client = useQueryClient();
  const begin = useMutation({
    mutationFn: () => addChat(engine, { account: chat.account, jid: chat.jid }),
    onSuccess: (begun) => placeChat(client, chat, begun),
  });
  return (
    <Empty
      actions={
        <Button loading={begin.isPending} onClick={() => begin.mutate()}>
          {text.begin}
        </Button>
      }
      icon={<ChatIcon size={22} />}
      isAlone
      title={text.title(chat.jid)}
    >
      <p>{text.body}</p>
      {begin.error && <p role="alert">{begin.error.message}</p>}
    </Empty>
  );
}

/** Nobody is signed in. */
export function NoAccount() {
  const text = useText().chats.noAccount;
  const [, go] = useLocation();
  return (
    <Empty
      actions={<Button onClick={() => go(paths.welcome)}>{text.add}</Button>}
      icon={<AddPersonIcon size={22} />}
      isAlone
      title={text.title}
    >
      <p>{text.body}</p>
    </Empty>
  );
}
