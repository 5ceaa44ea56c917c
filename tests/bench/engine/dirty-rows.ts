import { withAdmin } from '#apps/platform/admin'
import type { RowPlan, Sample } from '#tests/bench/row'
import type { PaymentAnomaly } from '#schemas/generated/types'
import { benchEvent, eventBytes, keyNumberOf, keyOf } from '#tests/bench/engine/bench-events'
import type { BenchStack } from '#tests/bench/engine/bench-stack'
import { absentParty, type UnitNames } from '#tests/bench/engine/bench-units'
import { applyUnit, newUnit, untilCommitted } from '#tests/bench/engine/flow'
import { fewKeys, writeAll } from '#tests/bench/engine/loads'
import type { Bench, Scenario } from '#tests/bench/engine/scenario'
import { median } from '#tests/bench/statistics'

/** One way in which a record is not clean, and what the unit makes of it. */
interface Dirt {
  readonly plan: RowPlan
  /** The unit; its input and output are made by whoever measures. */
  readonly unit: (input: string) => UnitNames
  /** The value of a dirty record, made of a clean event. */
  readonly spoil: (schemaId: number, clean: PaymentAnomaly) => Buffer
}

const cpuAtMost = { of: 'ratio', is: 'at most', value: 1.15 } as const

/** Each is one row. */
const kinds: readonly Dirt[] = [
  {
    plan: {
      id: 'dirty.cpu',
      what: 'CPU a clean record, 1 % dead letters',
      unit: 'µs/record',
      rival: 'all clean',
      bar: cpuAtMost,
    },
    unit: (input) => newUnit('dirty', input),
    // Bytes end before the value does.
    spoil: (schemaId, clean) => eventBytes(schemaId, clean).subarray(0, -20),
  },
  {
    plan: {
      id: 'dirty.parked',
      what: 'CPU a clean record of a task, 1 % of keys parked',
      unit: 'µs/record',
      rival: 'all clean',
      bar: cpuAtMost,
    },
    unit: (input) => ({ ...newUnit('parking', input), isTask: true }),
    spoil: (schemaId, clean) => eventBytes(schemaId, { ...clean, connector: absentParty }),
  },
]

const dirtyEvery = 100
const pairs = 10

/** Clean and dirty blocks in turn, through one process: what it has compiled and what else runs is the same for both. */
const dirtyFlow = ({ plan, unit: unitOf, spoil }: Dirt): Scenario => ({
  rows: [plan],
  async measure(bench) {
    const unit = unitOf(newUnit('dirty-in', '').name)
    const blocks = await cpuOfBlocks(bench, unit, spoil)
    const of = (isDirty: boolean) =>
      median(blocks.filter((block) => block.isDirty === isDirty).map(({ cpuMicros }) => cpuMicros))
    const sample: Sample = { ours: of(true), rival: of(false) }
    bench.stack.report(
      `${plan.id}: ${of(true).toFixed(1)} µs, all clean ${of(false).toFixed(1)} µs`,
    )
    return new Map([[plan.id, sample]])
  },
})

interface Block {
  readonly isDirty: boolean
  /** CPU of the process by the clean records of the block. */
  readonly cpuMicros: number
}

async function cpuOfBlocks(
  { stack, sides, records }: Bench,
  unit: UnitNames,
  spoil: Dirt['spoil'],
): Promise<readonly Block[]> {
  await applyUnit(stack, unit)
  const size = Math.ceil(records / (2 * pairs))
  const process = sides.engine([unit])
  try {
    await process.printed('running')
    return await withAdmin(stack.kafka, async (admin) => {
      const blocks: Block[] = []
      // The first pair is compiled, not measured.
      for (let n = 0; n < 2 * (pairs + 1); n++) {
        const isDirty = n % 2 === 1
        const before = process.cpuSeconds()
        await writeBlock(stack, unit.input, {
          first: n * size,
          size,
          spoil: isDirty ? spoil : undefined,
        })
        await untilCommitted(stack, { admin, unit, process, total: (n + 1) * size })
        const clean = isDirty ? size - Math.floor(size / dirtyEvery) : size
        const cpuMicros = ((process.cpuSeconds() - before) * 1e6) / clean
        if (n >= 2) blocks.push({ isDirty, cpuMicros })
      }
      return blocks
    })
  } finally {
    await process.stop()
  }
}

interface BlockContent {
  readonly first: number
  readonly size: number
  readonly spoil: Dirt['spoil'] | undefined
}

const writeBlock = (stack: BenchStack, topic: string, { first, size, spoil }: BlockContent) =>
  writeAll(stack, topic, size, (n) => {
    const { id } = stack.event
    if (spoil === undefined || n % dirtyEvery !== dirtyEvery - 1) {
      const key = keyOf(keyNumberOf(first + n, fewKeys))
      return { key, value: eventBytes(id, benchEvent(first + n, key)) }
    }
    // Two of a key, and keys that no clean record has: one would wait behind a parked one.
    const key = keyOf(fewKeys + first + Math.floor(n / (2 * dirtyEvery)))
    return { key, value: spoil(id, benchEvent(first + n, key)) }
  })

/** One scenario for each kind of dirt. */
export const dirtyFlows: readonly Scenario[] = kinds.map(dirtyFlow)
