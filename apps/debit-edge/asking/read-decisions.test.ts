import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { type Decisions, readDecisions } from '#apps/debit-edge/asking/read-decisions'
import { decidedOf } from '#apps/debit-edge/example-log'
import type { InputRecord, Position } from '#core/records'
import { RegistryUnreachableError } from '#core/registry'
import type { openTopicReader } from '#core/topic-reader'
import { newWire } from '#core/wire'
import type { DebitDecided, DebitRequest } from '#schemas/generated/types'
import { debitDecisions } from '#schemas/topics'

type Opened = Parameters<typeof openTopicReader>[1]

const wire = newWire({ format: 'json' })
const decided = (request_id: string) =>
  decidedOf({
    type: 'Debit',
    account_id: 'kR3vY1mBq0aZ8sD7fG2hJw',
    request_id,
    event_id: randomUUID(),
  } as unknown as DebitRequest)
const record = (offset: number, value: DebitDecided | Buffer): InputRecord => ({
  topic: 'debits.decisions',
  partition: 0,
  offset,
  key: 'kR3vY1mBq0aZ8sD7fG2hJw',
  value: Buffer.isBuffer(value) ? value : wire.encode(debitDecisions, value),
  timestamp: 0,
  headers: {},
})

/** A topic with two partitions that end at 7, read by readers a test can break. */
async function scene(given: { wire?: typeof wire } = {}) {
  const opened: Opened[] = []
  const told: string[] = []
  const logged: object[] = []
  let broken: (error: Error) => void = () => undefined
  const decisions: Decisions = await readDecisions({
    kafka: { brokers: 'nowhere:1' },
    offsets: {
      ends: async (places): Promise<Position[]> => places.map((place) => ({ ...place, offset: 7 })),
    },
    wire,
    log: { error: (fields) => void logged.push(fields) },
    topic: debitDecisions,
    partitions: [0, 1],
    pauseMs: 1,
    onDecided: (all) => told.push(...all.map(({ decision }) => decision.request_id)),
    async openReader(_kafka, options) {
      opened.push(options)
      return {
        reached: () => new Promise<void>((_, reject) => (broken = reject)),
        close: async () => broken(new Error('the reader was closed')),
      }
    },
    ...given,
  })
  close = () => decisions.close()
  return {
    decisions,
    told,
    logged,
    opened,
    read: (...records: InputRecord[]) => opened.at(-1)!.onRecords(records),
    break: (reason: string) => broken(new Error(reason)),
  }
}
let close = async (): Promise<void> => undefined
afterEach(() => close())

describe('decisions', () => {
  it('are read from the end of every partition, and told in order', async () => {
    const { opened, told, read } = await scene()
    expect(opened[0]!.beginnings.map(({ partition, offset }) => [partition, offset])).toEqual([
      [0, 7],
      [1, 7],
    ])
    await read(record(7, decided('a')), record(8, decided('b')))
    expect(told).toEqual(['a', 'b'])
  })

  it('that cannot be read are passed over, and told to the operator without a word of theirs', async () => {
    const { told, read, logged } = await scene()
    const poison = Buffer.from('{"card":"4111111111111111"}')
    await read(record(7, poison), record(9, decided('a')))
    expect(told).toEqual(['a'])
    expect(logged).toMatchObject([{ topic: 'debits.decisions', partition: 0, offset: 7 }])
    expect(JSON.stringify(logged)).not.toContain('4111')
  })

  it('are read on where reading broke, and meanwhile the status says so', async () => {
    const { decisions, opened, read, told, break: breakIt } = await scene()
    await read(record(7, decided('a')), record(8, decided('b')))
    breakIt('a place outside the log')
    await expect.poll(() => decisions.problems().join()).toContain('a place outside the log')
    await expect.poll(() => opened.length).toBe(2)
    expect(opened[1]!.beginnings[0]).toMatchObject({ partition: 0, offset: 9 })
    await read(record(9, decided('c')))
    expect(told).toEqual(['a', 'b', 'c'])
    expect(decisions.problems()).toEqual([])
  })

  it('wait for the registry where it is away', async () => {
    let isAway = true
    const { decisions, read, told } = await scene({
      wire: {
        ...wire,
        decode: wire.decode.bind(wire),
        async prepareRead() {
          if (isAway) throw new RegistryUnreachableError('the registry is away')
        },
      },
    })
    const reading = read(record(7, decided('a')))
    await expect.poll(() => decisions.problems()).toEqual(['the registry is away'])
    isAway = false
    await reading
    expect(told).toEqual(['a'])
    expect(decisions.problems()).toEqual([])
  })
})
