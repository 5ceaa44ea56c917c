import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ExportCurrent } from '#schemas/generated/types'
import { exportUnits } from '#tests/export-units'
import { type LogWatch, openLogWatch } from '#tests/log-watch'
import { newRandom } from '#tests/soak/engine/random'
import type { ExportsSize } from '#tests/soak/exports/arguments'
import { judge, type Run, type Strike } from '#tests/soak/exports/judge'
import { killAtEach, type KillPoint } from '#tests/soak/exports/kill-points'
import { exportLargeFile, type LargeFile, rssGrowthMax } from '#tests/soak/exports/large-file'
import { type Load, startLoad } from '#tests/soak/exports/load'
import { type ExportsInstallation, startExports } from '#tests/soak/exports/scene'
import { drawStrikes, strike } from '#tests/soak/exports/strikes'
import { Told } from '#tests/soak/exports/told'
import type { OwnStack } from '#tests/soak/installed'

export interface ExportsRun extends Run {
  readonly violations: readonly string[]
  readonly strikes: readonly Strike[]
  readonly killPoints: readonly KillPoint[]
  readonly large: LargeFile
  /** From the first request to the end of the last one, milliseconds. */
  readonly tookMs: number
}

interface RunOptions {
  readonly size: ExportsSize
  readonly report: (line: string) => void
}

/** Between two strikes, milliseconds. */
const calmMs = { least: 3_000, most: 12_000 }
/** What was asked for last has its end by then: a step waits half a minute between two tries. */
const settledMsMax = 180_000
/** The longest life of what is made, and what it takes to delete it all. */
const goneMsMax = 300_000

/** Exports are asked for while everything is killed and the store fails. Judged by what is left. */
export async function runExports(own: OwnStack, options: RunOptions): Promise<ExportsRun> {
  const { size, report } = options
  const installation = await startExports(own, report)
  const told = new Told()
  const deadLetters: string[] = []
  const folder = join(own.stack.dataDir, 'fetched')
  mkdirSync(folder)
  let watch: LogWatch | undefined
  let load: Load | undefined
  try {
    watch = await watchExports(own, told, deadLetters)
    report(`a file of ${size.fileMebibytes} MiB`)
    const large = await exportLargeFile(installation, size.fileMebibytes)
    const killPoints = await killAtEach(installation, folder, report)
    const beganMs = Date.now()
    load = startLoad({ client: installation.client, folder, ...size })
    const strikes = await struck(installation, load, options)
    await load.stop(settledMsMax)
    const tookMs = Date.now() - beganMs
    report(`${load.asked.length} requests were made; all of it is deleted`)
    const left = await leftOf(installation, told)
    await watch.caughtUp()
    const asked = [...killPoints.map((point) => point.asked), ...load.asked]
    const run: Run = { asked, told, left, deadLetters }
    const refused = load.refused.map((sentence) => `a request was not taken: ${sentence}`)
    const violations = [...judge(run), ...refused, ...largeWrongs(large)]
    return { ...run, violations, strikes, killPoints, large, tookMs }
  } finally {
    load?.abandon()
    await watch?.close()
    await installation.stop()
  }
}

function watchExports({ stack }: OwnStack, told: Told, deadLetters: string[]): Promise<LogWatch> {
  const letters = exportUnits.map((unit) => `${unit}.dlq`)
  const topics = ['exports.current', 'exports.requested', ...letters]
  return openLogWatch(stack, topics, ({ topic, partition, offset, key, value }) => {
    if (topic === 'exports.current') told.noteCurrent(key!, value as ExportCurrent | undefined)
    else if (topic === 'exports.requested') {
      told.noteRequested(key!, (value as { export_id: string } | undefined)?.export_id)
    } else deadLetters.push(`${topic}/${partition}/${offset}`)
  })
}

/** Does in turn what is done on purpose, as long as exports are asked for. */
async function struck(
  installation: ExportsInstallation,
  { asked }: Load,
  { size, report }: RunOptions,
): Promise<readonly Strike[]> {
  // Another sequence than that of the load, which a strike would shift.
  const random = newRandom(size.seed + 1)
  const deadline = performance.now() + size.minutes * 60_000
  const strikes: Strike[] = []
  for (const what of drawStrikes(size.minutes * 10, random)) {
    await sleep(random.whole(calmMs.least, calmMs.most))
    if (performance.now() > deadline) break
    report(`${what}, ${asked.length} requests so far`)
    strikes.push(await strike(installation, what, random))
  }
  return strikes
}

/** What is in the store below `exports/` once nothing is kept of any export; all of it, where that does not come. */
async function leftOf({ sandbox }: ExportsInstallation, told: Told): Promise<readonly string[]> {
  const left = () =>
    [...sandbox.keys(), ...sandbox.uploads()].filter((key) => key.startsWith('exports/'))
  const deadline = performance.now() + goneMsMax
  const isGone = () => left().length === 0 && told.exports().every(({ isForgotten }) => isForgotten)
  while (!isGone() && performance.now() < deadline) await sleep(500)
  return left()
}

const largeWrongs = ({ lines, failure, rssMax, rssBefore }: LargeFile): string[] => {
  const line = lines.toLocaleString('en')
  const wanted = `csv-column-count: line ${line}: 3 columns, 15 expected`
  const grown = Math.round((rssMax - rssBefore) / 2 ** 20)
  return [
    ...(failure === wanted ? [] : [`the large file failed of ${failure}, not of ${wanted}`]),
    ...(rssMax - rssBefore <= rssGrowthMax ? [] : [`the large file took ${grown} MiB of memory`]),
  ]
}
