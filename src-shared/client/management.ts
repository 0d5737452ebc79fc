// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
export * from './management/account.ts';
export * from './management/audit.ts';
export * from './management/bots.ts';
export * from './management/ejabberd.ts';
export * from './management/omemo.ts';
export * from './management/settings.ts';
export * from './management/tokens.ts';
