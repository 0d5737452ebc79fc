// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
export * from './programs/ai.ts';
export * from './programs/bot.ts';
export * from './programs/commands.ts';
export * from './programs/files.ts';
export * from './programs/messages.ts';
export * from './programs/rooms.ts';
export * from './programs/telegram.ts';
export * from './programs/updates.ts';
export * from './programs/webhook.ts';
