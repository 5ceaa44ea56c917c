import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Admin } from 'kafkajs'
import { withAdmin } from '#apps/platform/admin'
import type { BenchStack } from '#tests/bench/engine/bench-stack'
import { benchUnit, eventsTopic, rowsTopic, type UnitNames } from '#tests/bench/engine/bench-units'
import { checkFlow } from '#tests/bench/engine/check-flow'
import { type FlowFigures, flowFigures } from '#tests/bench/engine/flow-figures'
import type { Load } from '#tests/bench/engine/loads'
import type { SideProcess } from '#tests/bench/engine/side-process'
import type { Point } from '#tests/bench/statistics'

/** One side of a throughput comparison. */
export interface FlowSide {
  readonly name: string
  /** Starts it on the unit's topics; its consumer group is the unit's name. */
  start(unit: UnitNames): SideProcess
  /** Where it keeps the changelog of the unit's state; the unit's own topic where absent. */
  changelogOf?(unit: UnitNames): string | undefined
  /** Copies bytes and decodes nothing. */
  readonly isBare?: boolean
}

/** Names of one run: no two runs share a topic or a group. */
export function newUnit(kind: string, input: string, hasState = false): UnitNames {
  const name = `${kind}-${randomBytes(4).toString('hex')}`
  const state = hasState ? { rows: `${name}.rows` } : {}
  return { name, input, output: `${name}.out`, ...state }
}

/** Creates the topics of the unit that are not there yet. */
export function applyUnit(stack: BenchStack, unit: UnitNames): Promise<void> {
  const { input, output, rows } = unit
  const state = rows === undefined ? [] : [rowsTopic(rows)]
  return stack.apply([eventsTopic(input), eventsTopic(output), ...state], [benchUnit(unit)])
}

/** How far the group has committed in its input, over all partitions. */
export async function committedBy(admin: Admin, unit: UnitNames): Promise<number> {
  const [found] = await admin.fetchOffsets({ groupId: unit.name, topics: [unit.input] })
  return found!.partitions.reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0)
}

const sampleMs = 50
const flowMsMax = 10 * 60_000

/** Lets a side work through a load that lies there, and checks what it left. Throws where that is wrong. */
export async function runFlow(
  stack: BenchStack,
  side: FlowSide,
  load: Load,
  hasState = false,
): Promise<FlowFigures> {
  const unit = newUnit(side.name, load.topic, hasState)
  await applyUnit(stack, unit)
  const process = side.start(unit)
  const cpu: Point[] = []
  let peakMegabytes = 0
  try {
    await withAdmin(stack.kafka, async (admin) => {
      const sampling = setInterval(() => {
        if (process.isRunning()) cpu.push({ at: Date.now(), value: process.cpuSeconds() })
      }, sampleMs)
      try {
        await untilCommitted(stack, { admin, unit, process, total: load.records })
        cpu.push({ at: Date.now(), value: process.cpuSeconds() })
        peakMegabytes = process.peakMegabytes()
      } finally {
        clearInterval(sampling)
      }
    })
  } finally {
    await process.stop()
  }
  const changelog = side.changelogOf?.(unit) ?? unit.rows
  const outputsAtMs = await checkFlow(stack, {
    load,
    output: unit.output,
    isMarked: !side.isBare,
    ...(changelog === undefined ? {} : { changelog }),
  })
  const figures = flowFigures({ startedAtMs: process.startedAtMs, outputsAtMs, cpu, peakMegabytes })
  stack.report(
    `${side.name}${hasState ? ' with state' : ''}, ${load.records} records, ${load.keys} keys: ` +
      `whole ${kilo(figures.wholeRate)}, warm ${kilo(figures.warmRate)}, ` +
      `${figures.warmCpuMicros.toFixed(1)} µs CPU a record, ${figures.peakMegabytes.toFixed(0)} MB`,
  )
  return figures
}

const kilo = (rate: number) => `${(rate / 1_000).toFixed(1)}k/s`

interface Awaited {
  readonly admin: Admin
  readonly unit: UnitNames
  readonly process: SideProcess
  readonly total: number
}

/** Waits until the group of the unit has committed so many records. Throws where its process ends before. */
export async function untilCommitted(
  { signal }: Pick<BenchStack, 'signal'>,
  { admin, unit, process, total }: Awaited,
): Promise<void> {
  const deadline = performance.now() + flowMsMax
  for (;;) {
    const committed = await committedBy(admin, unit)
    if (committed >= total) return
    signal.throwIfAborted()
    process.assertRuns()
    if (performance.now() > deadline) {
      throw new Error(`${unit.name} has committed ${committed} of ${total} records in 10 minutes`)
    }
    await sleep(sampleMs)
  }
}
