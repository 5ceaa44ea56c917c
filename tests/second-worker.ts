import type { AppSpec } from '#apps/corrente/app-process'

/** Port of a second worker, counted from the base. */
const offset = 9

/** A worker beside the one of an installation, on a port of its own; it takes the next free slot. */
export const secondWorkerOf = (worker: AppSpec, portBase: number): AppSpec => {
  const port = portBase + offset
  return {
    ...worker,
    env: { ...worker.env, PORT: String(port) },
    claims: [{ port, wantedBy: 'a second worker' }],
    readyUrl: `http://127.0.0.1:${port}/status`,
  }
}
