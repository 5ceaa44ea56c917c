import { defineConfig } from 'vitest/config'

/** Of the engine's own those that stop the broker or ask how long something takes, and as many as fill the group. */
const engine = [
  'away',
  'bad-records',
  'circuits',
  'exactly-once',
  'exhausted',
  'expiry',
  'group-member',
  'killed',
  'native-batches',
  'partitioner',
  'redrive',
  'slots',
  'too-large',
]

/**
 * Tests of parts, whose topics and units are their own, and those of the platform that start it themselves: with settings
 * of their own, without another's dead letters, or to kill its apps.
 */
const parts = [
  ...engine.map((name) => `tests/engine/${name}.e2e.test.ts`),
  'tests/end-to-end/add-a-processor.e2e.test.ts',
  'tests/end-to-end/bad-day.e2e.test.ts',
  'tests/end-to-end/conform-json.e2e.test.ts',
  'tests/end-to-end/fault.e2e.test.ts',
  'tests/end-to-end/proxy-start.e2e.test.ts',
  'tests/end-to-end/retry.e2e.test.ts',
  'tests/end-to-end/start.e2e.test.ts',
]

const endToEnd = {
  exclude: ['node_modules/**', 'dist/**'],
  pool: 'forks' as const,
  testTimeout: 60_000,
  hookTimeout: 60_000,
}

/**
 * Units need no broker and run side by side, more of them than there are cores, because many only wait; they leave
 * nothing behind in their process, and a new one for each file (`--isolate`) would double the time. End-to-end tests
 * are two groups, each with a stack of its own and its files in sequence: `npm run end-to-end` runs both. On the stack of
 * `platform` the platform runs, once for all of its files.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: ['**/*.e2e.test.ts', 'node_modules/**'],
          testTimeout: 20_000,
        },
      },
      { test: { ...endToEnd, name: 'parts', globalSetup: ['./tests/stack.ts'], include: parts } },
      {
        test: {
          ...endToEnd,
          name: 'platform',
          globalSetup: ['./tests/running-platform.ts'],
          include: ['**/*.e2e.test.ts'],
          exclude: [...parts, 'node_modules/**'],
        },
      },
    ],
  },
})
