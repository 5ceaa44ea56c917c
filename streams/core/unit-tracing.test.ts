import { describe, expect, it } from 'vitest'
import { exampleTracing, foreignTrace } from '#apps/platform/tracing/example-tracing'
import { deadLetter } from '#core/dead-letter'
import { RejectedError, TransientError } from '#core/errors'
import { anomaly, calling, echo, recordOf } from '#core/example-unit'
import { failed, noState, type Outcome } from '#core/handle-record'
import { headersFor } from '#core/outputs'
import { originalOf, recordFrom } from '#core/parked-heads'
import type { InputRecord } from '#core/records'
import { redriven, deadLetterOf } from '#core/redrive'
import { spanHere } from '#core/span-here'
import { tracedHandling, tracedTry } from '#core/traced-handling'
import { UnitTracing } from '#core/unit-tracing'
import { parsedTraceparent } from '#ports/trace-context'

const record = recordOf(null, { 'correlation-id': 'story', ...foreignTrace() })
const newTracing = () => {
  const { tracing, told } = exampleTracing()
  return { tracing: new UnitTracing(echo, tracing), told }
}
const around = { now: new Date('2026-01-15T09:00:00Z'), state: noState, tables: {} }
const handle = (tracing: UnitTracing, from: InputRecord = record): Outcome =>
  tracedHandling(echo, from, anomaly(), { ...around, tracing })
const write = (outcome: Outcome) => ({ partition: 2, outputs: [], rows: [], outcome })
const spanIdIn = (headers: Readonly<Record<string, string>>) =>
  parsedTraceparent(headers['traceparent'])?.spanId

describe('a record that is handled', () => {
  it('is told of as a part of its trace, and what is emitted goes on from there', async () => {
    const { tracing, told } = newTracing()
    const outcome = handle(tracing)
    tracing.committed([write(outcome)], performance.now())
    const [process, commit] = await told()
    expect(process).toMatchObject({
      name: 'process in',
      kind: 'consumer',
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      parent: '00f067aa0ba902b7',
      attributes: {
        'messaging.system': 'kafka',
        'messaging.destination.name': 'in',
        'messaging.destination.partition.id': '2',
        'messaging.kafka.offset': 41,
        'messaging.consumer.group.name': 'echo',
        'corrente.outcome': 'done',
      },
    })
    expect(commit).toMatchObject({ name: 'commit in', parent: process!.spanId, links: [] })
    const headers = headersFor('echo', record, {}, outcome)
    expect(spanIdIn(headers)).toBe(process!.spanId)
    expect(headers['correlation-id']).toBe('story')
  })

  it('is told of with its transaction, which is linked to each of its records', async () => {
    const { tracing, told } = newTracing()
    const outcomes = [handle(tracing), handle(tracing), handle(tracing)]
    expect(await told()).toEqual([])
    tracing.committed(outcomes.map(write), performance.now())
    const [first, second, third, commit] = await told()
    expect(commit!.parent).toBe(first!.spanId)
    expect(commit!.links).toEqual([second!.spanId, third!.spanId])
    expect(commit!.attributes['messaging.batch.message_count']).toBe(3)
  })

  it('that comes again says of the first time that nothing of it was committed', async () => {
    const { tracing, told } = newTracing()
    const lost = handle(tracing)
    tracing.abandoned()
    // A commit that comes too late for it tells nothing more of it.
    tracing.committed([write(lost)], performance.now())
    tracing.committed([write(handle(tracing))], performance.now())
    const spans = (await told()).filter(({ name }) => name === 'process in')
    expect(spans.map(({ attributes }) => attributes['error.type'])).toEqual([
      'not-committed',
      undefined,
    ])
  })

  it('leaves nothing behind where its trace is not recorded', async () => {
    const { tracing, told } = newTracing()
    const unrecorded = recordOf(null, foreignTrace('00'))
    const outcome = handle(tracing, unrecorded)
    expect(headersFor('echo', unrecorded, {}, outcome)).toMatchObject(foreignTrace('00'))
    tracing.committed([write(outcome)], performance.now())
    expect(await told()).toEqual([])
  })

  it('begins no trace where a unit emitted it in none: that was decided where its story began', async () => {
    const { tracing, told } = newTracing()
    const emitted = recordOf(null, { 'corrente-unit': 'payment-dispatcher' })
    const outcome = handle(tracing, emitted)
    expect(headersFor('echo', emitted, {}, outcome)).not.toHaveProperty('traceparent')
    tracing.committed([write(outcome)], performance.now())
    expect(await told()).toEqual([])
  })
})

describe('a record that is tried again', () => {
  const trying = (tracing: UnitTracing, from: InputRecord, attempt: number, error?: Error) => {
    const task = calling(async () => {
      if (error) throw error
    })
    const { signal } = new AbortController()
    return tracedTry(task, from, anomaly(), { ...around, tracing, signal, attempt })
  }

  it('is in the same trace each time, linked to the try before, also after it was parked', async () => {
    const { tracing, told } = newTracing()
    const fresh = recordOf(null, {})
    const away = new TransientError('away')
    expect(await trying(tracing, fresh, 1, away)).toBe(away)
    expect(await trying(tracing, fresh, 2, away)).toBe(away)
    const row = { record: originalOf(fresh) } as never
    const parked = tracing.noted({ kind: 'parked', item: { record: fresh, value: 0 }, row })
    await trying(tracing, recordFrom(parked.row), 3).then((outcome) =>
      tracing.committed([write(outcome as Outcome)], performance.now()),
    )
    const [first, second, third] = await told()
    expect(first).toMatchObject({ links: [], attributes: { 'error.type': 'TransientError' } })
    expect(second).toMatchObject({ traceId: first!.traceId, links: [first!.spanId] })
    expect(third).toMatchObject({ traceId: first!.traceId, links: [second!.spanId] })
    expect(third!.attributes).toMatchObject({ 'corrente.attempt': 3, 'corrente.outcome': 'done' })
  })

  it('has its span where it asks others', async () => {
    const { tracing } = newTracing()
    let seen: string | undefined
    const task = calling(async () => {
      await Promise.resolve()
      seen = spanHere()?.headers['traceparent']
    })
    const { signal } = new AbortController()
    const given = { ...around, tracing, signal, attempt: 1 }
    const outcome = (await tracedTry(task, record, anomaly(), given)) as Outcome
    expect(seen).toBe(outcome.span!.headers['traceparent'])
  })
})

describe('a dead letter', () => {
  const refused = (tracing: UnitTracing) =>
    tracing.handled(tracing.begin(record), record, failed(new RejectedError('no', 'no'), 1))
  const letterOf = ({ span }: Outcome) =>
    deadLetter(record, { unit: 'echo', appVersion: '1', error: 'no', attempts: 1, span })

  it('names the span it comes of, and the redrive of it is linked to that', async () => {
    const { tracing, told } = newTracing()
    const outcome = refused(tracing)
    tracing.committed([write(outcome)], performance.now())
    const letter = letterOf(outcome)
    expect(letter.headers['traceparent']).toBe(record.headers['traceparent'])
    const { headers } = redriven(deadLetterOf('echo', { ...record, ...letter, partition: 2 }))
    tracing.committed([write(handle(tracing, recordOf(null, headers)))], performance.now())
    const [failing, , again] = await told()
    expect(failing!.attributes).toMatchObject({
      'corrente.outcome': 'dead-letter',
      'error.type': 'no',
    })
    expect(again).toMatchObject({ traceId: failing!.traceId, links: [failing!.spanId] })
  })

  it('is as it ever was where traces are off', () => {
    const { headers } = letterOf({ ...failed('no', 1), emissions: [] })
    expect(Object.keys(headers)).not.toContain('corrente-last-try')
  })
})

describe('where traces are off', () => {
  it('nothing is added to what is emitted', () => {
    const plain = recordOf(null, {})
    const outcome = tracedHandling(echo, plain, anomaly(), around)
    expect(outcome.span).toBeUndefined()
    expect(headersFor('echo', plain, {}, outcome)).not.toHaveProperty('traceparent')
  })
})
