import { randomBytes, randomUUID } from 'node:crypto'
import { userInfo } from 'node:os'
import kafkajs from 'kafkajs'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { runCommand } from '#tests/command'
import { openLogWatch, type SeenRecord, strangersKafka } from '#tests/log-watch'
import { platformOf } from '#tests/stack'

const unit = 'payment-dispatcher'
const stack = inject('stack')
/** The letters of this test alone. */
const error = `test-${randomBytes(4).toString('hex')}`

Object.assign(process.env, platformOf(stack))
const corrente = (...args: readonly string[]) => runCommand(args)
const json = async <T>(...args: readonly string[]): Promise<T> =>
  JSON.parse((await corrente(...args, '--json')).out) as T

interface Listed {
  readonly place: string
  readonly decision: { readonly action: string } | null
}
interface Decided {
  readonly decided: readonly string[]
  readonly refused: readonly { readonly place: string; readonly reason: string }[]
}
interface Found {
  readonly count: number
  readonly letters: readonly Listed[]
  readonly groups: readonly object[]
}
const found = (...args: readonly string[]) =>
  json<Found>('dlq', 'list', unit, '--error', error, ...args)
const list = async (...args: readonly string[]) => (await found(...args)).letters
const redrive = (...args: readonly string[]) => json<Decided>('dlq', 'redrive', ...args)

// A version nobody reads: sent back, it is discarded, whoever runs the unit later.
const original = (n: number) =>
  Buffer.from(JSON.stringify({ event_version: '1.0', n, who: 'Rossi' }))
/** Where no record of another test stands: theirs may have letters, too. */
const offsetOf = (n: number): string => String(1_000_000 + n)
const headersOf = (n: number, more: object = {}) => ({
  'correlation-id': 'story-1',
  'dlq.unit': unit,
  'dlq.topic': 'applications',
  'dlq.partition': '2',
  'dlq.offset': offsetOf(n),
  'dlq.timestamp': '1768467600000',
  'dlq.error': error,
  'dlq.message': 'Rossi has no tax code',
  'dlq.attempts': '1',
  ...more,
})

/** As a unit would write them; resolves with their places. */
async function writeLetters(count: number, more: object = {}): Promise<readonly string[]> {
  const producer = strangersKafka(stack).producer({
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  })
  await producer.connect()
  const messages = Array.from({ length: count }, (_, n) => {
    return { partition: 2, key: `key-${n}`, value: original(n), headers: headersOf(n, more) }
  })
  const [written] = await producer.send({ topic: `${unit}.dlq`, messages })
  await producer.disconnect()
  const first = Number(written!.baseOffset)
  return messages.map((_, n) => `${unit}.dlq@2:${first + n}`)
}

/** What strangers see on the topics of this test, committed only. */
async function seenOn(topic: string): Promise<readonly SeenRecord[]> {
  const records: SeenRecord[] = []
  const watch = await openLogWatch(stack, [topic], (record) => records.push(record))
  await watch.caughtUp()
  await watch.close()
  return records
}
const sentBack = async () =>
  (await seenOn(`${unit}.redrive`)).filter(({ headers }) => headers['dlq.error'] === error)
const notes = async (places: readonly string[]) =>
  (await seenOn('corrente.redrives'))
    .map(({ value }) => value as Record<string, unknown>)
    .filter(({ partition, offset }) =>
      places.includes(`${unit}.dlq@${String(partition)}:${String(offset)}`),
    )

let places: readonly string[]
beforeAll(async () => {
  places = await writeLetters(5)
})

describe('dead letters', () => {
  it('are listed without a value, until somebody has decided on them', async () => {
    const { code, out } = await corrente('dlq', 'list', unit, '--error', error)
    expect(code).toBe(1)
    for (const place of places) expect(out).toContain(place)
    expect(out).not.toContain('Rossi')
    const { out: shown } = await corrente('dlq', 'show', places[0]!)
    const first = `applications@2:${offsetOf(0)}`
    expect(JSON.parse(shown)).toMatchObject({ original: first, error, decision: null })
    expect(shown).not.toContain('Rossi')
  })

  it('are counted, and no more are shown than are wanted', async () => {
    expect(await found('--limit', '2')).toMatchObject({
      count: 5,
      letters: [{ place: places[0] }, { place: places[1] }],
    })
    expect(await found('--by', 'unit,error')).toMatchObject({
      count: 5,
      letters: [],
      groups: [{ unit, error, count: 5 }],
    })
    const counted = await corrente('dlq', 'list', unit, '--error', error, '--by', 'tenant')
    expect(counted).toMatchObject({ code: 1, out: expect.stringMatching(/^ +5 +- /m) as string })
  })

  it('are only shown by a dry run', async () => {
    const dry = await redrive(unit, '--error', error, '--limit', '2', '--dry-run')
    expect(dry).toMatchObject({ decided: places.slice(0, 2), refused: [] })
    expect(await sentBack()).toEqual([])
    expect(await list()).toHaveLength(5)
  })

  it('go back to their unit byte by byte, and each is noted', async () => {
    const reason = randomUUID()
    const done = await redrive(unit, '--error', error, '--limit', '3', '--reason', reason)
    expect(done).toMatchObject({ decided: places.slice(0, 3), refused: [] })
    const back = await sentBack()
    expect(back).toHaveLength(3)
    back.forEach((record, n) => {
      expect(record).toMatchObject({ partition: 2, key: `key-${n}`, bytes: original(n) })
      expect(record.headers).toEqual(headersOf(n, { 'dlq.redrives': '1' }))
    })
    const noted = await notes(places)
    expect(noted.map(({ offset }) => `${unit}.dlq@2:${String(offset)}`)).toEqual(places.slice(0, 3))
    for (const note of noted) {
      expect(note).toMatchObject({
        unit,
        action: 'redriven',
        app_id: expect.stringMatching(/^corrente:/) as string,
      })
    }
    const audit = await json<readonly { readonly reason: string | null }[]>(
      'audit',
      '--since',
      '5m',
    )
    expect(audit.filter((one) => one.reason === reason)).toMatchObject([
      { action: 'redrive', operator: userInfo().username, via: 'command', unit, count: 3 },
    ])
    expect((await list()).map(({ place }) => place)).toEqual(places.slice(3))
    expect(await list('--all')).toHaveLength(5)
  })

  it('do not go back twice unless it is asked for', async () => {
    const [place] = places
    expect(await redrive(place!)).toMatchObject({
      decided: [],
      refused: [
        { place, reason: expect.stringMatching(/^it was redriven at .*--again/) as string },
      ],
    })
    expect(await redrive(place!, '--again')).toMatchObject({ decided: [place], refused: [] })
    expect(await sentBack()).toHaveLength(4)
  })

  it('that failed again, or are too large, are refused with the reason', async () => {
    const [again] = await writeLetters(1, { 'dlq.redrives': '1' })
    const [large] = await writeLetters(1, { 'dlq.left-in-place': '3000000' })
    const { code, err } = await corrente('dlq', 'redrive', unit, '--error', error, '--since', '5m')
    expect(code).toBe(1)
    expect(err).toContain(`${again} not: the original was redriven once already and failed again`)
    expect(err).toContain(
      `${large} not: the original has 3000000 bytes, more than Kafka takes back`,
    )
    expect((await sentBack()).map(({ headers }) => headers['dlq.offset'])).toEqual(
      [0, 1, 2, 0, 3, 4].map(offsetOf),
    )
  })

  it('are given up with a reason, and without one they are not', async () => {
    const [place] = await writeLetters(1)
    expect(await corrente('dlq', 'drop', place!)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--reason') as string,
    })
    const reason = 'written by a test'
    expect(await corrente('dlq', 'drop', place!, '--reason', reason)).toMatchObject({ code: 0 })
    expect(await notes([place!])).toMatchObject([{ action: 'dropped', reason }])
    expect((await list()).map((one) => one.place)).not.toContain(place)
  })
})
