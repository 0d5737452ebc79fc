import { defineConfig } from 'vitest/config';

/** Long and hard on the machine, so not part of `npm test`: `npm run faults`. */
export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 1,
  },
});
