import type { Ejabberd } from '../../../scripts/lib/ejabberd.mjs';

export const PASSWORD = 'bench-pw';

/** Makes accounts `prefix-0`, `prefix-1` and so on. Resolves with their JIDs. */
export async function registerAll(server: Ejabberd, prefix: string, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
  const waiting = [...names];
  const worker = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift())
      await server.register(name, PASSWORD);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return names.map((name) => `${name}@${server.domain}`);
}
