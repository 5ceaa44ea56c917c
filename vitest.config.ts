import { defineConfig } from 'vitest/config'

/**
 * Tests of parts, whose topics, units or whole stacks are their own, and those of the platform that want a stack without
 * another's dead letters, or share nothing with the others: whatever else runs does not concern them.
 */
const parts = [
  'tests/engine/**/*.e2e.test.ts',
  'compose/**/*.e2e.test.ts',
  'tests/end-to-end/bad-day.e2e.test.ts',
  'tests/end-to-end/start.e2e.test.ts',
  'tests/end-to-end/add-a-processor.e2e.test.ts',
]

const endToEnd = {
  exclude: ['node_modules/**', 'dist/**'],
  globalSetup: ['./tests/stack.ts'],
  pool: 'forks' as const,
  testTimeout: 60_000,
  hookTimeout: 60_000,
}

/**
 * Units need no broker and run side by side, more of them than there are cores, because many only wait; they leave
 * nothing behind in their process, and a new one for each file (`--isolate`) would double the time. End-to-end tests
 * are two groups, each with a stack of its own and its files in sequence: `npm run end-to-end` runs both.
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
      { test: { ...endToEnd, name: 'parts', include: parts } },
      {
        test: {
          ...endToEnd,
          name: 'platform',
          include: ['**/*.e2e.test.ts'],
          exclude: [...parts, 'node_modules/**'],
        },
      },
    ],
  },
})
