import { Button, Group, Modal, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { addChat } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import { paths } from '../../../places.ts';
import { placeChat } from '../../../queries/chats.ts';
import { useText } from '../../../text/use-text.ts';

/** Begins a conversation with an address. */
export function NewChat({
  account,
  isOpen,
  onClose,
}: {
  account: string;
  isOpen: boolean;
  onClose: () => void;
}) {
  const text = useText();
  const words = text.chats.newChat;
  const client = useQueryClient();
  const [, go] = useLocation();
  const [address, setAddress] = useState('');
  const begin = useMutation({
    mutationFn: (jid: string) => addChat(engine, { account, jid }),
    onSuccess(chat) {
      placeChat(client, chat, chat);
      close();
      go(paths.chat(chat.account, chat.jid));
    },
  });
  function close() {
    setAddress('');
    begin.reset();
    onClose();
  }
  return (
    <Modal centered onClose={close} opened={isOpen} title={words.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const jid = address
            .trim()
            .replace(/^xmpp:/i, '')
            .replace(/[?#].*$/, '');
          if (jid !== '') begin.mutate(jid);
        }}
      >
        <TextInput
          autoCapitalize="none"
          autoComplete="off"
          data-autofocus
          description={words.help}
          error={begin.error?.message}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          label={words.address}
          onChange={(event) => setAddress(event.currentTarget.value)}
          spellCheck={false}
          value={address}
        />
        <Text c="dimmed" mt="md" size="sm">
          {words.from(account)}
        </Text>
        <Group justify="flex-end" mt="xl">
          <Button onClick={close} variant="default">
            {text.common.cancel}
          </Button>
          <Button loading={begin.isPending} type="submit">
            {words.begin}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
