import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,integration,e2e}/**/*.test.ts'],
    testTimeout: 90_000,
    hookTimeout: 180_000,
    // What is waited for comes when the machine has the time; a test that never gets it fails all the same.
    expect: { poll: { timeout: 45_000 } },
    pool: 'forks',
    // Real servers and clients start in several files at once; more would only wait for each other.
    maxWorkers: 2,
  },
});
