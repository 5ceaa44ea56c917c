import { defineConfig } from 'vitest/config'

/** Tests that kill and bound how long what follows may take: they have the machine for themselves. */
const alone = ['tests/end-to-end/fault.e2e.test.ts', 'tests/engine/slots.e2e.test.ts']

/**
 * Tests of parts, whose topics and units are their own, and those of the platform that start it themselves: with settings
 * of their own, without another's dead letters, or to kill its apps. The engine's, and those that need no
 * stack, are with the platform's, where they harm nobody: so both groups take about as long.
 */
const parts = [
  'tests/end-to-end/access-list.e2e.test.ts',
  'tests/end-to-end/add-a-processor.e2e.test.ts',
  'tests/end-to-end/add-an-intermediary.e2e.test.ts',
  'tests/end-to-end/bad-day.e2e.test.ts',
  'tests/end-to-end/conform-json.e2e.test.ts',
  'tests/end-to-end/debit-edge*.e2e.test.ts',
  'tests/end-to-end/debit-projection.e2e.test.ts',
  'tests/end-to-end/debits-verify.e2e.test.ts',
  'tests/end-to-end/exports*.e2e.test.ts',
  'tests/end-to-end/notifications.e2e.test.ts',
  'tests/end-to-end/proxy-start.e2e.test.ts',
  'tests/end-to-end/retry.e2e.test.ts',
  'tests/end-to-end/start.e2e.test.ts',
]

const endToEnd = {
  exclude: ['node_modules/**', 'dist/**'],
  pool: 'forks' as const,
  setupFiles: ['./tests/own-environment.ts'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
}

/**
 * Units need no broker and run side by side, more of them than there are cores, because many only wait; they leave
 * nothing behind in their process, and a new one for each file (`--isolate`) would double the time. End-to-end tests
 * are two groups, each with a stack of its own and its files in sequence, and those that run alone: `npm run end-to-end`
 * runs all. On the stack of `platform` the platform runs, once for all of its files; `guarded` are the same tests where Kafka
 * lets each app do only what the access list says (by hand: `vitest run --project guarded`).
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
      { test: { ...endToEnd, name: 'alone', globalSetup: ['./tests/stack.ts'], include: alone } },
      {
        test: {
          ...endToEnd,
          name: 'platform',
          globalSetup: ['./tests/running-platform.ts'],
          include: ['**/*.e2e.test.ts'],
          exclude: [...parts, ...alone, 'node_modules/**'],
        },
      },
      {
        test: {
          ...endToEnd,
          name: 'guarded',
          globalSetup: ['./tests/guarded-platform.ts'],
          include: ['tests/end-to-end/*.e2e.test.ts'],
          exclude: [...parts, ...alone, 'node_modules/**'],
        },
      },
    ],
  },
})
