import type { problems as en } from '../en/problems.ts';
import type { Words } from '../words.ts';

export const problems: Words<typeof en> = {
  unreachableTitle: 'Die Engine antwortet nicht',
  unreachable:
    'Vielleicht startet sie gerade, oder sie wurde beendet. Diese Seite versucht es von selbst wieder.',
  unreachableNow: 'Vielleicht startet sie gerade, oder sie wurde beendet. Versuch es gleich noch einmal.',
  brokenTitle: 'Die Engine hat etwas Unerwartetes geantwortet',
  broken:
    'Ihre Version und die dieser Seite passen vielleicht nicht zusammen. Starte Botmother neu und versuche es dann noch einmal.',
  refusedTitle: 'Das geht nicht',
  closedTitle: 'Diese Seite darf die Engine nicht fragen',
  closed:
    'Die Engine weist ab, was von hier kommt. Öffne das Panel auf diesem Rechner unter seiner eigenen Adresse:',
  signedOutTitle: 'Melde dich mit einem Link an',
  signedOut:
    'Das Panel öffnet sich mit einer Adresse, die einmal gilt. Lass dir in einem Terminal eine ausgeben, im Ordner von Botmother:',
  sessionEndedTitle: 'Du bist abgemeldet',
  sessionEnded:
    'Eine Stunde lang hat niemand diese Seite benutzt, oder die Engine wurde neu gestartet. Lass dir eine neue Adresse ausgeben:',
  linkUsedTitle: 'Diese Adresse gilt nicht mehr',
  linkUsed: 'Jede gilt einmal, fünf Minuten lang. Lass dir eine neue ausgeben:',
  panelCommand: 'npm run botmother -- panel',
};
