import { defineConfig } from 'vitest/config'

/**
 * Units need no broker and run side by side, more of them than there are cores, because many only wait. End-to-end
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
          // A file leaves nothing behind in its process: a new one each would double the time.
          isolate: false,
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
