import type { telegramChatEn } from './telegram-chat-en.ts';

/** `/telegram` im Chat: die Telegram-Brücke eines Bots. */
export const telegramChatDe: Record<keyof typeof telegramChatEn, string> = {
  'telegram.usage': '/telegram [ein|aus|status|einrichten|modus|test|senden|chats|chat|webhook|vergessen]',
  'telegram.example': '/telegram setup 123456789:ABCdef_ghijk 987654321',
  'telegram.summary': 'Brücke zu Telegram einrichten und steuern',
  'menu.telegram.usage': '/telegram [was]',
  'field.telegram': 'Was zu tun ist',
  'field.telegram-value':
    'Was es braucht: das Token eines Telegram-Bots und eine Chat-ID; ein Modus; ein Text (Formulare sind nicht verschlüsselt: Ein Token schreibst du besser in den Chat)',

  'telegram.title': 'Telegram-Brücke von {{name}}',
  'telegram.line': 'Telegram: {{state}}',
  'telegram.line-of': 'Telegram von {{name}}: {{state}}',
  'telegram.state.on': 'aktiv ({{bot}}, {{mode}})',
  'telegram.state.trouble': 'gestört ({{bot}}, {{mode}}); siehe /telegram status',
  'telegram.state.off': 'aus ({{bot}}, {{mode}})',
  'telegram.state.none': 'nicht eingerichtet',
  'telegram.state-word.on': 'aktiv',
  'telegram.state-word.trouble': 'aktiv, kommt aber nicht durch',
  'telegram.state-word.off': 'aus',
  'telegram.state-word.none': 'nicht eingerichtet',
  'telegram.kind.private': 'privater Chat',
  'telegram.kind.group': 'Gruppe',
  'telegram.kind.supergroup': 'Gruppe',
  'telegram.kind.channel': 'Kanal',
  'telegram.chat-words': '{{title}} ({{kind}}, {{id}})',
  'telegram.never': 'nie',
  'telegram.more': 'Mehr:',
  'telegram.back': 'Zurück',
  'telegram.unknown': '/telegram {{word}} gibt es nicht.',

  'telegram.on.summary': 'Brücke einschalten',
  'telegram.on.done': 'Die Telegram-Brücke ist an.',
  'telegram.off.summary': 'Brücke ausschalten',
  'telegram.off.done':
    'Die Telegram-Brücke ist aus. Von Telegram wird nichts gelesen und nichts dorthin gesendet.',

  'telegram.status.summary': 'Was eingestellt ist und wie es läuft',
  'telegram.status.state': 'Zustand: {{state}}',
  'telegram.status.mode': 'Modus: {{mode}}',
  'telegram.status.bot': 'Telegram-Bot: {{bot}} (Token {{token}})',
  'telegram.status.chat': 'Chat: {{chat}}',
  'telegram.status.ai': 'Antworten der KI: gehen auch an Telegram',
  'telegram.status.no-ai': 'Antworten der KI: bleiben hier',
  'telegram.status.trouble': 'Störung: {{what}}',
  'telegram.status.since': 'Seit: {{at}}',
  'telegram.status.retry': 'Nächster Versuch: {{at}}',
  'telegram.status.received': 'Zuletzt von Telegram: {{at}}',
  'telegram.status.sent': 'Zuletzt an Telegram: {{at}}',
  'telegram.status.waiting': 'Wartet auf Telegram: {{number}}',

  'telegram.trouble.unreachable': 'Telegram ist von hier aus nicht erreichbar. Ich versuche es weiter.',
  'telegram.trouble.token':
    'Telegram kennt das Token nicht mehr. Hol dir eins von @BotFather: /telegram setup <TOKEN> <CHAT_ID>',
  'telegram.trouble.webhook':
    'Ein anderes Programm hat bei {{host}} einen Webhook eingerichtet: Telegram gibt ihm alles. Entfernen: /telegram webhook',
  'telegram.trouble.other-program':
    'Ein anderes Programm liest die Nachrichten dieses Telegram-Bots mit. Beende es oder leg mit @BotFather einen anderen Telegram-Bot an.',
  'telegram.trouble.chat':
    'Telegram lässt den Bot nicht in den Chat. Nimm ihn dort wieder auf oder wähl einen anderen: /telegram chats',
  'telegram.trouble.blocked':
    'Der Telegram-Bot wurde blockiert oder aus dem Chat entfernt. Wer das war, muss ihn wieder zulassen.',
  'telegram.trouble.rate':
    'Telegram bat um eine Pause, weil zu viel gesendet wurde. Es geht von selbst weiter.',
  'telegram.trouble.encryption':
    'Was von Telegram kommt, lässt sich für dich nicht verschlüsseln: Von dir ist kein OMEMO-Gerät bekannt. Öffne diesen Chat einmal in einer App mit OMEMO.',
  'telegram.trouble.failed':
    'Telegram hat nicht getan, worum es gebeten wurde. Ich versuche es weiter; mehr steht im Protokoll.',

  'telegram.setup.summary': 'Schritt für Schritt einrichten oder alles in einer Zeile',
  'telegram.setup.usage': '/telegram setup <TOKEN> <CHAT_ID> [bridge|forward]',
  'telegram.setup.title': 'Telegram-Brücke einrichten',
  'telegram.setup.step-1':
    'Schritt 1: Leg bei @BotFather (https://t.me/BotFather) einen Telegram-Bot an: Schick ihm /newbot, dann gibt er dir ein Token.',
  'telegram.setup.step-2':
    'Schritt 2: Finde deine Chat-ID: Schreib deinem neuen Bot etwas, dann schick mir das Token allein (/telegram setup <TOKEN>), und ich zeige dir, wer geschrieben hat.',
  'telegram.setup.step-3': 'Schritt 3: Schreib: /telegram setup <TOKEN> <CHAT_ID>',
  'telegram.setup.example': 'Beispiel: /telegram setup 123456789:ABCdef_ghijk 987654321',
  'telegram.setup.group':
    'Für eine Gruppe: Nimm den Bot dort auf. Alles hört er erst, wenn sein Privatsphäre-Modus aus ist (@BotFather, /setprivacy) oder er Administrator ist.',
  'telegram.setup.bad-token':
    'Das erste Wort ist nicht das Token eines Telegram-Bots. Es sieht aus wie 123456789:ABCdef_ghijk und kommt von @BotFather.',
  'telegram.setup.bad-chat':
    'Das ist kein Chat von Telegram: Eine Chat-ID ist eine ganze Zahl (bei Gruppen mit Minus) oder @name. Siehe /telegram chats',
  'telegram.setup.token-done': 'Das Token funktioniert: {{bot}}.',
  'telegram.setup.done': 'Telegram ist eingerichtet!',
  'telegram.setup.active': 'Die Telegram-Brücke ist jetzt aktiv.',
  'telegram.setup.inactive': 'Die Telegram-Brücke ist aus. Einschalten mit: /telegram on',
  'telegram.setup.force': 'Diesen Webhook entfernen und einrichten',
  'telegram.setup.webhook':
    'Ein anderes Programm hat bei {{host}} einen Webhook eingerichtet: Telegram gibt ihm alles, darum sehe ich nicht, wer geschrieben hat. Leg mit @BotFather einen anderen Telegram-Bot an oder entferne diesen Webhook, dann bekommt das andere Programm nichts mehr: /telegram webhook remove',
  'telegram.setup.warning': 'Gespeichert, aber noch nicht ausprobiert: {{warning}}',
  'telegram.setup.unchecked':
    'Nach dem Token konnte ich noch nicht fragen. {{why}}\nIch merke es mir, du kannst also weitermachen: mit der ID des Chats (/telegram chat <CHAT_ID>) oder, sobald sich Telegram fragen lässt, mit denen, die geschrieben haben (/telegram chats). Werde ich vorher neu gestartet, brauche ich es noch einmal.',
  'telegram.setup.taken-back':
    'Deine Nachricht mit dem Token nehme ich zurück, soweit dein Server und deine Apps das zulassen. Steht sie noch da, lösche sie.',

  'telegram.mode.summary': 'Modus zeigen oder wechseln',
  'telegram.mode.usage': '/telegram mode [bridge|forward]',
  'telegram.mode.words': '{{mode}} ({{meaning}})',
  'telegram.mode.bridge': 'XMPP <-> Telegram, in beide Richtungen',
  'telegram.mode.forward': 'nur XMPP -> Telegram',
  'telegram.mode.switch': 'Zum Wechseln:',
  'telegram.mode.unknown':
    'Diesen Modus gibt es nicht. Nimm bridge (beide Richtungen) oder forward (nur zu Telegram).',

  'telegram.test.summary': 'Verbindung testen',
  'telegram.test.done': 'Telegram verbunden!\nBot: {{name}} (@{{username}})',
  'telegram.test.privacy':
    'In Gruppen hört er nur Befehle und Antworten: Sein Privatsphäre-Modus ist an. So änderst du das: @BotFather, /setprivacy, dann nimm ihn noch einmal in die Gruppe auf.',

  'telegram.send.summary': 'Einen Text an Telegram senden',
  'telegram.send.usage': '/telegram send <Text>',
  'telegram.send.done': 'Es geht an Telegram.',

  'telegram.chats.summary': 'Wer dem Telegram-Bot zuletzt geschrieben hat',
  'telegram.chats.title': 'Chats von {{bot}}',
  'telegram.chats.choose': 'Einen mit diesem Bot verbinden:',
  'telegram.chats.linked': '{{chat}}, verbunden',
  'telegram.chats.none':
    'Zuletzt hat ihm niemand geschrieben. Schreib {{bot}} in Telegram etwas oder nimm ihn in deine Gruppe auf und schreib dort /start; dann: /telegram chats',
  'telegram.chat.summary': 'Einen anderen Chat verbinden',
  'telegram.chat.usage': '/telegram chat <CHAT_ID>',

  'telegram.webhook.summary': 'Ob ein anderes Programm bekommt, was dem Telegram-Bot geschrieben wird',
  'telegram.webhook.usage': '/telegram webhook [remove]',
  'telegram.webhook.none': 'Kein anderes Programm hat einen Webhook eingerichtet.',
  'telegram.webhook.there':
    'Ein anderes Programm hat bei {{host}} einen Webhook eingerichtet: Telegram gibt ihm alles und mir nichts. Entfernen: /telegram webhook remove',
  'telegram.webhook.remove': 'Den Webhook entfernen',
  'telegram.webhook.done': 'Der Webhook ist weg. Was dort geschrieben wird, kommt jetzt zu mir.',

  'telegram.forget.summary': 'Token, Chat und was noch wartet vergessen',
  'telegram.forget.question':
    'Die Telegram-Brücke dieses Bots vergessen? Ihr Token, ihr Chat und was noch auf Telegram wartet gehen verloren.',
  'telegram.forget.confirm': '/telegram forget ja',
  'telegram.forget.done': 'Die Telegram-Brücke ist vergessen.',
};
