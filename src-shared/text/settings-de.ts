import type { BotSettingKey } from '../api/bot-settings.ts';
import type { SettingKey } from '../api/settings.ts';

/** Was jede Einstellung bedeutet; auf Englisch steht es in den Tabellen der Einstellungen. */
export const settingsDe: Record<SettingKey | BotSettingKey, string> = {
  bot_features_enabled: 'Bots verbinden sich, laufen und antworten.',
  api_port: 'Port der HTTP-API; --port und BOTMOTHER_PORT gehen vor.',
  api_mode:
    'Wer die HTTP-API erreicht: dieser Rechner, über http (local), oder das Netzwerk, über https (network); --mode und BOTMOTHER_MODE gehen vor.',
  api_tls_cert:
    'Zertifikat für den Netzwerkmodus (PEM): ein Pfad, oder ein Name in api-tls/; leer: Botmother macht eins.',
  api_tls_key: 'Der private Schlüssel dazu (PEM); leer, wenn er in derselben Datei steht.',
  language: 'Sprache der Antworten im Chat.',
  file_link_hours:
    'Wie viele Stunden die Adresse einer empfangenen Datei gilt; so lange wie ein Update wartet, wenn nichts gesetzt ist.',
  rate_limit_ip: 'Anfragen pro Sekunde und Adresse ohne gültiges Token.',
  rate_limit_bot: 'Anfragen pro Sekunde und Bot-Token.',
  token_display:
    'Listen und Einzelheiten von Bots zeigen ihre Token; wer eins macht, sieht es in jedem Fall.',
  chat_admin:
    'Aus welchen Chats der Betreiber den Server sehen und ändern darf: verschlüsselten (encrypted), allen (any) oder keinem (off). Solange nichts gesetzt ist: verschlüsselten, wo das Konto OMEMO hat.',
  admin_auth:
    'Wer Admin-Routen ohne Token benutzen darf: Programme desselben Benutzers auf diesem Rechner (local) oder niemand (required).',
  webhook_allow_private: 'Private Rechner und Netze, die Webhooks erreichen dürfen, durch Kommas getrennt.',
  window_language: 'Sprache von Fenster und Panel; auto: die des Systems.',
  window_theme: 'Aussehen von Fenster und Panel; auto: das des Systems.',
  window_density: 'Wie eng die Zeilen von Listen in Fenster und Panel stehen.',
  window_text_size: 'Größe des Textes in Chats, in Pixeln.',
  window_enter:
    'Was die Eingabetaste im Chat tut: senden (send) oder eine Zeile beginnen (line; dann sendet Strg und Eingabe).',
  window_single_keys: 'Einzelne Buchstaben sind Tastenkürzel in Fenster und Panel.',
  window_notifications:
    'Von welchen Nachrichten das Fenster berichtet: von allen (all), aus Räumen nur, wo du genannt wirst (mentions), oder von keinen (off).',
  window_notification_text: 'Mitteilungen zeigen, was geschrieben wurde.',
  window_load_pictures:
    'Welche Bilder in Chats sofort geholt werden: von Bots und Leuten auf der Kontaktliste (known) oder alle (all); jedes andere auf einen Klick. Wer eins geschickt hat, kann erfahren, wann es geholt wird.',
  telegram_api_root:
    'Wo die Bot-API von Telegram ist: die eigene, oder ein Bot-API-Server von dir; leer für die eigene.',
  ejabberd_api_url: 'Adresse der Admin-API des XMPP-Servers; leer, wenn er keine hat.',
  ejabberd_host: 'Domain, auf der dedizierte Bots ihre Konten bekommen.',
  ejabberd_service: 'Wo diese Domain über XMPP erreicht wird (xmpp://rechner:port); leer: wie DNS es sagt.',
  ejabberd_ca:
    'Zertifikate (PEM), denen dort auch vertraut wird: die eigene Zertifizierungsstelle oder genau das Zertifikat des Servers.',
  ejabberd_admin_jid: 'Konto, das die Admin-API benutzen darf.',
  ejabberd_admin_password: 'Sein Passwort.',
  scope:
    'Was ein persönlicher Bot liest: den Chat mit dir selbst (self), auch, was andere dir schreiben (direct), auch Räume und was du anderen schreibst (all).',
  encrypted: 'Ob ein persönlicher Bot auch liest, was andere dir verschlüsselt geschrieben haben.',
  allow_plaintext: 'Ob ein dedizierter Bot auch auf unverschlüsselte Nachrichten seines Besitzers hört.',
  allowed_contacts:
    'Adressen, denen ein dedizierter Bot außer seinem Besitzer schreiben darf, durch Kommas getrennt.',
  avatar:
    'Das Bild des Bots: in Base64, oder leer für keins. Gezeigt wird der Pfad, unter dem das Bild liegt.',
  description: 'Wozu der Bot da ist, in höchstens 512 Zeichen.',
  telegram_ai_answers: 'Ob die Antworten der KI in diesem Chat auch zu Telegram gehen.',
  ai_answers:
    'Wem die KI eines persönlichen Bots antwortet: nur dir, in diesem Chat (self), oder auch anderen, die dir schreiben (direct).',
  ai_rooms:
    'Räume, in denen die KI antwortet, wenn jemand den Bot erwähnt, durch Kommas getrennt; leer für keine.',
  ai_free_rooms:
    'Von diesen Räumen die, in denen die KI auf jede Nachricht antwortet, durch Kommas getrennt.',
  ai_known_bots:
    'Adressen anderer Bots, denen die KI nie antwortet, durch Kommas getrennt; raum@server/name, wo ein Raum sie verbirgt.',
  reasoning:
    'Was aus den Gedanken eines Modells wird: zugeklappt über der Antwort (spoiler) oder weggelassen (drop).',
  ai_streaming: 'Ob eine Antwort schon beim Schreiben erscheint und dabei berichtigt wird.',
  ai_per_minute: 'Wie viele Antworten die KI in einer Minute höchstens gibt.',
  ai_per_day: 'Wie viele Antworten die KI an einem Tag höchstens gibt.',
  ai_answer_tokens: 'Wie viele Token eine Antwort höchstens hat.',
  ai_timeout: 'Wie viele Sekunden die KI auf eine Antwort wartet.',
  ai_parallel: 'Wie viele Fragen mit demselben Schlüssel gleichzeitig unterwegs sind.',
  ai_month_tokens:
    'Wie viele Token die KI in einem Monat verbrauchen darf; 0 für beliebig viele. Bei 50, 80 und 100 Prozent wird es dir gesagt.',
};
