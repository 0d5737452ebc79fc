import { describe, expect, it } from 'vitest';
import {
  added,
  draftOf,
  emptied,
  type Field,
  filled,
  givenBack,
  typed,
} from '../../../src-renderer/views/chats/composer/field.ts';
import { filesIn } from '../../../src-renderer/views/chats/composer/pasted.ts';
import { uploadStore } from '../../../src-renderer/views/chats/composer/upload-store.ts';
import { inOrder } from '../../../src-renderer/views/chats/in-order.ts';
import { until } from '../../support/until.ts';

const field = (words: string, aside?: string): Field => ({ words, aside });

describe('the field', () => {
  it('gives back what was typed, once what was put into it is sent or given up', () => {
    const editing = filled(field('half a thought'), 'an old message');
    expect(editing).toEqual(field('an old message', 'half a thought'));
    expect(draftOf(editing, true)).toBe('half a thought');
    expect(emptied(editing)).toEqual(field('half a thought'));
    expect(filled(filled(field('half a thought'), '/'), '/newbot ')).toEqual(
      field('/newbot ', 'half a thought'),
    );
  });

  it('gives it back to who deletes a command, and not to who writes a message anew', () => {
    expect(typed(field('/', 'thought'), '', false)).toEqual(field('thought'));
    expect(typed(field('x', 'thought'), '', true)).toEqual(field('', 'thought'));
  });

  it('keeps what was not taken, and what was typed meanwhile', () => {
    expect(givenBack(field(''), 'not sent')).toEqual(field('not sent'));
    expect(givenBack(field('the next'), 'not sent')).toEqual(field('not sent\nthe next'));
  });

  it('keeps no message that is being corrected as a draft', () => {
    expect(draftOf(field('corrected'), true)).toBe('');
    expect(draftOf(field('typed'), false)).toBe('typed');
  });
});

describe('what is said', () => {
  it('goes in the order in which it was said, in each conversation, whatever fails', async () => {
    const run = inOrder();
    const done: string[] = [];
    const say = (chat: string, text: string, turns: number) =>
      run(chat, async () => {
        for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
        done.push(text);
        if (text === 'fails') throw new Error(text);
        return text;
      });

    const all = [say('a', 'slow', 50), say('a', 'fails', 1), say('a', 'last', 1), say('b', 'other', 1)];

    expect(await Promise.allSettled(all)).toMatchObject([
      { value: 'slow' },
      { status: 'rejected' },
      { value: 'last' },
      { value: 'other' },
    ]);
    expect(done).toEqual(['other', 'slow', 'fails', 'last']);
  });
});

describe('what is pasted', () => {
  const file = (name: string) => new File(['x'], name);

  it('is its files, but the text where a picture was only added to it', () => {
    const picture = file('image.png');
    expect(filesIn({ files: [picture], types: ['text/html', 'Files'] })).toEqual([picture]);
    expect(filesIn({ files: [picture], types: ['text/plain', 'text/html', 'Files'] })).toEqual([]);
    const copied = file('notes.pdf');
    expect(filesIn({ files: [copied], types: ['text/plain', 'Files'] })).toEqual([copied]);
  });
});

describe('files on their way', () => {
  const chat = { account: 'you@a.example', jid: 'friend@a.example' };
  const file = new File(['x'], 'x.txt');
  /** A store whose files go when the test says so. */
  function stage() {
    const ways: { resolve: () => void; reject: (error: Error) => void; signal: AbortSignal }[] = [];
    const unseen: Error[] = [];
    const keys: string[] = [];
    let made = 0;
    const store = uploadStore({
      newKey: () => `key-${++made}`,
      send: (_chat, { key }, { signal }) =>
        new Promise((resolve, reject) => {
          keys.push(key);
          ways.push({ resolve, reject, signal });
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        }),
      onUnseen: (error) => unseen.push(error),
    });
    const add = (caption = '') => store.add(chat, [file], caption, () => {});
    const shown = () => store.listOf(chat).map(({ problem }) => problem?.message);
    return { store, ways, keys, unseen, add, shown };
  }

  it('stay, with why they did not go, while another conversation is shown', async () => {
    const { store, ways, keys, unseen, add, shown } = stage();
    const leave = store.subscribe(chat, () => {});
    add();
    leave();
    ways[0]?.reject(new Error('too large'));
    await until('it to have failed', () => shown()[0] === 'too large');
    expect(unseen.map(({ message }) => message)).toEqual(['too large']);

    store.subscribe(chat, () => {});
    store.again(chat, store.listOf(chat)[0]?.id ?? 0, () => {});
    expect(shown()).toEqual([undefined]);
    ways[1]?.resolve();
    await until('it to be sent', () => shown().length === 0);
    expect(unseen).toHaveLength(1);
    // The first try may have arrived: the second one says that it is the same.
    expect(keys).toEqual(['key-1', 'key-1']);
    add();
    expect(keys).toEqual(['key-1', 'key-1', 'key-2']);
  });

  it('wait where they were pasted until somebody takes them, or does not want them', () => {
    const { store, ways } = stage();
    const other = { ...chat, jid: 'other@a.example' };
    store.hold(chat, [file, new File(['y'], 'y.txt')]);
    store.dropHeld(chat, store.heldIn(chat)[0]?.id ?? 0);

    expect(ways).toHaveLength(0);
    expect(store.heldIn(other)).toEqual([]);
    expect(store.heldIn(chat).map((one) => one.file.name)).toEqual(['y.txt']);
    expect(store.takeHeld(chat).map(({ name }) => name)).toEqual(['y.txt']);
    expect(store.heldIn(chat)).toEqual([]);
  });

  it('are ended, and what was typed with them comes back', async () => {
    const { store, ways, unseen, add, shown } = stage();
    add('look at this');

    expect(store.cancel(chat, store.listOf(chat)[0]?.id ?? 0)).toBe('look at this');

    expect(ways[0]?.signal.aborted).toBe(true);
    await Promise.resolve();
    expect(shown()).toEqual([]);
    expect(unseen).toEqual([]);
  });

  it('tell who looks at the conversation of each change', () => {
    const { store, add } = stage();
    let changes = 0;
    const leave = store.subscribe(chat, () => {
      changes += 1;
    });
    add();
    expect(changes).toBe(1);
    leave();
    add();
    expect(changes).toBe(1);
    expect(store.listOf({ ...chat, jid: 'other@a.example' })).toEqual([]);
  });
});

it.each([
  ['into an empty field', '', 'hello', 'hello'],
  ['behind what is there', 'dear all ', 'hello', 'dear all\nhello'],
  ['not twice', 'dear all\nhello', 'hello', 'dear all\nhello'],
])('a text of a link goes %s', (_, words, text, expected) => {
  expect(added({ words, aside: undefined }, text)).toEqual({ words: expected, aside: undefined });
});
