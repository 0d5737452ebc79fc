import type { aiAnswersEn } from './ai-answers-en.ts';

export const aiAnswersDe: Record<keyof typeof aiAnswersEn, string> = {
  'ai.system': 'Du bist ein hilfreicher Assistent.',
  'ai.accepted': 'Angenommen. Der Agent arbeitet von selbst daran. Lauf-ID: {{id}}',
  'ai.cut':
    '(Hier abgeschnitten: Die Antwort hat ihre höchste Zahl an Tokens erreicht. Bitte mich, weiterzumachen.)',
  'ai.too-much': '(Hier abgeschnitten: Es war mehr, als in einen Chat passt.)',
  'ai.sources': 'Quellen:',
  'ai.thoughts': 'Gedanken',
  'ai.not-now': 'Darauf kann ich gerade nicht antworten. Versuch es bitte später noch einmal.',
  'notice.ai-base-url':
    'Was die KI von {{name}} (ID: {{id}}) gefragt wird, geht ab jetzt an {{host}} (vorher: {{before}}). ' +
    'Das warst nicht du in diesem Chat ({{from}}).\nWolltest du das nicht? Dann: /deactivate {{id}}',
  'notice.ai-month-tokens':
    '{{name}} (ID: {{id}}) hat {{percent}} % seiner KI-Tokens dieses Monats verbraucht: {{used}} von {{limit}}. ' +
    'Bei 100 % ist bis zum nächsten Monat Schluss. Die Grenze ist die Einstellung ai_month_tokens.',
};
