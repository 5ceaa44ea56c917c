import { defineConfig } from 'vitest/config'

/**
 * Units need no broker and run side by side, more of them than there are cores, because many only wait; they leave
 * nothing behind in their process, and a new one for each file (`--isolate`) would double the time. End-to-end
 * tests share one embedded stack and run in sequence (`--no-file-parallelism`: two cores are all there is). They need
 * UV_THREADPOOL_SIZE in the environment they are started with: `npm run end-to-end`.
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
      {
        test: {
          name: 'end-to-end',
          include: ['**/*.e2e.test.ts'],
          exclude: ['node_modules/**'],
          globalSetup: ['./tests/stack.ts'],
          pool: 'forks',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
