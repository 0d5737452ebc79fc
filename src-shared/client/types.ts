// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
export * from './types/ai.ts';
export * from './types/errors.ts';
export * from './types/resources.ts';
export * from './types/telegram.ts';
export * from './types/updates.ts';
