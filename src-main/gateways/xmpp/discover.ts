import { reason } from '../../../src-shared/text/reasons.ts';
import type { Clock } from '../../base/clock.ts';
import { Scope } from '../../base/scope.ts';
import { openUnnamed } from './connection.ts';
import { child, childElements } from './element.ts';
import { type Endpoint, findEndpoints, placeOf, type ResolveSrv } from './endpoint.ts';
import { foreignText } from './foreign-text.ts';
import { NS_SASL } from './namespaces.ts';
import { asProblem, ConnectionProblem, type ProblemKind } from './problem.ts';
import { chooseMechanism } from './sasl.ts';
import { NS_FEATURE as NS_REGISTER } from './xep-0077-registration.ts';

interface DiscoverDeps {
  clock: Clock;
  resolveSrv?: ResolveSrv;
  /** For everything together; milliseconds. */
  withinMs: number;
}

/** What a server shows before anybody has signed in. */
export interface Discovered {
  /** Where it is looked for, in the order of trying. */
  endpoints: readonly Endpoint[];
  /** Where it answered over verified TLS; undefined when it did nowhere. */
  reached: Endpoint | undefined;
  /** Names of SASL mechanisms, as offered. */
  mechanisms: readonly string[];
  /** Whether any of them is one that is used here. */
  canSignIn: boolean;
  /** Whether accounts can be made by any client (XEP-0077). */
  offersRegistration: boolean;
  problem: { kind: ProblemKind; reason: string } | undefined;
}

const MECHANISMS = 30;

/**
 * Looks how a domain is reached and what it offers, in the name of nobody. Never rejects: what is wrong is part of what
 * was found.
 */
export async function discover(
  place: { domain: string; service: string | undefined; ca: string | undefined },
  { clock, resolveSrv, withinMs }: DiscoverDeps,
): Promise<Discovered> {
  const { domain, service } = place;
  const scope = new Scope();
  const found: Discovered = {
    endpoints: [],
    reached: undefined,
    mechanisms: [],
    canSignIn: false,
    offersRegistration: false,
    problem: undefined,
  };
  const { promise: isLate, reject } = Promise.withResolvers<never>();
  clock.after(scope, withinMs, () => {
    reject(new ConnectionProblem('unreachable', reason('net.silent', { place: domain })));
    void scope.close();
  });
  try {
    const look = async (): Promise<Partial<Discovered>> => {
      found.endpoints = await findEndpoints(domain, service, resolveSrv);
      const resolve = resolveSrv ? { resolveSrv } : {};
      const { stream, endpoint, features } = await openUnnamed(place, { clock, scope, ...resolve });
      void stream.close();
      const offered = child(features, 'mechanisms', NS_SASL);
      const mechanisms = (offered ? childElements(offered) : [])
        .map((one) => foreignText(one.getText()))
        .slice(0, MECHANISMS);
      return {
        reached: endpoint,
        mechanisms,
        canSignIn: chooseMechanism(mechanisms, false) !== undefined,
        offersRegistration: child(features, 'register', NS_REGISTER) !== undefined,
      };
    };
    const looking = look();
    looking.catch(() => undefined);
    const shown = await Promise.race([looking, isLate]);
    return { ...found, ...shown };
  } catch (error) {
    const { kind, message } = asProblem(error);
    return { ...found, problem: { kind, reason: message } };
  } finally {
    await scope.close();
  }
}

/** What is said about an endpoint to people. */
export const shownEndpoint = (endpoint: Endpoint): { kind: Endpoint['kind']; place: string } => ({
  kind: endpoint.kind,
  place: endpoint.kind === 'websocket' ? foreignText(endpoint.url) : placeOf(endpoint),
});
