import { describe, expect, it } from 'vitest'
import { codecOf } from '#schemas/codec'
import { normalisePayment } from '#schemas/payments/normalise'
import { readSample } from '#schemas/samples/sample'
import { InvalidValueError } from '#schemas/values/invalid-value'

const codec = codecOf('corrente.payments.Payment')
const sample = readSample('payment-pending')
const inside = (member: string, members: object) => ({
  [member]: { ...(sample[member] as object), ...members },
})
const read = (members: object) => codec.fromJson(normalisePayment({ ...sample, ...members }))

describe('a payment in plain JSON', () => {
  it('T1: may have its version as number or text', () => {
    expect(read({ event_version: 2 }).event_version).toBe('2.0')
    expect(read({ event_version: '2' }).event_version).toBe('2.0')
    expect(read({ event_version: 1.0 }).event_version).toBe('1.0')
  })

  it('T10: may have any offset', () => {
    expect(read({ created_at: '2025-03-10T08:15:02Z' }).created_at).toBe('2025-03-10T08:15:02Z')
  })

  it('T11: may have members of the collector', () => {
    expect(read({ path: '/payments', timestamp: 'x' })).toEqual(read({}))
  })

  it.each([
    [null, []],
    [undefined, []],
    [{ c_1: '42.50' }, [{ code: 'c_1', amount: 4250, meta: '{}' }]],
    [
      [{ code: 'c_1', amount: '', meta: { a: 1 } }],
      [{ code: 'c_1', amount: null, meta: '{"a":1}' }],
    ],
  ])('T12: may have the split %j', (split, list) => {
    expect(read(inside('payment', { split })).payment.split).toEqual(list)
  })

  it('may have empty text where there is nothing', () => {
    const empty = {
      transaction_id: '',
      paid_at: '',
      expire_at: '',
      amount: '',
      currency: '',
      notice_code: '',
      iuv: '',
      receiver: [],
      document: {},
    }
    expect(read(inside('payment', empty)).payment).toMatchObject({
      transaction_id: null,
      paid_at: null,
      expire_at: null,
      amount: null,
      currency: 'EUR',
      notice_code: null,
      iuv: null,
      receiver: null,
      document: null,
    })
  })

  it.each([
    ['it60 x054 2811 1010 0000 0123 456', 'IT60X0542811101000000123456'],
    ['', null],
    [undefined, null],
  ])('may have a receiver with the IBAN %j', (iban, read_as) => {
    const receiver = { tax_identification_number: 'FOREIGN-1', name: 'A', iban }
    expect(read(inside('payment', { receiver })).payment.receiver?.iban).toBe(read_as)
  })

  it('is refused with an IBAN that no money would reach', () => {
    const receiver = {
      tax_identification_number: '1',
      name: 'A',
      iban: 'IT61X0542811101000000123456',
    }
    expect(() => read(inside('payment', { receiver }))).toThrow(
      '/payment/receiver/iban: has wrong check digits',
    )
  })

  it('may lack links, or have them null or empty', () => {
    const none = { url: null, last_opened_at: null, method: 'GET' }
    expect(read(inside('links', { receipt: null, offline_payment: [] })).links).toMatchObject({
      receipt: none,
      offline_payment: none,
    })
    expect(read({ links: null }).links.online_payment_begin).toEqual(none)
    expect(read(inside('links', { update: { url: '', next_check_at: '' } })).links.update).toEqual({
      url: null,
      last_check_at: null,
      next_check_at: null,
      method: 'GET',
    })
  })

  it.each([
    [{ url: 'u', method: 'POST' }, [{ url: 'u', method: 'POST', sent_at: null }]],
    [[{ url: 'u', method: null, sent_at: '' }], [{ url: 'u', method: 'POST', sent_at: null }]],
    [[{ url: '' }, { url: 'u' }], [{ url: 'u', method: 'POST', sent_at: null }]],
    [[{ url: null, method: 'POST' }, null, {}], []],
    [{ url: '', method: 'POST' }, []],
    [{ 0: { url: 'u' } }, [{ url: 'u', method: 'POST', sent_at: null }]],
    [[], []],
    [{}, []],
    [null, null],
    ['', null],
  ])('may have notify as %j', (notify, list) => {
    expect(read(inside('links', { notify })).links.notify).toEqual(list)
  })

  it('is refused where an endpoint to be told has something else than an address', () => {
    for (const link of [{ method: 'POST' }, { url: 7 }, 'u']) {
      expect(() => read(inside('links', { notify: [link] }))).toThrow('/links/notify/0')
    }
  })

  it('T13: is refused in order when malformed', () => {
    for (const json of [null, [], 'x', {}, { payment: 7, links: [7] }, { ...sample, payer: [] }]) {
      expect(() => codec.fromJson(normalisePayment(json))).toThrow(InvalidValueError)
    }
  })

  it('T15: may have the later members of version 2', () => {
    const receiver = { tax_identification_number: '12345678903', name: 'Comune di Bugliano' }
    const cancel = { url: 'https://proxy.example/cancel', last_opened_at: null, method: 'PATCH' }
    const stamp = { type: 'STAMP', receiver, document: { id: null, ref: null, hash: 'sha256:00' } }
    const value = read({ ...inside('payment', stamp), ...inside('links', { cancel }) })
    expect(codec.toJson(value)).toMatchObject({ payment: stamp, links: { cancel } })
  })
})
