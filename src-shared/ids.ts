/** Branded ids for what is not a JID: a number or string of one kind cannot be passed as another. */
declare const brand: unique symbol;
export type BotId = number & { readonly [brand]: 'bot' };
export type AccountId = number & { readonly [brand]: 'account' };
/** Id of a message we send: its origin id on the wire and `message_id` in the API (a UUID). */
export type MessageId = string & { readonly [brand]: 'message' };
/** Who a tenant-bound repository works for. One tenant, `local`, until server mode. */
export type TenantId = string & { readonly [brand]: 'tenant' };
export const LOCAL_TENANT = 'local' as TenantId;
