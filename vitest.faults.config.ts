import { defineConfig } from 'vitest/config';

/** Long and hard on the machine: `npm test` runs them at the end, one file after the other. */
export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 1,
  },
});
