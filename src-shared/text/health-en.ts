/**
 * What is checked, in words: `title` says how it is, `fix` what to do about it in the window, `cli` the same for a terminal.
 * Window and `botmother doctor` read this one table.
 */
export interface HealthWords {
  title: string;
  detail?: string;
  fix?: string;
  cli?: string;
}

export const healthEn = {
  'api.ok': { title: 'The engine runs, API at {url}' },
  'api.port': {
    title: '{problem}, so the API is still at {url}',
    fix: 'Stop that program and set the port again, or choose another port in Settings.',
    cli: 'Stop that program and set the port again, or choose another: botmother settings set api_port N',
  },
  'api.closed': {
    title: '{problem}, so no program reaches the API',
    fix: 'Stop that program, and it opens within a minute, or choose another port in Settings.',
    cli: 'Stop that program, and it opens within a minute, or choose another: botmother settings set api_port N',
  },
  'api.pair': {
    title: '{problem}, so the API is still at {url}',
    fix: 'Give it a good certificate and key in Settings, or leave both empty: then one is made.',
    cli: 'Give it a good pair: botmother settings set api_tls_cert FILE api_tls_key FILE. With "" for both, Botmother makes one itself.',
  },
  'certificate.own': { title: 'Certificate, SHA-256 {fingerprint}, valid until {day}, for {names}' },
  'certificate.self-made': {
    title: 'Self-made certificate, SHA-256 {fingerprint}, valid until {day}, for {names}',
  },
  'certificate.bad': {
    title: 'The certificate of the API cannot be used',
    detail: '{reason}',
    fix: 'Give it a good certificate and key in Settings, or leave both empty: then one is made.',
    cli: 'Give it a good pair: botmother settings set api_tls_cert FILE api_tls_key FILE. With "" for both, Botmother makes one itself.',
  },
  'admin.token': { title: 'Admin routes need the admin token' },
  'admin.open': {
    title: 'Admin routes take every program on this machine: this system does not show whose it is',
    fix: 'If others use this machine, have the API ask for the admin token (Settings).',
    cli: 'If others use the machine: botmother settings set admin_auth required',
  },
  'bots.off': {
    title: 'Bots are switched off',
    fix: 'Switch them on: nothing connects until then.',
    cli: 'botmother settings set bot_features_enabled true',
  },
  'account.none': {
    title: 'Nobody is signed in',
    fix: 'Sign in with your XMPP account.',
    cli: 'botmother account add you@server.example',
  },
  'account.no-operator': {
    title: 'No account is the operator',
    fix: 'Say which account runs this installation.',
    cli: 'botmother account operator {account}',
  },
  'account.stored': { title: '{account} is stored' },
  'account.off': {
    title: '{account} is switched off',
    fix: 'Switch it on: its bots rest until then.',
    cli: 'botmother account enable {account}',
  },
  'account.online': { title: '{account} is online' },
  'account.elsewhere': {
    title: '{account} is online, and another Botmother acts for it: {other}',
    fix: 'That one answers in the chat with yourself. If this one should, stop the other.',
  },
  'account.failed': {
    title: '{account} cannot sign in',
    detail: '{reason}',
    fix: 'Sign in again, with the new password if it changed.',
    cli: 'Sign in again, with the new password if it changed: botmother account add {account}',
  },
  'account.trying': {
    title: '{account} is not online yet',
    detail: '{reason}',
    fix: 'It is tried again by itself.',
  },
  'server.ok': { title: 'Dedicated bots get their accounts at {place}' },
  'server.bad': {
    title: 'The way to accounts for dedicated bots does not work',
    detail: '{reason}',
    fix: 'Check the server settings and test them.',
    cli: 'botmother ejabberd set, then botmother ejabberd test',
  },
  'server.plain': {
    title: 'The admin API at {place} is not encrypted: its password travels in clear',
    fix: 'Use an https:// address.',
    cli: 'Use an https:// address: botmother ejabberd set',
  },
  'bot.online': { title: 'Bot {bot} (ID: {id}, {jid}) is online, with OMEMO' },
  'bot.failed': {
    title: 'Bot {bot} (ID: {id}, {jid}) cannot sign in',
    detail: '{reason}',
    fix: 'If its account is gone or its password was changed on the server, make the bot anew. Else switch it off and on again.',
    cli: 'If its account is gone or its password was changed on the server, make the bot anew: botmother bot delete {id}. Else: botmother bot deactivate {id}, then botmother bot activate {id}',
  },
  'bot.offline': {
    title: 'Bot {bot} (ID: {id}, {jid}) is offline',
    detail: '{reason}',
    fix: 'It rests while its owner’s account is switched off: switch on {account}.',
    cli: "It rests while its owner's account is switched off: botmother account enable {account}",
  },
  'bot.trying': {
    title: 'Bot {bot} (ID: {id}, {jid}) is not online yet',
    detail: '{reason}',
    fix: 'It is tried again by itself.',
  },
  'bot.unpublished': {
    title:
      'Bot {bot} (ID: {id}, {jid}) is online, and its OMEMO device is not on the server: nobody can write to it',
    fix: 'It is tried again by itself; at once, if you switch the bot off and on.',
    cli: 'It is tried again by itself; at once: botmother bot deactivate {id}, then botmother bot activate {id}',
  },
  'bot.no-device': {
    title:
      'Bot {bot} (ID: {id}, {jid}) is online, and knows no OMEMO device of {account}: it can say nothing',
    fix: 'Sign in as {account} with an app that has OMEMO switched on, and write to the bot.',
  },
  'bot.unapproved': {
    title:
      'Bot {bot} (ID: {id}, {jid}) is online, and no device of {account} may command it yet: all of them came after the bot',
    fix: 'Compare the fingerprint and approve a device.',
    cli: 'Compare the fingerprint (botmother omemo list --bot {id}), then: botmother omemo trust {device} --bot {id}',
  },
  'webhook.failing': {
    title: 'The webhook of bot {bot} (ID: {id}) does not take updates; waiting: {pending}',
    detail: '{reason}',
    fix: 'See to its program; then try it at once.',
    cli: 'See to its program. It is tried again by itself.',
  },
  'webhook.dead': {
    title: 'Updates for bot {bot} (ID: {id}) that could not be delivered, kept for a week: {count}',
    fix: 'Put them back once its program works.',
    cli: 'Once its program works: botmother bot dead-letters {id} --replay',
  },
  'telegram.online': { title: 'Bot {bot} (ID: {id}) is linked with Telegram as @{username}' },
  'telegram.unreachable': {
    title: 'The Telegram bridge of bot {bot} (ID: {id}) does not reach Telegram; waiting: {waiting}',
    fix: 'Check the connection of this computer. It is tried again by itself.',
  },
  'telegram.token': {
    title: 'Telegram no longer knows the token of bot {bot} (ID: {id})',
    fix: 'Get one from @BotFather, and give it to the bot.',
    cli: 'Get one from @BotFather: botmother telegram setup {id} --token-stdin',
  },
  'telegram.webhook': {
    title:
      'Another program gets what is written to the Telegram bot of bot {bot} (ID: {id}): its webhook at {host}',
    fix: 'Take that webhook away, or make another Telegram bot with @BotFather.',
    cli: 'Take that webhook away: botmother telegram webhook {id} --remove',
  },
  'telegram.other-program': {
    title: 'Another program reads the messages of the Telegram bot of bot {bot} (ID: {id}) too',
    fix: 'Stop that program, or make another Telegram bot with @BotFather.',
  },
  'telegram.chat': {
    title: 'Telegram does not let bot {bot} (ID: {id}) into its chat {chat}; waiting: {waiting}',
    fix: 'Add the Telegram bot there again, or link another chat.',
    cli: 'Add the Telegram bot there again, or link another: botmother telegram setup {id} CHAT_ID',
  },
  'telegram.blocked': {
    title: 'The Telegram bot of bot {bot} (ID: {id}) was blocked or removed in {chat}; waiting: {waiting}',
    fix: 'Whoever did it has to let it in again; then what waits is sent.',
  },
  'telegram.rate': {
    title: 'Telegram asked bot {bot} (ID: {id}) to wait, as too much was sent; waiting: {waiting}',
  },
  'telegram.encryption': {
    title:
      'What comes from Telegram for bot {bot} (ID: {id}) cannot be encrypted: {account} has no known OMEMO device',
    fix: 'Open the chat with the bot once in an app with OMEMO.',
  },
  'telegram.failed': {
    title: 'The Telegram bridge of bot {bot} (ID: {id}) does not work; waiting: {waiting}',
    fix: 'It is tried again by itself. If that stays so, the log says more.',
  },
  'ai.answers': { title: 'The AI of bot {bot} (ID: {id}) answers: {provider}, {model}' },
  'ai.key': {
    title: 'The AI of bot {bot} (ID: {id}) does not answer: {provider} does not take its key',
    fix: 'Give it another key.',
    cli: 'Give it another key: botmother ai setup {id} {provider} {model}',
  },
  'ai.model': {
    title: 'The AI of bot {bot} (ID: {id}) does not answer: {provider} has no model {model}',
    fix: 'Choose another model.',
    cli: 'See which there are: botmother ai model {id}',
  },
  'ai.quota': {
    title: 'The AI of bot {bot} (ID: {id}) does not answer: at {provider} there is nothing left to spend',
    fix: 'Top up the account there, or choose another provider.',
  },
  'ai.refused': {
    title: 'The AI of bot {bot} (ID: {id}) does not answer: {provider} may not be asked at its address',
    fix: 'Check the address. Private ones are allowed by webhook_allow_private.',
    cli: 'Check the address: botmother ai status {id}. Private ones are allowed by webhook_allow_private.',
  },
  'ai.unreachable': {
    title: 'The AI of bot {bot} (ID: {id}) could not be reached when it was asked last: {provider}',
    fix: 'See whether it runs, check the address, and try it.',
    cli: 'See whether it runs, and check the address (botmother ai status {id}); then: botmother ai ask {id} Hello',
  },
  'ai.timeout': {
    title: 'The AI of bot {bot} (ID: {id}) took too long when it was asked last: {provider}, {model}',
    fix: 'Choose a faster model, or give it more time (ai_timeout).',
    cli: 'Choose a faster model, or give it more time: botmother settings set ai_timeout 120 --bot {id}',
  },
  'ai.failed': {
    title: 'The AI of bot {bot} (ID: {id}) did not answer when it was asked last: {provider}, {model}',
    fix: 'Try it. If that stays so, check provider, model and address.',
    cli: 'Try it: botmother ai ask {id} Hello. If that stays so, check it: botmother ai status {id}',
  },
  'ai.busy': {
    title: 'The AI of bot {bot} (ID: {id}) had too much to do when it was asked last: {provider}',
  },
  'offers.unknown': {
    title: 'The server of {account} did not say what it offers',
    fix: 'Check again in a minute; if that stays so, ask whoever runs the server.',
  },
  'offers.upload': { title: 'Files of {account} go to {service}, of any size' },
  'offers.upload-limited': { title: 'Files of {account} go to {service}, at most {size} MiB each' },
  'offers.no-upload': {
    title: 'The server of {account} has no upload service, so bots there send no files',
    fix: 'Whoever runs it can switch one on: mod_http_upload in ejabberd, http_file_share in Prosody.',
  },
  'offers.rooms': { title: 'Rooms on the server of {account} are at {rooms}' },
  'offers.no-rooms': { title: 'The server of {account} has no rooms; bots join those of other servers' },
  'room.joined': { title: 'Bot {bot} (ID: {id}) is in the room {room}' },
  'room.out': {
    title: 'Bot {bot} (ID: {id}) is out of the room {room}',
    detail: '{reason}',
    fix: 'See to that with who runs the room; then have it join again.',
    cli: 'See to that with who runs the room; then its program joins again: POST /bot/joinRoom',
  },
  'room.away': {
    title: 'Bot {bot} (ID: {id}) is not in the room {room} yet',
    detail: '{reason}',
    fix: 'It is tried again by itself.',
  },
  'errand.contact': {
    title: 'The deleted bot {jid} is still a contact of {account}',
    detail: '{reason}',
    fix: 'It is tried again when {account} is online here.',
    cli: 'It is tried again when {account} is online here: botmother account list',
  },
  'errand.remove': {
    title: 'The account {jid} of a deleted bot could not be removed yet',
    detail: '{reason}',
    fix: 'It is tried again at least once an hour; the test of the server settings says whether that can work.',
    cli: 'It is tried again at least once an hour; botmother ejabberd test says whether that can work.',
  },
  'errand.register': {
    title: 'The account {jid} of a bot that was not made may still be there',
    detail: '{reason}',
    fix: 'It is tried again at least once an hour; the test of the server settings says whether that can work.',
    cli: 'It is tried again at least once an hour; botmother ejabberd test says whether that can work.',
  },
  'folder.open': {
    title: 'The data folder {path} can be read by others',
    fix: 'Take the rights of others away: chmod 700 {path}',
  },
  'disk.low': {
    title: 'Only {free} MB are free where the data is',
    fix: 'Make room: when the disk is full, nothing can be received or sent.',
  },
} as const satisfies Record<string, HealthWords>;

export type HealthCode = keyof typeof healthEn;
