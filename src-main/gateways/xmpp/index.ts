import type { SessionExtension } from './extension.ts';
import { disco } from './xep-0030-disco.ts';
import { caps } from './xep-0115-caps.ts';
import { ping } from './xep-0199-ping.ts';
import { carbons } from './xep-0280-carbons.ts';

/** What every session can do. The order is the order of the steps between binding and the presence. */
export const extensions: readonly SessionExtension[] = [disco, caps, ping, carbons];
