import type { health as en } from '../en/health.ts';
import { countDe as count, type Words } from '../words.ts';

export const health: Words<typeof en> = {
  page: {
    title: 'Zustand',
    loading: 'Die Engine wird gefragt',
    checkAgain: 'Erneut prüfen',
    copyReport: 'Bericht',
    allWell: 'Alles läuft.',
    checks: (n) => count(n, 'Prüfung', 'Prüfungen'),
    problems: (n) => count(n, 'Problem', 'Probleme'),
    warnings: (n) => count(n, 'Warnung', 'Warnungen'),
  },
  needsYou: { title: 'Braucht dich', command: 'Befehl' },
  worthKnowing: 'Gut zu wissen',
  fine: 'Was in Ordnung ist',
  actions: {
    'sign-in': 'Anmelden',
    account: 'Neu anmelden',
    'switch-on-account': 'Einschalten',
    'choose-operator': 'Betreiber wählen',
    'switch-on-bots': 'Bots einschalten',
    'api-settings': 'API-Einstellungen öffnen',
    'server-settings': 'Server-Einstellungen öffnen',
    'restart-bot': 'Aus- und einschalten',
    'bot-devices': 'Geräte zeigen',
    'bot-webhook': 'Zustellungen zeigen',
    'bot-telegram': 'Brücke zeigen',
    'bot-ai': 'KI zeigen',
  },
  done: {
    account: (jid) => `${jid} ist an`,
    bots: 'Bots sind an',
    bot: (name) => `${name} startet neu`,
  },
  terminal: 'Im Terminal',
  engine: {
    title: 'Engine und API',
    runs: 'Die Engine läuft',
    version: (version) => `Version ${version}`,
    api: 'Die Bot-API lauscht',
    apiAddress: 'API-Adresse',
    bots: 'Bots',
  },
  accounts: {
    title: 'Konten',
    none: 'Noch ist kein Konto angemeldet.',
  },
};
