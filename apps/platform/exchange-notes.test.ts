import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { exchangeNotes, openExchangeNotes } from '#apps/platform/exchange-notes'
import { platformSettings } from '#apps/platform/settings'
import type { Exchange } from '#core/exchanges'
import { silentLog } from '#core/log'
import type { Publisher } from '#core/publisher'

const noted = { payment_id: '5f0c7a52-2a0d-4c55-9a3e-0d6f6e1b7c11', connector: 'examplepay' }
const exchange: Exchange = {
  direction: 'out',
  method: 'GET',
  url: 'https://pay.example/pendencies/5f0c7a522a0d4c559a3e0d6f6e1b7c11?key=geheim',
  startedAt: new Date('2025-03-10T09:15:02+01:00'),
  ms: 12,
  status: 200,
  error: undefined,
  request: undefined,
  response: { type: 'application/json', bytes: Buffer.from('{"state":"PAID","name":"Luca"}') },
}

type Publish = (topic: { name: string }, value: object, headers: object) => Promise<void>

/** Notes whose records go to `publish`; what was logged. */
function openNotes(publish: Publish, more: { waitingMax?: number; retryMs?: number } = {}) {
  const logged: object[] = []
  const tries: number[] = []
  let closed = 0
  const notes = exchangeNotes({
    ...more,
    log: { ...silentLog, warn: (fields) => void logged.push(fields) },
    open: async () => {
      tries.push(performance.now())
      const close = async () => void (closed += 1)
      return { publish: publish as unknown as Publisher['publish'], close }
    },
  })
  return { notes, logged, tries, closed: () => closed }
}

describe('the notes of exchanges', () => {
  it('are written redacted, under the payment', async () => {
    const written: unknown[] = []
    const { notes, closed } = openNotes(async (topic, value, headers) => {
      written.push([topic.name, value, headers])
    })
    notes.notesOf(noted)(exchange)
    await notes.close()
    expect(written).toEqual([
      [
        'payment.exchanges',
        {
          ...noted,
          direction: 'out',
          method: 'GET',
          host: 'pay.example',
          path: '/pendencies/5f0c7a522a0d4c559a3e0d6f6e1b7c11?key',
          started_at: exchange.startedAt.getTime(),
          ms: 12,
          status: 200,
          error: null,
          request_type: null,
          request_bytes: 0,
          request_body: null,
          response_type: 'application/json',
          response_bytes: 30,
          response_body: '{"state":"PAID","name":"text of 4"}',
        },
        { 'correlation-id': noted.payment_id },
      ],
    ])
    expect(closed()).toBe(1)
  })

  it('keep nobody waiting, and are left out where they are too many or cannot be written', async () => {
    const { notes, logged } = openNotes(() => new Promise(() => undefined), { waitingMax: 10 })
    const note = notes.notesOf(noted)
    const began = performance.now()
    for (let count = 0; count < 10_000; count += 1) note(exchange)
    expect(performance.now() - began).toBeLessThan(500)
    expect(logged).toEqual([{ count: 1 }])
    await notes.close()
  })

  it('fail nobody where Kafka refuses them', async () => {
    const { notes, logged } = openNotes(() => Promise.reject(new Error('no broker')))
    notes.notesOf(noted)(exchange)
    await notes.close()
    expect(logged).toEqual([{ count: 1 }])
  })

  it('are written again once Kafka can be reached', async () => {
    const written: unknown[] = []
    const publish = (async (_topic: unknown, value: unknown) => void written.push(value)) as never
    let isAway = true
    const notes = exchangeNotes({
      log: silentLog,
      retryMs: 400,
      open: async () => {
        if (isAway) throw new Error('no Kafka broker answers')
        return { publish, close: async () => undefined }
      },
    })
    notes.notesOf(noted)(exchange)
    await sleep(5)
    isAway = false
    notes.notesOf(noted)(exchange)
    await sleep(5)
    expect(written).toEqual([])
    await sleep(450)
    notes.notesOf(noted)(exchange)
    await notes.close()
    expect(written).toHaveLength(1)
  })

  it('are written by another connection some time after one broke', async () => {
    const written: number[] = []
    const breaking: (() => void)[] = []
    const closed: number[] = []
    const notes = exchangeNotes({
      log: silentLog,
      retryMs: 10,
      open: async (onBroken) => {
        const connection = breaking.push(onBroken)
        const publish = (async () => void written.push(connection)) as never
        return { publish, close: async () => void closed.push(connection) }
      },
    })
    notes.notesOf(noted)(exchange)
    await sleep(5)
    breaking[0]!()
    await sleep(15)
    notes.notesOf(noted)(exchange)
    await notes.close()
    expect([written, closed]).toEqual([
      [1, 2],
      [1, 2],
    ])
  })

  it('are not there at all where they are switched off', async () => {
    const settings = platformSettings({
      KAFKA_BROKERS: '127.0.0.1:9',
      CORRENTE_WIRE: 'json',
      CORRENTE_EXCHANGES: 'off',
    })
    const notes = openExchangeNotes(settings, 'worker', silentLog)
    expect(notes.notesOf).toBeUndefined()
    await notes.close()
  })

  it('open no connection before there is anything to note', async () => {
    const { notes, tries, closed } = openNotes(async () => undefined)
    await notes.close()
    expect([tries.length, closed()]).toEqual([0, 0])
  })
})
