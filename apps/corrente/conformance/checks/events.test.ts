import { describe, expect, it } from 'vitest'
import { judged } from '#apps/corrente/conformance/checks/checks'
import { failures, idsOf } from '#apps/corrente/conformance/checks/example-judgement'
import {
  exampleEvent,
  linkEvent,
  openedEvent,
  withPayment,
} from '#apps/corrente/conformance/example-observed'
import type { Json } from '#apps/corrente/conformance/observed'

describe('an event that is not the right one', () => {
  /** Each event of the main payment changed. */
  const mainWith = (changes: (value: Json) => Json) =>
    withPayment('main', ({ events }) => ({
      events: events.map((event) => ({
        ...event,
        value: { ...event.value, ...changes(event.value) },
      })),
    }))

  const details = (members: Json) => (value: Json) => ({
    payment: { ...(value['payment'] as Json), ...members },
  })
  it.each([
    ['numbers', details({ notice_code: 301000000012345688 })],
    ['numbers', details({ notice_code: null, iuv: null })],
    ['version-written', () => ({ event_version: 2 })],
    ['version-written', () => ({ event_version: '2' })],
    ['dates-written', () => ({ updated_at: '2026-03-10T09:15:02.123+01:00' })],
    ['dates-written', () => ({ updated_at: '2026-03-10T08:15:02Z' })],
    ['dates-written', () => ({ updated_at: '2026-07-10T09:15:02+01:00' })],
    ['split-written', details({ split: null })],
    ['whole-state', () => ({ user_id: null })],
    ['whole-state', () => ({ payer: {} })],
    ['whole-state', details({ amount: 1.01 })],
    ['envelope', () => ({ app_id: 'nameless' })],
  ] as const)('fails %s', (id, changes) => {
    expect(failures(mainWith(changes))).toEqual([id])
  })

  it('shows no value of a person', () => {
    const told = JSON.stringify(judged(mainWith(() => ({ payer: { name: 'Else' } }))))
    for (const text of ['Luca', 'Prova', 'PRVLCU', 'Else']) expect(told).not.toContain(text)
  })

  it('has an event_id of its own', () => {
    const again = withPayment('last', ({ events }) => ({ events: [events[0]!, events[0]!] }))
    expect(failures(again)).toEqual(['envelope'])
  })

  it('goes a documented way', () => {
    const back = withPayment('main', ({ events }) => ({
      events: [...events, exampleEvent(events[0]!.value, {})],
    }))
    expect(failures(back)).toEqual(['lifecycle'])
  })

  it.each([
    ['offline_payment', 'notice-recorded'],
    ['online_payment_begin', 'online-recorded'],
    ['online_payment_landing', 'landing-recorded'],
  ])('tells that %s was opened', (link, id) => {
    const unopened = withPayment('main', ({ events }) => ({
      events: events.map((event) => linkEvent(event, link, { last_opened_at: null })),
    }))
    expect(failures(unopened)).toEqual([id])
  })

  it.each([
    ['never', null],
    ['before the last', '2026-03-10T09:15:05+01:00'],
    ['after days', '2026-03-13T09:16:05+01:00'],
  ])('does not put the next check %s', (_when, next_check_at) => {
    const checked = withPayment('main', ({ events }) => ({
      events: events.map((event) =>
        event === events[0] ? event : linkEvent(event, 'update', { next_check_at }),
      ),
    }))
    expect(failures(checked)).toEqual(['update-recorded'])
  })

  it('says when and how a payment was paid', () => {
    const unpaid = withPayment('main', ({ events }) => ({ events: events.slice(0, -1) }))
    expect(failures(unpaid)).toEqual(['paid'])
  })
})

describe('what must be left alone', () => {
  it.each(['version-1', 'version-3', 'service-unknown', 'service-inactive'] as const)(
    'fails %s-ignored where it is taken',
    (name) => {
      const taken = withPayment(name, ({ written }) => ({ events: [openedEvent(written)] }))
      expect(failures(taken)).toEqual([`${name}-ignored`])
    },
  )

  it('is not passed by a proxy that stands still', () => {
    const still = withPayment('last', () => ({ events: [] }))
    expect(failures(still)).toEqual(['malformed-survived'])
    expect(idsOf(still, 'not-tried')).toEqual([
      'pending-known-ignored',
      'service-unknown-ignored',
      'service-inactive-ignored',
      'version-1-ignored',
      'version-3-ignored',
    ])
  })

  it('is a second event of the same payment, whether a debt is opened or not', () => {
    const again = (iuv?: string) => (name: 'creation-again' | 'pending-again') =>
      withPayment(name, ({ written, events }) => ({
        events: [...events, openedEvent(written, iuv)],
      }))
    expect(failures(again('000000000000001')('creation-again'))).toEqual(['creation-repeated'])
    expect(failures(again('000000000000001')('pending-again'))).toEqual(['pending-known-ignored'])
    expect(failures(again()('creation-again'))).toEqual([])
    const told = withPayment('pending-again', ({ events }) => ({
      events: [...events, exampleEvent(events[0]!.value, { locale: 'it' })],
    }))
    expect(failures(told)).toEqual(['pending-known-ignored'])
    const checked = withPayment('pending-again', ({ events }) => ({
      events: [...events, linkEvent(events[0]!, 'update', {})],
    }))
    expect(failures(checked)).toEqual([])
  })
})

describe('what must be taken, or may be refused', () => {
  it.each([
    ['main', ['debt-created']],
    ['version-integer', ['version-integer']],
    ['version-float', ['version-float']],
    ['version-short', ['version-short']],
    ['dates-other-offsets', ['dates-taken']],
    ['unknown-members', ['unknown-members']],
  ] as const)('fails where %s is not taken', (name, ids) => {
    expect(failures(withPayment(name, () => ({ events: [] })))).toEqual(
      expect.arrayContaining([...ids]),
    )
  })

  it.each([
    ['split-null', 'payment', null],
    ['split-map', 'payment', { c_1: 1 }],
  ] as const)('is refused without harm (%s), and never handed on', (name, member, split) => {
    expect(
      idsOf(
        withPayment(name, () => ({ events: [] })),
        'not-applicable',
      ),
    ).toEqual([name])
    const handedOn = withPayment(name, ({ written }) => ({
      events: [openedEvent({ ...written, [member]: { ...(written[member] as Json), split } })],
    }))
    expect(failures(handedOn)).toEqual([name, 'split-written'])
  })

  it('is a reason of 140 characters, and none longer', () => {
    const reason = (count: number) =>
      withPayment('reason-long', ({ written }) => ({
        events: [openedEvent({ ...written, reason: 'r'.repeat(count) })],
      }))
    expect(failures(reason(140))).toEqual([])
    expect(failures(reason(141))).toEqual(['reason-length'])
  })
})
