import { setTimeout as sleep } from 'node:timers/promises'

interface Bounds {
  readonly msMax: number
  readonly signal: AbortSignal
}

/** Waits until the condition holds. Throws naming what was awaited after `msMax`, and at an abort. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  { msMax, signal }: Bounds,
): Promise<void> {
  const deadline = performance.now() + msMax
  while (!(await holds())) {
    signal.throwIfAborted()
    if (performance.now() > deadline) throw new Error(`waited ${msMax} ms for: ${what}`)
    await sleep(20)
  }
}
