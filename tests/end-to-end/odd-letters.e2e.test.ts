import { randomBytes, randomUUID } from 'node:crypto'
import kafkajs from 'kafkajs'
import { describe, expect, inject, it, vi } from 'vitest'
import { readSample } from '#schemas/samples/sample'
import { runCommand } from '#tests/command'
import { strangersKafka } from '#tests/log-watch'
import { platformOf } from '#tests/stack'

const stack = inject('stack')
Object.assign(process.env, platformOf(stack))
const corrente = (...args: readonly string[]) => runCommand(args)
const kafka = strangersKafka(stack)

const suffix = () => randomBytes(4).toString('hex')

async function write(topic: string, messages: readonly kafkajs.Message[]): Promise<number> {
  const createPartitioner = kafkajs.Partitioners.DefaultPartitioner
  const producer = kafka.producer({ createPartitioner })
  await producer.connect()
  // Compressed a large one passes the limits of the topic, which are those of a batch.
  const compression = kafkajs.CompressionTypes.GZIP
  const [written] = await producer.send({ topic, messages: [...messages], compression })
  await producer.disconnect()
  return Number(written!.baseOffset)
}

const headersOf = (unit: string, error: string) => ({
  'dlq.unit': unit,
  'dlq.topic': 'applications',
  'dlq.partition': '0',
  'dlq.offset': '0',
  'dlq.timestamp': '1768467600000',
  'dlq.error': error,
  'dlq.attempts': '1',
})

describe('a dead letter of 5 MB', () => {
  it('is set aside by its place, shown from there, not sent back, and given up', async () => {
    const key = randomUUID()
    const value = Buffer.alloc(5_000_000, 'x')
    const offset = await write('applications', [{ key, value, partition: 1 }])
    const unit = 'payment-dispatcher'
    const mine = `applications@1:${offset}`
    interface Listed {
      readonly place: string
      readonly origin: string
    }
    const find = async () => {
      const { out } = await corrente('dlq', 'list', unit, '--since', '10m', '--json')
      const { letters } = JSON.parse(out) as { readonly letters: readonly Listed[] }
      return letters.find(({ origin }) => origin === mine)?.place
    }
    const place = await vi.waitFor(
      async () => {
        const found = await find()
        if (found === undefined) throw new Error('its letter is not there')
        return found
      },
      { timeout: 30_000, interval: 200 },
    )

    const { code, out } = await corrente('dlq', 'show', place)
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      original: mine,
      bytes: value.length,
      unread: expect.any(String) as string,
      tenant: null,
    })
    const refused = await corrente('dlq', 'redrive', place, '--again')
    expect(refused).toMatchObject({ code: 1, out: '0 redriven, 1 not\n' })
    expect(refused.err).toMatch(
      /more than Kafka takes back, and stands at applications@1:\d+: have its writer write it again in smaller parts, then drop this letter/,
    )
    const dropped = await corrente('dlq', 'drop', place, '--reason', 'written by a test')
    expect(dropped).toMatchObject({ code: 0, out: expect.stringContaining('1 dropped') as string })
    expect(await find()).toBeUndefined()
  })
})

describe('dead letters of a unit that is gone', () => {
  const unit = `gone-${suffix()}`
  it('are listed as such, cannot be sent back, and can be given up', async () => {
    const admin = kafka.admin()
    await admin.connect()
    await admin.createTopics({
      topics: [`${unit}.dlq`, `${unit}.redrive`].map((topic) => ({ topic, numPartitions: 1 })),
      waitForLeaders: true,
    })
    await admin.disconnect()
    const error = `test-${suffix()}`
    const application = Buffer.from(JSON.stringify(readSample('application')))
    const letter = { key: 'k', value: application, headers: headersOf(unit, error) }
    await write(`${unit}.dlq`, [letter, { ...letter, value: Buffer.from('?') }])

    const listed = await corrente('dlq', 'list', unit)
    expect(listed.code).toBe(1)
    expect(listed.out).toContain(`${unit}.dlq@0:0`)
    expect(listed.err).toContain(`${unit} is no unit of this version`)
    const all = await corrente('dlq', 'list', '--error', error, '--by', 'unit', '--json')
    expect(JSON.parse(all.out)).toMatchObject({
      count: 2,
      gone: [unit],
      groups: [{ unit, count: 2 }],
    })
    const shown = JSON.parse((await corrente('dlq', 'show', `${unit}.dlq@0:0`)).out) as object
    const { tenant_id } = readSample('application') as { readonly tenant_id: string }
    expect(shown).toMatchObject({
      tenant: tenant_id,
      cannotBeRedriven: expect.stringMatching(/drop its letters/) as string,
    })
    const refused = await corrente('dlq', 'redrive', unit, '--all', '--dry-run')
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toContain(`drop its letters with a reason (corrente dlq drop ${unit} --all`)

    const ofTenant = ['--tenant', tenant_id, '--reason', 'a test']
    const some = await corrente('dlq', 'drop', unit, ...ofTenant)
    expect(some).toMatchObject({ code: 0, out: `${unit}.dlq@0:0 dropped\n1 dropped\n` })
    expect(some.err).toBe('1 left out: their originals do not say whose they are\n')
    expect(await corrente('dlq', 'drop', unit, '--all', '--reason', 'a test')).toMatchObject({
      code: 0,
    })
    expect(await corrente('dlq', 'list', unit)).toMatchObject({ code: 0, out: 'no dead letters\n' })
  })
})

describe('dead letters', () => {
  it('are named by mistakes in a sentence', async () => {
    const missing = await corrente('dlq', 'redrive', 'payment-dispatcher.dlq@2:999999')
    expect(missing).toMatchObject({ code: 1, out: '0 redriven\n' })
    const all = await corrente('dlq', 'redrive', 'payment-dispatcher')
    expect(all).toMatchObject({
      code: 2,
      err: expect.stringContaining('say which letters') as string,
    })
    const stranger = await corrente('dlq', 'list', 'payments')
    expect(stranger.code).toBe(2)
    expect(stranger.err).toMatch(/^payments is not a unit; the units are payment-dispatcher/)
  })
})

describe('parked records', () => {
  it('that are not there are not released, and a unit that parks none is named', async () => {
    const nothing = await corrente(
      'parked',
      'release',
      'debt-position-opener',
      '--key',
      randomUUID(),
    )
    expect(nothing).toMatchObject({ code: 1, out: '0 order keys are asked to be tried now\n' })
    expect(await corrente('parked', 'release', 'payment-keeper', '--all')).toMatchObject({
      code: 2,
      err: expect.stringContaining('payment-keeper parks nothing') as string,
    })
    expect(await corrente('parked', 'release', 'debt-position-opener')).toMatchObject({
      code: 2,
      err: expect.stringContaining('say which records') as string,
    })
    expect(await corrente('parked', 'list', 'payment-keeper')).toMatchObject({ code: 0 })
  })
})
