/** Tasks of one name run one after the other, in the order in which they were given; one that fails holds up none. */
export function inOrder() {
  const last = new Map<string, Promise<unknown>>();
  return async function run<T>(name: string, task: () => Promise<T>): Promise<T> {
    const before = last.get(name) ?? Promise.resolve();
    const mine = before.then(task, task);
    last.set(name, mine);
    try {
      return await mine;
    } finally {
      if (last.get(name) === mine) last.delete(name);
    }
  };
}
