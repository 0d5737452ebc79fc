import type { OmemoVersion, RatchetBackend } from '../../gateways/omemo/ratchet-backend.ts';

/** The ratchets of both versions. The library of one is large: it is loaded when the first account needs it. */
export function backendsOf(load: Record<OmemoVersion, () => Promise<RatchetBackend>>) {
  const loading = new Map<OmemoVersion, Promise<RatchetBackend>>();
  const of = (version: OmemoVersion): Promise<RatchetBackend> => {
    const known = loading.get(version);
    if (known) return known;
    const backend = load[version]();
    loading.set(version, backend);
    backend.catch(() => loading.delete(version));
    return backend;
  };
  return {
    of,
    /** To be awaited before the first unit uses one: a unit must not wait for a file. */
    async ready(): Promise<void> {
      await Promise.all([of('omemo2'), of('legacy')]);
    },
  };
}
export type Backends = ReturnType<typeof backendsOf>;
