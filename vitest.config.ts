import type { ViteUserConfig } from 'vitest/config'

/** How many cases each law is checked on (test/law.ts); a long run gets its time. */
const runs = Number(process.env['FC_RUNS'] ?? 200)

const config: ViteUserConfig = {
  test: {
    include: ['test/**/*.test.ts'],
    // Long enough for a machine that is busy: nothing here is held to a time.
    testTimeout: 500 * Math.max(runs, 200),
    hookTimeout: 120_000,
    coverage: {
      include: ['src/**'],
      reporter: ['text', 'html'],
      thresholds: { 'src/core/**': { 100: true } },
    },
  },
}

export default config
