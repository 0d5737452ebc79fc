import type { botAiUse as en } from '../en/bot-ai-use.ts';
import { countDe as count, type Words } from '../words.ts';

export const botAiUse: Words<typeof en> = {
  title: 'Letzte 30 Tage',
  show: 'Was das Diagramm zeigt',
  kinds: { tokens: 'Token', answers: 'Antworten' },
  legend: { input: 'Hinein', output: 'Heraus', answers: 'Beantwortet', failed: 'Ohne Antwort' },
  asTable: 'Als Tabelle zeigen',
  asChart: 'Als Diagramm zeigen',
  sums: (answers, failed, tokens) =>
    `${count(answers, 'Antwort', 'Antworten')}${failed > 0 ? `, ${failed} gescheitert` : ''}, ${tokens} Token in 30 Tagen`,
  day: (answers, failed, tokens) =>
    `${count(answers, 'Antwort', 'Antworten')}${failed > 0 ? `, ${failed} gescheitert` : ''}, ${tokens} Token`,
  today: 'heute',
  columns: {
    day: 'Tag',
    answers: 'Antworten',
    failed: 'Gescheitert',
    input: 'Token hinein',
    output: 'Token heraus',
  },
  ofLimit: (used, most, percent) => `${used} von ${most} Token, ${percent}`,
  noLimit: (used) => `${used} Token, keine Grenze gesetzt`,
  reached:
    'Die Grenze dieses Monats ist erreicht: Bis zum nächsten wird nichts beantwortet, außer du hebst sie an.',
  never: 'Noch wurde nichts gefragt. Was es kostet, steht dann hier.',
  calls: 'Neueste Fragen',
  callColumns: {
    when: 'Wann',
    source: 'Woher',
    model: 'Modell',
    tokens: 'Token',
    ms: 'Dauer',
    outcome: 'Ausgang',
  },
  sources: { chat: 'Chat', room: 'Raum', api: 'Programm', test: 'Test' },
  estimated: 'Sie endete, bevor der Anbieter sagte, wie viele Token sie verbraucht hat: Das ist geschätzt.',
  outcomes: {
    answered: 'Beantwortet',
    empty: 'Kam leer zurück',
    filtered: 'Vom Anbieter zurückgehalten',
    key: 'Schlüssel abgelehnt',
    model: 'Modell unbekannt',
    quota: 'Guthaben aufgebraucht',
    rate: 'Zu viele Fragen',
    busy: 'Anbieter überlastet',
    unreachable: 'Nicht erreicht',
    region: 'Hier nicht bedient',
    timeout: 'Dauerte zu lange',
    stopped: 'Angehalten',
    refused: 'Abgelehnt',
    failed: 'Gescheitert',
  },
  more: (n) => `Alle ${n} zeigen`,
  answersToday: 'KI-Antworten heute',
  ofDay: (most) => `von ${most}`,
};
