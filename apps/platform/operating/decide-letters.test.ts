import { describe, expect, it } from 'vitest'
import { type Deciding, decideOn } from '#apps/platform/operating/decide-letters'
import type { LetterSelection } from '#apps/platform/operating/letter-selection'
import { deadLetterOf } from '#core/redrive'
import type { OutputRecord } from '#core/records'
import { newWire } from '#core/wire'

const unit = 'payment-dispatcher'
const letter = (offset: number, headers = {}, value = Buffer.from(`value ${offset}`)) =>
  deadLetterOf(unit, {
    topic: `${unit}.dlq`,
    partition: 2,
    offset,
    key: `key-${offset}`,
    value,
    timestamp: 0,
    headers: { 'dlq.error': 'no-tax-code', ...headers },
  })

/** Decides on the letters, already decided ones by their offsets, and keeps what each transaction holds. */
async function decided(
  letters: readonly ReturnType<typeof letter>[],
  {
    known = [] as readonly number[],
    narrowing = {},
    ...more
  }: {
    known?: readonly number[]
    narrowing?: Partial<LetterSelection>
  } & Partial<Deciding> = {},
) {
  const transactions: (readonly OutputRecord[])[] = []
  const told: number[] = []
  const former = {
    action: 'dropped',
    at: '2026-01-15T10:00:00+01:00',
    operator: null,
    reason: 'r',
  } as const
  const result = await decideOn(
    {
      wire: newWire({ format: 'json' }),
      letters: (async function* () {
        yield letters
      })(),
      decisions: { of: ({ record }) => (known.includes(record.offset) ? former : undefined) },
      writer: more.isDryRun
        ? undefined
        : { write: async (records) => void transactions.push(records) },
    },
    {
      action: 'redriven',
      selection: { unit, ...narrowing },
      operator: { name: 'ada', from: 'command' },
      reason: null,
      rate: 10_000,
      isAgain: false,
      isDryRun: false,
      onDecided: ({ record }) => told.push(record.offset),
      ...more,
    },
  )
  return { ...result, transactions, told }
}
const noteIn = (records: readonly OutputRecord[], wanted = 'corrente.redrives') =>
  records
    .filter(({ topic }) => topic === wanted)
    .map(({ value }) => JSON.parse(String(value)) as Record<string, unknown>)

describe('a decision on dead letters', () => {
  it('sends each back in the transaction that notes it', async () => {
    const { transactions, told } = await decided([letter(1), letter(2)], { reason: 'mended' })
    expect(transactions.map((one) => one.map(({ topic }) => topic))).toEqual([
      [
        `${unit}.redrive`,
        'corrente.redrives',
        `${unit}.redrive`,
        'corrente.redrives',
        'corrente.operations',
      ],
    ])
    expect(noteIn(transactions[0]!)).toMatchObject([
      {
        unit,
        partition: 2,
        offset: 1,
        action: 'redriven',
        operator: 'ada',
        reason: 'mended',
        event_version: '1.0',
      },
      { unit, partition: 2, offset: 2, action: 'redriven' },
    ])
    expect(told).toEqual([1, 2])
  })

  it('only notes what is given up', async () => {
    const { transactions } = await decided([letter(1)], { action: 'dropped', reason: 'a test' })
    expect(transactions.flat().map(({ topic }) => topic)).toEqual([
      'corrente.redrives',
      'corrente.operations',
    ])
    expect(noteIn(transactions[0]!)).toMatchObject([{ action: 'dropped', reason: 'a test' }])
  })

  it('is one operation, told in each of its transactions', async () => {
    const letters = [letter(1), letter(2), letter(3)]
    const { transactions } = await decided(letters, {
      rate: 20,
      narrowing: { error: 'no-tax-code' },
    })
    const told = transactions.flatMap((one) => noteIn(one, 'corrente.operations'))
    expect(told.map(({ subjects }) => subjects)).toEqual([
      [`${unit}.dlq@2:1`, `${unit}.dlq@2:2`],
      [`${unit}.dlq@2:3`],
    ])
    expect(new Set(told.map(({ operation_id }) => operation_id)).size).toBe(1)
    const who = { action: 'redrive', operator: 'ada', via: 'command' }
    expect(told[0]).toMatchObject({ ...who, unit, selection: 'error no-tax-code' })
  })

  it('on letters of a tenant leaves those alone that do not say whose they are, and says how many', async () => {
    const letters = [
      { ...letter(1), tenant: 'body-1' },
      letter(2),
      { ...letter(3), tenant: 'body-2' },
    ]
    const narrowing = { tenant: 'body-1' }
    expect(await decided(letters, { narrowing })).toMatchObject({ told: [1], leftOut: 1 })
  })

  it('writes nothing in a dry run and says what it would', async () => {
    const dry = await decided([letter(1)], { isDryRun: true })
    expect(dry).toMatchObject({ decided: [`${unit}.dlq@2:1`], transactions: [] })
  })

  it('passes over what was decided on, refuses it where it is named, and takes it where told to', async () => {
    const letters = [letter(1), letter(2)]
    expect(await decided(letters, { known: [1] })).toMatchObject({ told: [2], refused: [] })
    const place = `${unit}.dlq@2:1`
    const narrowing = { partition: 2, offset: 1 }
    expect(await decided(letters, { known: [1], narrowing })).toMatchObject({
      told: [],
      refused: [{ place, reason: expect.stringMatching(/^it was dropped at /) as string }],
    })
    expect(await decided(letters, { known: [1], narrowing, isAgain: true })).toMatchObject({
      told: [1],
    })
  })

  it('does not send round in a loop what failed again', async () => {
    const again = letter(1, { 'dlq.redrives': '1' })
    const refused = await decided([again])
    expect(refused).toMatchObject({ told: [], refused: [{ place: `${unit}.dlq@2:1` }] })
    const { transactions } = await decided([again], { isAgain: true })
    expect(transactions[0]![0]!.headers['dlq.redrives']).toBe('2')
    const often = letter(2, { 'dlq.redrives': '10' })
    const looping = await decided([often], { isAgain: true })
    expect(looping).toMatchObject({ told: [], refused: [{ place: `${unit}.dlq@2:2` }] })
    expect((await decided([often], { isAgain: true, redrivesMax: 11 })).told).toEqual([2])
  })

  it('keeps to the limit and to the rate, in transactions of a tenth of a second', async () => {
    const letters = Array.from({ length: 30 }, (_, offset) => letter(offset))
    const beganMs = performance.now()
    const { transactions, told } = await decided(letters, { narrowing: { limit: 25 }, rate: 100 })
    expect(told).toHaveLength(25)
    expect(transactions.map((one) => noteIn(one).length)).toEqual([10, 10, 5])
    // The third transaction may begin once 20 letters are due.
    expect(performance.now() - beganMs).toBeGreaterThanOrEqual(195)
  })

  it('makes no transaction too large to end in time', async () => {
    const large = Array.from({ length: 6 }, (_, offset) =>
      letter(offset, {}, Buffer.alloc(1_900_000)),
    )
    const { transactions } = await decided(large)
    expect(transactions.map((one) => noteIn(one).length)).toEqual([4, 2])
  })
})
