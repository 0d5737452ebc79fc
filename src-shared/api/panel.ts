import { z } from 'zod';
import { envelope, text } from './common.ts';

/** Where the page finds the code in its address: `#login=<code>`. A fragment is never sent to a server. */
export const LOGIN_FRAGMENT = 'login';

/** An address that signs a browser in, once. */
export const PanelLink = envelope(z.object({ url: z.string() }));
export const PanelLogin = z.object({ code: text(200) });
export const PanelSession = envelope(z.object({ session: z.string() }));

export const AdminToken = envelope(z.object({ token: z.string() }));
