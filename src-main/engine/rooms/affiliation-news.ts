import { type BareJid, bareOf } from '../../../src-shared/jid.ts';
import { attribute, child, type Element } from '../../gateways/xmpp/element.ts';
import { AFFILIATIONS, type Affiliation, NS_MUC_USER } from '../../gateways/xmpp/xep-0045-muc.ts';

/** What the room itself says of somebody who is not there: what they are to it now (XEP-0045, 9). */
export function readAffiliationNews(
  message: Element,
): { jid: BareJid; affiliation: Affiliation } | undefined {
  if (attribute(message, 'from')?.includes('/')) return undefined;
  const user = child(message, 'x', NS_MUC_USER);
  const item = user && child(user, 'item', NS_MUC_USER);
  const jid = bareOf(item && attribute(item, 'jid'));
  const said = item && attribute(item, 'affiliation');
  const affiliation = AFFILIATIONS.find((one) => one === said);
  return jid && affiliation && { jid, affiliation };
}
