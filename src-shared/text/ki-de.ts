import type { kiEn } from './ki-en.ts';

/** `/ki` im Chat: die KI eines Bots. */
export const kiDe: Record<keyof typeof kiEn, string> = {
  'ki.usage':
    '/ki [ein|aus|status|einrichten|modell|system|leeren|anbieter|provider|url|token|frag|trigger|stopp|test]',
  'ki.example': '/ki setup groq DEIN_SCHLÜSSEL llama-3.3-70b-versatile',
  'ki.summary': 'KI-Assistent einrichten und steuern',
  'menu.ki.usage': '/ki [was]',
  'field.ki': 'Was zu tun ist',
  'field.ki-value':
    'Was es braucht: ein Anbieter, sein Schlüssel und ein Modell; ein Name; ein Text (Formulare sind nicht verschlüsselt: Einen Schlüssel schreibst du besser in den Chat)',

  'ki.title': 'KI von {{name}}',
  'ki.line': 'KI: {{state}}',
  'ki.line-of': 'KI von {{name}}: {{state}}',
  'ki.state.on': 'aktiv ({{provider}} / {{model}})',
  'ki.state.off': 'aus ({{provider}} / {{model}})',
  'ki.state.none': 'nicht eingerichtet',
  'ki.quick-start': 'Schnellstart:',
  'ki.quick.on': 'Schreib der KI einfach eine Nachricht!',
  'ki.quick.off': 'So schaltest du die KI ein: /ki on',
  'ki.quick.none': 'So richtest du die KI ein: /ki setup',
  'ki.back': 'Zurück',
  'ki.unknown': '/ki {{word}} gibt es nicht.',
  'ki.more': 'Außerdem:',

  'ki.on.summary': 'Die KI einschalten',
  'ki.on.done': 'Die KI ist jetzt aktiv.\nSchreib einfach eine Nachricht.',
  'ki.on.begun': 'Es wurde nichts eingeschaltet.',
  'ki.off.summary': 'Die KI ausschalten und ihre Gespräche vergessen',
  'ki.off.done': 'Die KI ist aus. Was ihr gesagt wurde, ist vergessen.',

  'ki.status.summary': 'Was eingestellt ist',
  'ki.status.state': 'Zustand: {{state}}',
  'ki.state-word.on': 'aktiv',
  'ki.state-word.off': 'aus',
  'ki.provider': 'Anbieter: {{provider}}',
  'ki.model': 'Modell: {{model}}',
  'ki.url': 'Adresse: {{url}}',
  'ki.key': 'Schlüssel: {{key}}',
  'ki.key-refused':
    'Der Anbieter nimmt diesen Schlüssel nicht an. Prüfe ihn oder gib einen anderen: /ki token SCHLÜSSEL',
  'ki.no-key': 'keiner',
  'ki.no-model': '(noch keins)',
  'ki.prompt': 'System-Prompt: {{prompt}}',
  'ki.used': 'Heute: {{answers}} von {{limit}} Antworten; diesen Monat: {{tokens}} Tokens',
  'ki.used-of': 'Heute: {{answers}} von {{limit}} Antworten; diesen Monat: {{tokens}} von {{most}} Tokens',
  'ki.people': 'Gespräche: {{people}}, wartende Fragen: {{waiting}}',

  'ki.setup.summary': 'Einen Anbieter wählen',
  'ki.setup.usage': '/ki setup <Anbieter> <Schlüssel> <Modell> [Adresse]',
  'ki.setup.choose': 'Wähl einen Anbieter, oder stell alles in einer Zeile ein:',
  'ki.setup.key-site': 'Einen Schlüssel bekommst du hier: {{site}}',
  'ki.setup.program-site': 'Du bekommst es hier: {{site}}',
  'ki.setup.models': 'Modelle, zum Beispiel: {{models}}',
  'ki.setup.all-models': 'Alle, die es gibt, sobald er eingerichtet ist: /ki model',
  'ki.setup.then': 'Dann schreib:',
  'ki.setup.your-key': 'DEIN_SCHLÜSSEL',
  'ki.setup.your-token': 'DEIN_HOOKS_TOKEN',
  'ki.setup.your-model': 'MODELL',
  'ki.setup.address': 'Es antwortet unter {{url}}. Woanders: Schreib die Adresse hinter das Modell.',
  'ki.setup.kept':
    'Es war schon eingerichtet (Modell {{model}}). So gehst du zurück: /ki provider {{provider}}',
  'ki.setup.incomplete': 'Das Modell fehlt. Es ist das letzte Wort der Zeile.',
  'ki.setup.swapped':
    'Zuerst kommt der Schlüssel, dann das Modell. Es wurde nichts geändert.\nVerwendung: /ki setup <Anbieter> <Schlüssel> <Modell> [Adresse]',
  'ki.setup.two-words':
    'Es müssen zwei Wörter folgen: - (oder ein Schlüssel, wo der Server einen verlangt) und das Modell.',
  'ki.setup.done': 'Die KI ist eingerichtet!',
  'ki.setup.active': 'Die KI ist jetzt aktiv.',
  'ki.setup.inactive': 'Die KI ist aus. So schaltest du sie ein: /ki on',
  'ki.setup.taken-back':
    'Ich nehme deine Nachricht mit dem Schlüssel zurück, wo dein Server und deine Apps das zulassen. Steht sie noch da, lösch sie.',

  'ki.note.openai': 'beste Qualität, kostet etwas',
  'ki.note.claude': 'hohe Qualität, kostet etwas',
  'ki.note.gemini': 'auch umsonst',
  'ki.note.groq': 'sehr schnell, auch umsonst',
  'ki.note.mistral': 'Anbieter aus Europa',
  'ki.note.deepseek': 'günstig',
  'ki.note.perplexity': 'sucht im Netz und nennt seine Quellen',
  'ki.note.ollama': 'läuft auf deinem eigenen Rechner, braucht keinen Schlüssel',
  'ki.note.openclaw': 'selbstständiger Agent auf deinem Rechner; bringt seine Modelle mit',
  'ki.note.compatible':
    'jeder Server mit der Schnittstelle von OpenAI; einen Schlüssel nur, wenn er einen will',
  'ki.compatible': 'OpenAI-kompatibler Server',

  'ki.model.summary': 'Das Modell und andere zeigen, oder zu einem anderen wechseln',
  'ki.model.usage': '/ki model <Name>',
  'ki.model.now': 'Modell: {{model}} ({{provider}})',
  'ki.model.all': 'Zur Auswahl stehen gerade: {{count}}',
  'ki.model.more': '(und {{count}} weitere: {{names}})',
  'ki.model.no-list': 'Ich konnte die Liste der Modelle nicht lesen: {{reason}}',
  'ki.model.untold':
    'Dieser Anbieter sagt nicht, welche Modelle er hat. Du kannst jeden seiner Namen eingeben.',
  'ki.model.done': 'Modell: {{model}}',

  'ki.system.summary': 'Den System-Prompt zeigen oder einen anderen setzen; - für den üblichen',
  'ki.system.usage': '/ki system <Text>',
  'ki.system.now': 'System-Prompt:\n{{prompt}}',
  'ki.system.usual': '(der übliche)',
  'ki.system.done': 'Der System-Prompt ist gesetzt.',
  'ki.system.reset': 'Es gilt wieder der übliche System-Prompt.',

  'ki.clear.summary': 'Unser Gespräch vergessen',
  'ki.clear.done': 'Ich habe unser Gespräch vergessen. Die nächste Frage beginnt ein neues.',
  'ki.clear.nothing': 'Es gibt kein Gespräch, das ich vergessen könnte.',

  'ki.providers.summary': 'Alle Anbieter',
  'ki.providers.needs-key': 'braucht einen Schlüssel',
  'ki.providers.in-use': 'in Gebrauch',
  'ki.providers.kept': 'war schon eingerichtet',

  'ki.provider.summary': 'Zu einem Anbieter wechseln; Schlüssel und Modell bleiben gemerkt',
  'ki.provider.usage': '/ki provider <Name>',
  'ki.url.summary': 'Die Adresse des Anbieters setzen; - für seine eigene',
  'ki.url.usage': '/ki url <Adresse>',
  'ki.token.summary': 'Den Schlüssel oder das Token setzen; - für keins',
  'ki.token.usage': '/ki token <Schlüssel>',
  'ki.changed': 'Die KI ist geändert.',
  'ki.noted': 'Gemerkt. Es fehlt noch etwas.',
  'ki.next': 'Als Nächstes: {{usage}}',
  'ki.begun': 'Angefangen, aber nicht fertig: {{provider}}',
  'ki.begun.leave': 'So lässt du das und bleibst bei {{provider}}: /ki provider {{provider}}',

  'ki.ask.summary': 'Die KI etwas fragen',
  'ki.ask.usage': '/ki ask <Text>',
  'ki.ask.later': 'Die Antwort kommt im Chat.',
  'ki.trigger.summary': 'Dem Agenten von OpenClaw etwas zu tun geben',
  'ki.trigger.usage': '/ki trigger <Text>',
  'ki.trigger.done': 'Der Agent hat es. Lauf: {{run}}',

  'ki.stop.summary': 'Beenden, was gerade beantwortet wird und was wartet',
  'ki.stop.done': 'Beendete Fragen: {{number}}',
  'ki.stop.nothing': 'Es wird gerade nichts beantwortet.',

  'ki.test.summary': 'Etwas Kurzes fragen, um zu sehen, ob es geht',
  'ki.test.question': 'Sag in einem kurzen Satz hallo.',
  'ki.test.done': 'Es geht: {{provider}} / {{model}} hat in {{seconds}} s geantwortet.',

  'clear.ai': 'Dein Gespräch mit der KI ist vergessen.',
};
