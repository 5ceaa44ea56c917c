import { describe, expect, it } from 'vitest'
import { RejectedError, TransientError } from '#core/errors'
import { anomaly, calling, echo, output, recordOf, tenants } from '#core/example-unit'
import { attempted, handled, noState, type Surroundings } from '#core/handle-record'
import { defineProcessor, setAside, to } from '#core/processor'

const record = recordOf(null, { 'correlation-id': 'story' })
const row = (id: string) => ({ value: { id, connector: 'c' }, version: `0:${id}`, story: {} })
const given: Surroundings = {
  now: new Date('2026-01-15T09:00:00Z'),
  state: noState,
  tables: {
    tenants: {
      topic: tenants,
      get: (key) => (key === 'none' ? undefined : row(key)),
      where: () => [row('1'), row('2')],
    },
  },
}
const unitOf = (
  handle: Parameters<
    typeof defineProcessor<
      typeof echo.input,
      typeof echo.outputs,
      typeof echo.state & object,
      { tenants: typeof tenants }
    >
  >[0]['handle'],
) => defineProcessor({ ...echo, lookups: { tenants }, state: echo.state!, handle })

describe('handled', () => {
  it('gives a unit the moment, the place, the headers, and the same ids again', () => {
    const seen: unknown[] = []
    const unit = unitOf((_, { now, newId, headers, position }) => {
      seen.push([now, newId(), newId(), headers, position])
      return []
    })
    handled(unit, record, anomaly(), given)
    handled(unit, record, anomaly(), given)
    expect(seen[0]).toEqual(seen[1])
    const [now, one, two, headers, position] = seen[0] as unknown[]
    expect([now, headers, position]).toEqual([
      given.now,
      { 'correlation-id': 'story' },
      { partition: 2, offset: 41 },
    ])
    expect(one).not.toBe(two)
  })

  it('records the version of each row that was looked up, once', () => {
    const unit = unitOf((_, { lookup }) => {
      lookup.tenants.get('1')
      lookup.tenants.get('none')
      lookup.tenants.where('connector', 'c')
      return []
    })
    expect(handled(unit, record, anomaly(), given).lookedUp).toEqual([
      'tenants/1@0:1',
      'tenants/2@0:2',
    ])
  })

  it('keeps what is emitted beside a record that is set aside', () => {
    const unit = unitOf(() => [
      to(output, anomaly()),
      setAside(new RejectedError('ambiguous', 'two')),
    ])
    const outcome = handled(unit, record, anomaly(), given)
    expect(outcome.emissions).toHaveLength(1)
    expect(outcome).toMatchObject({ cause: { code: 'ambiguous' }, isBug: false, attempts: 1 })
  })

  it.each<[string, () => never, boolean]>([
    ['a refusal, which is no bug', () => fail(new RejectedError('no', 'no')), false],
    ['a bug', () => fail(new TypeError('x is not a function')), true],
    [
      'a transient failure of a pure unit, which is a bug',
      () => fail(new TransientError('x')),
      true,
    ],
  ])('turns what is thrown into an outcome: %s', (_, handle, isBug) => {
    expect(handled(unitOf(handle), record, anomaly(), given)).toMatchObject({
      emissions: [],
      isBug,
    })
  })
  const fail = (error: Error): never => {
    throw error
  }

  it('takes a unit that returns nothing for a bug', () => {
    const unit = unitOf((() => undefined) as never)
    expect(handled(unit, record, anomaly(), given).isBug).toBe(true)
  })
})

describe('attempted', () => {
  const try_ = (call: () => Promise<void>, signal = new AbortController().signal) =>
    attempted(calling(call), record, anomaly(), { ...given, signal, attempt: 3 })

  it('counts the tries', async () => {
    expect(await try_(async () => undefined)).toMatchObject({ attempts: 3, isBug: false })
  })

  it('asks for another try after a transient failure, or anything thrown once time is up', async () => {
    const transient = new TransientError('away')
    expect(await try_(() => Promise.reject(transient))).toBe(transient)
    const late = await try_(() => Promise.reject(new TypeError('aborted')), AbortSignal.abort())
    expect(late).toBeInstanceOf(TransientError)
  })

  it('does not try a bug again', async () => {
    expect(await try_(() => Promise.reject(new TypeError('x')))).toMatchObject({ isBug: true })
  })
})
