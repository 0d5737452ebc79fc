import { ActionIcon, Tooltip } from '@mantine/core';
import { type Ref, useId, useImperativeHandle, useRef, useState } from 'react';
import type { Chat } from '../../../../src-shared/client/types.ts';
import type { ChatCommand } from '../../../queries/chat-commands.ts';
import { useSetting } from '../../../queries/settings.ts';
import { useText } from '../../../text/use-text.ts';
import { SendIcon, SlashIcon } from '../../../ui/icons.tsx';
import type { Target } from '../chat-pane.tsx';
import type { MessageActs } from '../use-message-acts.ts';
import { AttachButton } from './attach-button.tsx';
import styles from './composer.module.css';
import { ComposerField } from './composer-field.tsx';
import { ComposerLines } from './composer-lines.tsx';
import { EmojiButton } from './emoji-button.tsx';
import { added, draftOf, emptied, type Field, filled, givenBack, typed } from './field.ts';
import { HeldList } from './held-list.tsx';
import { Palette } from './palette.tsx';
import { UploadList } from './upload-list.tsx';
import { useComposerKeys } from './use-composer-keys.ts';
import { useDraft } from './use-draft.ts';
import { usePalette } from './use-palette.ts';
import { useTyping } from './use-typing.ts';
import { useUntaken } from './use-untaken.ts';
import type { Uploads } from './use-uploads.ts';

export interface ComposerHandle {
  /** Puts a text into the field; what was typed there comes back after it. */
  fill: (text: string) => void;
  /** Puts a text behind what is there; nobody is told that somebody writes. */
  add: (text: string) => void;
  focus: () => void;
}

interface ComposerProps {
  chat: Chat;
  acts: MessageActs;
  commands: readonly ChatCommand[];
  uploads: Uploads;
  target: Target | undefined;
  onTarget: (target: Target | undefined) => void;
  onEditLast: () => void;
  onSent: () => void;
  ref: Ref<ComposerHandle>;
}

/** Where one writes. */
export function Composer(props: ComposerProps) {
  const { chat, acts, commands, uploads, target, onTarget, onEditLast, onSent, ref } = props;
  const text = useText().chats.composer;
  const enter = useSetting('window_enter');
  const [state, setState] = useState<Field>({ words: chat.draft, aside: undefined });
  // What is answered later has to know what stands there then.
  const latest = useRef({ state, target });
  latest.current = { state, target };
  const untaken = useUntaken();
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(chat, chat.draft);
  const typing = useTyping(chat);
  const listId = useId();
  const [isFocused, setFocused] = useState(false);
  const { words } = state;
  const palette = usePalette(isFocused ? words : '', commands);
  const isOff = chat.encryption.state === 'impossible';
  const isEmpty = words.trim() === '' && uploads.held.length === 0;
  const isEditing = target?.kind === 'edit';

  function change(next: Field) {
    latest.current.state = next;
    setState(next);
  }
  function put(next: string) {
    if (next === '') untaken.forget();
    change(typed(state, next, isEditing));
    draft.note(draftOf(latest.current.state, isEditing));
    typing.typed(next);
    acts.forgetProblem();
  }
  /** The field with the cursor at that place of it, once it is drawn. */
  function focusAt(place: number) {
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(place, place);
    });
  }
  function fill(next: string) {
    change(filled(latest.current.state, next));
    focusAt(next.length);
  }
  function add(text: string) {
    if (isEditing) dropTarget();
    change(added(latest.current.state, text));
    draft.note(draftOf(latest.current.state, false));
    focusAt(latest.current.state.words.length);
  }
  useImperativeHandle(ref, () => ({ fill, add, focus: () => field.current?.focus() }));

  async function send(said = words) {
    if (isOff) return;
    if (uploads.held.length > 0 && !said.startsWith('/')) {
      attach(uploads.takeHeld());
      // What answers or corrects something goes by itself.
      if (!target) return;
    }
    if (said.trim() === '') return;
    const about =
      target?.kind === 'reply'
        ? { replyTo: target.message.message_id }
        : target && { replaceId: target.message.message_id };
    // The field is free at once; what was not taken comes back to it, with what it was about.
    change(emptied(state));
    onTarget(undefined);
    typing.done();
    const request = JSON.stringify([said, about]);
    const key = untaken.keyOf(request);
    const isTaken = await acts.write(said, about, key);
    const now = latest.current;
    untaken.settled(request, key, isTaken);
    if (!isTaken) {
      if (now.state.words === '' && !now.target) onTarget(target);
      change(givenBack(now.state, said));
      return;
    }
    draft.keep(draftOf(now.state, now.target?.kind === 'edit'));
    onSent();
  }
  /** A command that needs more is completed, as is one that was only meant; any other is sent. */
  function run(command: ChatCommand) {
    if (command.args.trimStart().startsWith('<')) return fill(`/${command.name} `);
    if (palette.list.length === 0) return fill(`/${command.name}`);
    void send(`/${command.name}`);
  }
  function dropTarget() {
    if (isEditing) change(emptied(state));
    onTarget(undefined);
  }

  const onKeyDown = useComposerKeys({
    palette,
    isEmpty: words === '',
    hasTarget: target !== undefined,
    fill,
    run,
    send: () => void send(),
    dropTarget,
    editLast: onEditLast,
  });
  /** What stands in the field goes with them, unless it is an answer or a correction, which files cannot be. */
  function attach(files: readonly File[]) {
    if (files.length === 0) return;
    uploads.add(files, target ? '' : words.trim());
    if (!target) {
      change(emptied(state));
      draft.keep(draftOf(latest.current.state, false));
    }
    onSent();
  }
  function cancelUpload(id: number) {
    const caption = uploads.cancel(id);
    if (caption !== '') change(givenBack(latest.current.state, caption));
  }
  function insert(emoji: string) {
    const [from, to] = [
      field.current?.selectionStart ?? words.length,
      field.current?.selectionEnd ?? words.length,
    ];
    put(`${words.slice(0, from)}${emoji}${words.slice(to)}`);
    focusAt(from + emoji.length);
  }

  const name = chat.kind === 'self' ? text.placeholderSelf : text.placeholder(chat.name);
  return (
    <footer className={styles.composer}>
      {uploads.list.length > 0 && (
        <UploadList list={uploads.list} onAgain={uploads.again} onCancel={cancelUpload} />
      )}
      {uploads.held.length > 0 && (
        <HeldList list={uploads.held} onDrop={uploads.dropHeld} onSend={() => void send()} />
      )}
      <ComposerLines
        chat={chat}
        enter={enter}
        isSending={acts.isSending}
        onDrop={dropTarget}
        problem={acts.problem}
        target={target}
      />
      <div className={styles.box}>
        {palette.isOpen && (
          <Palette
            chosen={palette.chosen}
            commands={palette.list}
            id={listId}
            isRanked={palette.typed !== ''}
            onChoose={palette.setChosen}
            onRun={run}
            suggestion={palette.suggestion}
            total={commands.length}
            typed={palette.typed}
          />
        )}
        <AttachButton isOff={isOff} name={chat.name} onFiles={attach} />
        <ComposerField
          isOff={isOff}
          listId={listId}
          name={name}
          onFiles={uploads.hold}
          onFocused={setFocused}
          onKeyDown={onKeyDown}
          onText={put}
          palette={palette}
          ref={field}
          words={words}
        />
        <Tooltip label={text.commands}>
          <ActionIcon
            aria-label={text.commands}
            className={styles.tool ?? ''}
            disabled={isOff || commands.length === 0}
            onClick={() => fill('/')}
            size={34}
            variant="subtle"
          >
            <SlashIcon />
          </ActionIcon>
        </Tooltip>
        <EmojiButton isOff={isOff} onPick={insert} />
        <ActionIcon
          aria-label={text.send(chat.name)}
          className={isEmpty || isOff ? (styles.sendOff ?? '') : ''}
          disabled={isEmpty || isOff}
          onClick={() => void send()}
          size={34}
        >
          <SendIcon />
        </ActionIcon>
      </div>
    </footer>
  );
}
