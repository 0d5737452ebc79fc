import type { ToldChat } from '../chat-history.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The conversations that were there before: of somebody with a garden, friends and three bots. All of it is made up. */
export function history({ me, domain, herald }: { me: string; domain: string; herald: string }): ToldChat[] {
  const now = Date.now();
  /** Minutes ago; yesterday at the same time with `days`. */
  const ago = (minutes: number, days = 0) => now - minutes * MINUTE - days * DAY;
  return [
    {
      jid: `chess@conference.${domain}`,
      name: 'Chess on Thursdays',
      isRoom: true,
      isMuted: true,
      messages: [
        { author: 'Ada', text: 'Same place, half past seven?', sentAt: ago(90, 2), isEncrypted: false },
        { author: 'Karim', text: 'I bring the clock.', sentAt: ago(84, 2), isEncrypted: false },
      ],
    },
    {
      jid: `noor@${domain}`,
      name: 'نور',
      messages: [
        { text: 'هل تأتي إلى السوق غدًا؟', sentAt: ago(30, 1) },
        { text: 'Yes, at nine.', isOutgoing: true, sentAt: ago(28, 1) },
      ],
    },
    {
      jid: `jonas@${domain}`,
      name: 'Jonas Weber',
      unread: 2,
      messages: [
        { text: 'The pump is back, it only needed a new seal.', sentAt: ago(300) },
        { text: 'Great, thank you!', isOutgoing: true, sentAt: ago(296) },
        { text: 'Can the bot remind us on Friday?', sentAt: ago(35) },
        { text: 'Somebody has to open the gate at seven.', sentAt: ago(34) },
      ],
    },
    {
      jid: `lena@${domain}`,
      name: 'Lena Hoffmann',
      draft: 'I can bring the',
      messages: [
        { text: 'Did the frost get the tomatoes?', sentAt: ago(220, 1), messageId: 'lena-1' },
        {
          text: 'No, the bot warned me at six. *Covered in time.*',
          isOutgoing: true,
          sentAt: ago(214, 1),
          body: {
            reply: { id: 'lena-1', author: `lena@${domain}`, excerpt: 'Did the frost get the tomatoes?' },
          },
          reactions: { [`lena@${domain}`]: ['👏'] },
        },
        { text: 'How does it know?', sentAt: ago(46) },
        {
          text: 'A few lines in a cron job:\n```sh\ncurl $API/sendMessage \\\n  -H "Authorization: Bearer $TOKEN" \\\n  -d to=mira@chat.example.org \\\n  -d text="Frost tonight, -2 °C"\n```',
          isOutgoing: true,
          sentAt: ago(44),
        },
        {
          text: '> A few lines in a cron job\nThat is all? Then I want one for the bees, see https://bees.example/hive',
          sentAt: ago(41),
          reactions: { [me]: ['🐝'], [`lena@${domain}`]: ['🌻'] },
        },
        { text: 'What is in the parcel', sentAt: ago(40), body: { spoiler: 'A surprise' } },
        { text: 'Write `/newbot Bees` to yourself, _it takes a minute_.', isOutgoing: true, sentAt: ago(38) },
      ],
    },
    {
      jid: herald,
      name: 'Herald',
      messages: [
        {
          text: 'Good morning. *Three things today:*\n1. Dentist at 10:15\n2. Parcel comes before noon\n3. Frost tonight, cover the tomatoes',
          by: 'bot',
          sentAt: ago(190),
        },
        {
          text: 'Move the dentist to Thursday',
          isOutgoing: true,
          sentAt: ago(186),
          reactions: { [herald]: ['👍'] },
        },
        {
          text: 'They have 09:00 or 16:30 on Thursday. Which one?',
          by: 'bot',
          sentAt: ago(185),
          body: {
            actions: [
              { value: '09:00', label: '09:00' },
              { value: '16:30', label: '16:30' },
            ],
          },
        },
      ],
    },
  ];
}
