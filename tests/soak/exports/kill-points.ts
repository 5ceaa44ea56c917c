import { randomUUID } from 'node:crypto'
import { beginning, killingAt, stored } from '#tests/end-to-end/store-faults'
import type { Asked } from '#tests/soak/exports/asked'
import { ask, follow } from '#tests/soak/exports/client'
import type { ExportsInstallation } from '#tests/soak/exports/scene'
import { batches, languages, type Wish } from '#tests/soak/exports/wishes'
import { until } from '#tests/until'

/** One instant at which the worker was killed, and again as it began. */
export interface KillPoint {
  readonly what: string
  readonly asked: Asked
  /** From the request to its end, milliseconds. */
  readonly tookMs: number
}

const msMax = 120_000
const receipts = 1_000

/** An export for each instant between storing and committing, with the worker killed there, and again as it begins. */
export async function killAtEach(
  { sandbox, worker, client }: ExportsInstallation,
  folder: string,
  report: (line: string) => void,
): Promise<readonly KillPoint[]> {
  const long = batches.filter((batch) => batch.receipts === receipts)
  const points: KillPoint[] = []
  for (const [at, instant] of Object.values(stored).entries()) {
    report(`kill -9 once ${instant.what}`)
    const kills = killingAt(sandbox, worker, [instant, beginning])
    const signal = AbortSignal.timeout(msMax)
    const wish: Wish = {
      batch: long[at % long.length]!,
      language: languages[Math.floor(at / long.length)]!,
      lifetimeMinutes: 1,
      isAskedTwice: false,
      // What is given up is deleted at once.
      givenUpAfterMs: instant === stored.nothing ? 3_000 : undefined,
    }
    const beganMs = performance.now()
    const around = { client, folder, signal }
    const asked = await ask(wish, randomUUID(), around)
    await follow(asked, around)
    await until(`it was killed twice once ${instant.what}`, () => kills.left().length === 0, {
      msMax,
      signal,
    })
    kills.end()
    points.push({ what: instant.what, asked, tookMs: performance.now() - beganMs })
  }
  return points
}
