import { afterAll } from 'vitest'

// The files of a group share a process: what one of them sets in its environment is not there for the next.
const before = { ...process.env }
afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
  Object.assign(process.env, before)
})
