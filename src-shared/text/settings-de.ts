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
};
