import type { aiErrors } from '../../errors/ai.ts';

export const aiRefusalsDe: Readonly<Record<keyof typeof aiErrors, string>> = {
  'ai.not-set-up': 'Die KI dieses Bots ist nicht eingerichtet. Wähle zuerst Anbieter und Modell.',
  'ai.off': 'Die KI dieses Bots ist ausgeschaltet. Schalte sie zuerst ein.',
  'ai.unknown-provider': 'Einen Anbieter {provider} gibt es nicht. Nimm einen von diesen: {known}',
  'ai.key-missing': '{provider} braucht einen Schlüssel. Den bekommst du hier: {site}',
  'ai.key-bound':
    'Schlüssel und Header ({provider}) wurden für {origin} angegeben und gehen nirgendwo sonst hin. Gib sie mit der neuen Adresse zusammen noch einmal an, oder nimm sie weg.',
  'ai.endpoint-missing':
    'Dieser Anbieter hat keine eigene Adresse. Gib die Basis-URL des Servers an, etwa https://ai.example.org/v1',
  'ai.endpoint-refused': 'Unter {url} darf die KI nicht gefragt werden: {reason}.',
  'ai.model-missing': 'Welches Modell ({provider})? Gib seinen Namen an.',
  'ai.model-unknown': 'Dort gibt es kein Modell {model} ({provider}). Es gibt unter anderem: {near}',
  'ai.header':
    '"{name}" lässt sich nicht als Header schicken. Nimm für den Namen Buchstaben, Ziffern und -, für den Wert eine Zeile ASCII, und keinen, den Botmother selbst schickt.',
  'ai.key-form':
    'Das ist kein Schlüssel: Es sind Leerzeichen oder Zeichen darin, die kein Schlüssel hat. Kopiere ihn noch einmal.',
  'ai.key-refused': 'Die KI nimmt den Schlüssel nicht an. Prüfe ihn, oder gib einen neuen an.',
  'ai.region':
    'Der KI-Anbieter bedient das Land, die Region oder das Netz nicht, in dem dieser Rechner ist. Schalte ein VPN aus, oder wähle einen anderen Anbieter oder ein Modell auf einem eigenen Rechner.',
  'ai.model-gone': 'Die KI kennt das Modell {model} nicht. Wähle ein anderes.',
  'ai.quota':
    'Das Guthaben beim KI-Anbieter ist aufgebraucht. Lade es dort auf, oder wähle einen anderen Anbieter.',
  'ai.rate-limit': 'Das war viel in kurzer Zeit. Frag in {seconds} s noch einmal.',
  'ai.provider-rate': 'Der KI-Anbieter will eine Pause. Frag in {seconds} s noch einmal.',
  'ai.day-limit':
    'Dieser Bot hat alle {limit} KI-Antworten für heute gegeben. Weiter geht es morgen, oder mit einer höheren Grenze.',
  'ai.month-limit':
    'Dieser Bot hat alle {limit} KI-Tokens dieses Monats verbraucht. Weiter geht es nächsten Monat, oder mit einer höheren Grenze.',
  'ai.busy': 'Es warten schon {count} Fragen. Warte auf ihre Antworten, oder beende sie.',
  'ai.crowded': 'Die KI hat gerade zu viele Fragen zu beantworten. Frag in {seconds} s noch einmal.',
  'ai.provider-busy': 'Die KI ist gerade überlastet. Frag später noch einmal.',
  'ai.unreachable': 'Die KI ist nicht zu erreichen: {reason}. Prüfe die Adresse.',
  'ai.not-reached':
    'Der Anbieter ({provider}) war gerade nicht zu erreichen: {reason}. Versuch es später noch einmal.',
  'ai.timeout':
    'Die KI hat innerhalb von {seconds} s nicht geantwortet. Frag noch einmal, oder lass ihr mehr Zeit.',
  'ai.too-long': 'Das Gespräch ist für dieses Modell zu lang geworden. Fang ein neues an.',
  'ai.filtered': 'Darauf antwortet die KI nicht: Ihr Anbieter filtert es heraus. Frag mit anderen Worten.',
  'ai.empty': 'Die KI hat mit nichts geantwortet. Frag noch einmal, oder mit anderen Worten.',
  'ai.failed':
    'Von der KI kam keine brauchbare Antwort. Frag noch einmal; bleibt es so, prüfe Anbieter, Modell und Adresse.',
  'ai.stopped': 'Die Frage wurde beendet.',
  'ai.too-old':
    'Ich war weg, als du gefragt hast, und habe nicht geantwortet. Frag noch einmal, wenn es noch wichtig ist.',
  'ai.no-agent': 'Einen Agenten hat nur OpenClaw. Richte ihn zuerst ein.',
  'ai.prompt-too-long': 'Ein System-Prompt hat höchstens {limit} Zeichen.',
};
