import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stopStack } from '#compose/embedded/stack'
import { engineSoakArguments } from '#tests/soak/engine/arguments'
import { type Played, reportText, violationsOf, writeReport } from '#tests/soak/engine/report'
import type { Scenario, SoakSize } from '#tests/soak/engine/scenario'
import { scenarios } from '#tests/soak/engine/scenarios'
import { openSoakStack, type SoakStack } from '#tests/soak/engine/soak-stack'
import { killWorkers } from '#tests/soak/engine/worker'

interface Given {
  readonly args: readonly string[]
  /** Told one line for each thing a person waits for. */
  readonly report: (line: string) => void
}

/** Whether every promise was kept. Writes the report where all scenarios are played. */
export async function soakEngine({ args, report }: Given): Promise<boolean> {
  const names = scenarios.map(({ name }) => name)
  const { only, size } = engineSoakArguments(args, process.env, names)
  const wanted = scenarios.filter(({ name }) => only.length === 0 || only.includes(name))
  const dataDir = mkdtempSync(join(tmpdir(), 'corrente-soak-engine-'))
  const ending = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      ending.abort(new Error('stopped'))
      killWorkers()
    })
  }
  report(`seed ${size.seed}, ${size.records} records, ${size.kills} kills`)
  const stack = await openSoakStack({ dataDir, report, signal: ending.signal })
  const all: Played[] = []
  try {
    for (const scenario of wanted) {
      ending.signal.throwIfAborted()
      all.push(await played(scenario, stack, size))
      // What is over is told, whatever becomes of the rest.
      if (only.length === 0) writeReport(reportText(all, size))
    }
  } finally {
    killWorkers()
    await stack.close().catch(() => stopStack(dataDir, report))
  }
  const text = reportText(all, size)
  process.stdout.write(`${text}\n`)
  const isGood = all.every((one) => violationsOf(one).length === 0)
  if (isGood) rmSync(dataDir, { recursive: true, force: true })
  else report(`its logs and data: ${dataDir}`)
  return isGood
}

/** One that breaks costs its own lines, and the others nothing. */
async function played(scenario: Scenario, stack: SoakStack, size: SoakSize): Promise<Played> {
  const { report, signal } = stack
  const skipped = scenario.obstacle?.()
  if (skipped !== undefined) {
    report(`${scenario.name}: skipped, ${skipped}`)
    return { scenario, seconds: 0, skipped }
  }
  report(`${scenario.name}: ${scenario.title}`)
  const began = performance.now()
  const seconds = () => (performance.now() - began) / 1_000
  try {
    const outcome = await scenario.run(stack, size)
    const one = { scenario, seconds: seconds(), outcome }
    const violations = violationsOf(one)
    report(
      `${scenario.name}: ${violations.length === 0 ? 'ok' : violations.join('; ')}, ${seconds().toFixed(0)} s`,
    )
    return one
  } catch (error) {
    signal.throwIfAborted()
    report(`${scenario.name}: BROKE: ${error instanceof Error ? error.stack : String(error)}`)
    killWorkers()
    await stack.revive()
    return { scenario, seconds: seconds(), failure: (error as Error).message }
  }
}
