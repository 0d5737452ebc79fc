import type { SessionExtension } from './extension.ts';
import { disco } from './xep-0030-disco.ts';
import { caps } from './xep-0115-caps.ts';
import { ping } from './xep-0199-ping.ts';
import { carbons } from './xep-0280-carbons.ts';
import { stanzaIds } from './xep-0359-stanza-ids.ts';

/**
 * What every session can do. The order is the order of the steps between binding and the presence. Extensions that
 * promise what only the program above can keep (that a receipt comes, that a correction is applied) are not here:
 * it hands them to `sessionPool` together with the work.
 */
export const extensions: readonly SessionExtension[] = [disco, caps, ping, carbons, stanzaIds];
