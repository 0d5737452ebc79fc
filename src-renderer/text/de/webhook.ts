import type { webhook as en } from '../en/webhook.ts';
import { countDe as count, type Words } from '../words.ts';

export const webhook: Words<typeof en> = {
  emptyTitle: 'Kein Webhook',
  emptyBody:
    'Gib eine Adresse an, und jedes Update wird dorthin geschickt, signiert. Ohne sie holt dein Programm sie ab.',
  set: 'Webhook setzen',
  edit: 'Bearbeiten',
  secret: 'Geheimnis',
  secretHelp: 'Es signiert jede Zustellung, damit dein Programm sie als unsere erkennt.',
  rotate: 'Anderes machen',
  rotateTitle: 'Ein anderes Geheimnis machen?',
  rotateBody: 'Dein Programm lehnt Zustellungen ab, bis es das neue kennt.',
  updates: 'Updates',
  remove: 'Webhook entfernen…',
  removeTitle: 'Den Webhook entfernen?',
  removeBody: (n) =>
    n === 0
      ? 'Dein Programm holt seine Updates dann ab.'
      : `${count(n, 'wartendes Update bleibt', 'wartende Updates bleiben')} zum Abholen da.`,
  removeAction: 'Webhook entfernen',
  removed: 'Der Webhook ist entfernt',
  saved: 'Der Webhook ist gesetzt',
  url: 'Adresse',
  urlHelp: 'https://, oder http:// auf diesem Rechner',
  types: 'Was geschickt wird',
  test: 'Testen',
  answered: (status, ms) => `Antwort ${status} nach ${ms} ms`,
  unanswered: (reason) => `Keine Antwort: ${reason}`,
  testNote: 'Speichern geht in jedem Fall.',
  failing: (error, when) => `Der Endpunkt scheitert seit ${when}: ${error}`,
  failingBody: (n) =>
    `${count(n, 'Update wartet', 'Updates warten')}, in Reihenfolge. Innerhalb eines Tages geht nichts verloren.`,
  nextTry: (when) => `Nächster Versuch: ${when}`,
  tryNow: 'Jetzt versuchen',
  lists: { open: 'Wartend', delivered: 'Zugestellt', dead: 'Aufgegeben' },
  list: 'Welche Zustellungen zu sehen sind',
  emptyLists: {
    open: 'Nichts wartet.',
    delivered: 'Noch keine Zustellungen. Sie erscheinen, sobald der Bot etwas empfängt.',
    dead: 'Nichts wurde aufgegeben.',
  },
  number: (n) => `#${n}`,
  attempts: (n) => count(n, 'Versuch', 'Versuche'),
  inLine: 'in der Reihe',
  replay: 'Noch einmal',
  replayAll: (n) => `Alle ${n} noch einmal`,
  chooseAll: 'Alle wählen, die zu sehen sind',
  chosen: (n) => `${count(n, 'Update', 'Updates')} gewählt`,
  choose: (n) => `Update ${n} wählen`,
  replayChosen: (n) => (n === 1 ? 'Das gewählte noch einmal' : `Die gewählten ${n} noch einmal`),
  noRoom: (n) => `Für ${n} ist in der Warteschlange noch kein Platz.`,
  replayOf: (n) => `Update ${n} noch einmal zustellen`,
  replayed: (n) =>
    `${count(n, 'Update geht', 'Updates gehen')} noch einmal hinaus, unter derselben Zustellungs-ID`,
  request: 'Anfrage',
  answer: 'Antwort',
  noAnswer: 'Keine Antwort',
  noRequest: 'Noch wurde nichts geschickt.',
  delivery: 'Zustellung',
  more: 'Ältere zeigen',
  track: (n) => `Bisher ${count(n, 'Versuch', 'Versuche')}`,
  planned: 'als Nächstes',
  dropped: (n) =>
    `${count(n, 'Update hat', 'Updates haben')} nicht in die Warteschlange gepasst und sind verloren.`,
};
