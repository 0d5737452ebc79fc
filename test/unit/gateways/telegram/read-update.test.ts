import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUpdate } from '../../../../src-main/gateways/telegram/reading/read-update.ts';

const CHAT = { id: -1001, type: 'supergroup', title: 'Team', username: 'team' };
const ANNA = { id: 7, is_bot: false, first_name: 'Anna', last_name: 'Lovelace' };
const message = (content: object) => ({
  message_id: 12,
  date: 1_700_000_000,
  chat: CHAT,
  from: ANNA,
  ...content,
});
const read = (content: object) => readUpdate({ update_id: 5, message: message(content) });
const mediaOf = (content: object) => read(content).message?.media;

describe('a message', () => {
  it('has a chat, a sender, a text with its styling, and a time', () => {
    const entities = [{ type: 'bold', offset: 0, length: 2 }];

    expect(
      read({ text: 'Hi', entities: [...entities, { type: 'italic', offset: 1, length: 9 }, null, 'x'] }),
    ).toEqual({
      id: 5,
      chat: { id: '-1001', kind: 'supergroup', title: 'Team', username: 'team' },
      message: {
        id: 12,
        isEdit: false,
        from: 'Anna Lovelace',
        isFromBot: false,
        text: { text: 'Hi', entities },
        at: 1_700_000_000,
      },
    });
  });

  it('is known as an edit, of people and of channels', () => {
    const channel = { id: -1002, type: 'channel', title: 'News' };
    const edited = message({ text: 'now', edit_date: 1_700_000_009 });
    const post = {
      message_id: 3,
      date: 1,
      chat: channel,
      sender_chat: channel,
      text: 'now',
      author_signature: 'Bo',
    };

    expect(readUpdate({ update_id: 1, edited_message: edited }).message).toMatchObject({
      isEdit: true,
      at: 1_700_000_009,
    });
    expect(readUpdate({ update_id: 1, edited_channel_post: post }).message).toMatchObject({
      isEdit: true,
      from: 'News',
    });
    expect(readUpdate({ update_id: 1, channel_post: post }).message).toMatchObject({
      isEdit: false,
      isFromBot: false,
    });
  });

  it.each<[string, object, object]>([
    ['a bot', { from: { id: 9, is_bot: true, first_name: 'Echo' } }, { from: 'Echo', isFromBot: true }],
    [
      'a group as itself',
      { from: { id: 1087968824, is_bot: true, first_name: 'Group' }, sender_chat: CHAT },
      { from: 'Team', isFromBot: false },
    ],
    [
      'a deleted account',
      { from: { id: 9, is_bot: false, first_name: '' } },
      { from: '9', isFromBot: false },
    ],
    [
      'a name that disturbs',
      { from: { id: 9, is_bot: false, first_name: 'A\n\u202eB', last_name: '👩‍👧' } },
      { from: 'A B 👩‍👧' },
    ],
  ])('is from %s', (_, sender, expected) => {
    expect(read({ text: 'Hi', ...sender }).message).toMatchObject(expected);
  });

  it.each<[string, object, string | undefined]>([
    ['a person', { type: 'user', sender_user: ANNA }, 'Anna Lovelace'],
    ['somebody hidden', { type: 'hidden_user', sender_user_name: 'Nobody' }, 'Nobody'],
    ['a group', { type: 'chat', sender_chat: CHAT }, 'Team'],
    ['a channel', { type: 'channel', chat: { id: -5, type: 'channel', title: 'News' } }, 'News'],
    ['what nobody knows yet', { type: 'later' }, undefined],
  ])('is forwarded from %s', (_, forward_origin, name) => {
    expect(read({ text: 'Hi', forward_origin }).message?.forwardedFrom).toBe(name);
  });

  it('answers another, or the quoted part of it, but no topic', () => {
    const answered = message({ message_id: 3, text: 'all of it' });

    expect(read({ text: 'yes', reply_to_message: answered }).message?.replyTo).toEqual({
      id: 3,
      from: 'Anna Lovelace',
      isFromBot: false,
      text: 'all of it',
    });
    expect(
      read({ text: 'yes', reply_to_message: answered, quote: { text: 'of it', position: 4 } }).message
        ?.replyTo?.text,
    ).toBe('of it');
    const topic = message({ message_id: 1, forum_topic_created: { name: 'Talk' } });
    expect(read({ text: 'yes', reply_to_message: topic }).message?.replyTo).toBeUndefined();
  });
});

describe('what is besides text', () => {
  const file = { file_id: 'a', file_unique_id: 'b' };
  it.each<[object, object]>([
    [
      {
        photo: [
          { ...file, width: 90, height: 60 },
          { ...file, width: 1280, height: 960, file_size: 99 },
        ],
        has_media_spoiler: true,
      },
      { kind: 'photo', width: 1280, height: 960, sizeBytes: 99, isHidden: true },
    ],
    [
      { video: { ...file, width: 640, height: 480, duration: 9, file_name: 'a.mp4' }, media_group_id: 'g' },
      { kind: 'video', width: 640, height: 480, durationS: 9, name: 'a.mp4', group: 'g' },
    ],
    [
      { video_note: { ...file, length: 240, duration: 3 } },
      { kind: 'video-note', width: 240, height: 240, durationS: 3 },
    ],
    [
      { animation: { ...file, width: 1, height: 2, duration: 3 }, document: { ...file, file_name: 'a.gif' } },
      { kind: 'animation', width: 1, height: 2, durationS: 3 },
    ],
    [{ voice: { ...file, duration: 4 } }, { kind: 'voice', durationS: 4 }],
    [
      { audio: { ...file, duration: 200, title: 'Song', performer: 'Choir', file_name: 'x.mp3' } },
      { kind: 'audio', durationS: 200, name: 'Song', detail: 'Choir' },
    ],
    [
      { document: { ...file, file_name: 'a\nb.pdf', file_size: 1234 } },
      { kind: 'document', name: 'a b.pdf', sizeBytes: 1234 },
    ],
    [
      { sticker: { ...file, type: 'regular', width: 512, height: 512, emoji: '👍' } },
      { kind: 'sticker', width: 512, height: 512, emoji: '👍' },
    ],
    [
      { contact: { phone_number: '+49 1', first_name: 'Bo', last_name: 'Peep' } },
      { kind: 'contact', name: 'Bo Peep', detail: '+49 1' },
    ],
    [
      { location: { latitude: 52.5, longitude: 13.4 } },
      { kind: 'location', latitude: 52.5, longitude: 13.4 },
    ],
    [
      { location: { latitude: 52.5, longitude: 13.4, live_period: 900 } },
      { kind: 'live-location', latitude: 52.5, longitude: 13.4 },
    ],
    [
      {
        venue: { location: { latitude: 1, longitude: 2 }, title: 'Bar', address: 'Road 1' },
        location: { latitude: 1, longitude: 2 },
      },
      { kind: 'venue', name: 'Bar', detail: 'Road 1', latitude: 1, longitude: 2 },
    ],
    [
      {
        poll: {
          question: 'Tea?',
          type: 'regular',
          options: [
            { text: 'Yes', voter_count: 0 },
            { text: 'No', voter_count: 1 },
          ],
        },
      },
      { kind: 'poll', name: 'Tea?', items: [{ text: 'Yes' }, { text: 'No' }] },
    ],
    [{ poll: { question: '1+1', type: 'quiz', options: [] } }, { kind: 'quiz', name: '1+1', items: [] }],
    [
      {
        checklist: {
          title: 'Buy',
          tasks: [
            { id: 1, text: 'Tea', completion_date: 5 },
            { id: 2, text: 'Milk' },
          ],
        },
      },
      {
        kind: 'checklist',
        name: 'Buy',
        items: [
          { text: 'Tea', isDone: true },
          { text: 'Milk', isDone: false },
        ],
      },
    ],
    [{ dice: { emoji: '🎯', value: 6 } }, { kind: 'dice', emoji: '🎯', value: 6 }],
    [{ game: { title: 'Chess', description: '' } }, { kind: 'game', name: 'Chess' }],
    [{ story: { chat: CHAT, id: 1 } }, { kind: 'story' }],
    [{ invoice: { title: 'Tea', currency: 'EUR' } }, { kind: 'invoice', name: 'Tea' }],
    [{ paid_media: { star_count: 1, paid_media: [] } }, { kind: 'paid-media' }],
    [
      { live_photo: { ...file, photo: [{ width: 4, height: 3 }] }, photo: [] },
      { kind: 'live-photo', width: 4, height: 3 },
    ],
    [{ giveaway: { chats: [] } }, { kind: 'giveaway' }],
    [{ hologram: { file_id: 'z' } }, { kind: 'unknown' }],
  ])('%j', (content, expected) => {
    expect(mediaOf(content)).toEqual(expected);
  });

  it('has its caption as the text', () => {
    const caption_entities = [{ type: 'bold', offset: 0, length: 4 }];

    expect(read({ photo: [], caption: 'Look', caption_entities }).message?.text).toEqual({
      text: 'Look',
      entities: caption_entities,
    });
  });

  it('is none where Telegram itself speaks', () => {
    for (const event of [
      { new_chat_members: [ANNA] },
      { left_chat_member: ANNA },
      { pinned_message: message({}) },
      { video_chat_started: {} },
    ]) {
      expect(read(event)).toEqual({ id: 5, chat: expect.objectContaining({ id: '-1001' }) });
    }
    expect(read({ migrate_to_chat_id: -100_777 })).toMatchObject({ migratedTo: '-100777' });
  });

  it('reads documents with headings, lists and tables as text', () => {
    const rich_message = {
      blocks: [
        { type: 'heading', text: 'Title', size: 1 },
        {
          type: 'paragraph',
          text: [
            'some ',
            { type: 'bold', text: ['strong ', { type: 'url', text: 'link', url: 'https://a.example/' }] },
            ' words',
          ],
        },
        {
          type: 'list',
          items: [
            { label: '1.', blocks: [{ type: 'paragraph', text: 'one' }] },
            { label: '2.', blocks: [{ type: 'paragraph', text: 'two' }] },
          ],
        },
        {
          type: 'table',
          cells: [
            [{ text: 'a' }, { text: 'b' }],
            [{ text: 'c' }, {}],
          ],
        },
        { type: 'pre', text: 'code', language: 'ts' },
      ],
    };

    expect(read({ rich_message }).message?.text).toEqual({
      text: 'Title\nsome strong link words\n1. one\n2. two\na | b\nc | \ncode',
      entities: [
        { type: 'bold', offset: 0, length: 5 },
        { type: 'text_link', url: 'https://a.example/', offset: 18, length: 4 },
        { type: 'bold', offset: 11, length: 11 },
        { type: 'pre', language: 'ts', offset: 54, length: 4 },
      ],
    });
  });
});

describe('other news', () => {
  it.each([
    ['member', 'in'],
    ['administrator', 'in'],
    ['left', 'out'],
    ['kicked', 'out'],
  ])('say that the bot is %s', (status, membership) => {
    const my_chat_member = { chat: CHAT, from: ANNA, date: 1, new_chat_member: { status, user: ANNA } };

    expect(readUpdate({ update_id: 5, my_chat_member })).toMatchObject({ id: 5, membership });
  });

  it('have their number at least', () => {
    expect(readUpdate({ update_id: 5, poll: {} })).toEqual({ id: 5 });
    expect(readUpdate({ update_id: 5, message: { text: 'without a chat' } })).toEqual({ id: 5 });
    expect(() => readUpdate({ message: message({ text: 'Hi' }) })).toThrow();
  });

  it('end nothing, whatever is in them', () => {
    const members = [
      'text',
      'entities',
      'photo',
      'poll',
      'venue',
      'checklist',
      'rich_message',
      'reply_to_message',
      'forward_origin',
      'from',
      'quote',
      'dice',
    ];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...members), fc.anything()), (content) => {
        expect(readUpdate({ update_id: 5, message: message(content) }).id).toBe(5);
      }),
      { numRuns: 300 },
    );
  });
});
