import { describe, expect, it } from 'vitest'
import { normaliseApplication } from '#schemas/applications/normalise'
import { codecOf } from '#schemas/codec'
import { readSample } from '#schemas/samples/sample'
import { InvalidValueError } from '#schemas/values/invalid-value'

const codec = codecOf('corrente.applications.Application')
const sample = readSample('application')
const read = (members: object) => codec.fromJson(normaliseApplication({ ...sample, ...members }))
const dataWith = (members: object) =>
  read({ payment_data: { ...(sample['payment_data'] as object), ...members } }).payment_data

describe('an application in plain JSON', () => {
  it.each([
    [2, '2.0'],
    [2.3, '2.3'],
    ['2', '2.0'],
    ['2.0', '2.0'],
    [1, '1.0'],
  ])('T1: has the version %j as %j', (event_version, text) => {
    expect(read({ event_version }).event_version).toBe(text)
  })

  it('T10: keeps its offsets and loses its milliseconds', () => {
    expect(read({ created_at: '2025-03-10T08:12:40.123456+00:00' }).created_at).toBe(
      '2025-03-10T08:12:40+00:00',
    )
  })

  it('T11: may have members of the collector', () => {
    const noisy = { path: '/applications', source_type: 'http_server', 'x-forwarded-for': '::1' }
    expect(read(noisy)).toEqual(read({}))
  })

  it.each([
    [[{ code: 'c_1', amount: '40.00', meta: [] }], [{ code: 'c_1', amount: 4000, meta: '{}' }]],
    [[{ code: 7, amount: '' }], [{ code: '7', amount: null, meta: '{}' }]],
    [
      { c_1: 40, c_2: null },
      [
        { code: 'c_1', amount: 4000, meta: '{}' },
        { code: 'c_2', amount: null, meta: '{}' },
      ],
    ],
    [{ 1: { code: 'c_1', amount: 40 } }, [{ code: 'c_1', amount: 4000, meta: '{}' }]],
    [{ c_1: { amount: 40, meta: { a: 1 } } }, [{ code: 'c_1', amount: 4000, meta: '{"a":1}' }]],
    [{}, []],
    [null, []],
    ['', []],
    [undefined, []],
  ])('T12: has the split %j as a list', (split, list) => {
    expect(dataWith({ split })?.split).toEqual(list)
  })

  it.each([
    [[{ amount: 16, reason: 'bollo' }], [{ amount: 1600, collection_data: null, reason: 'bollo' }]],
    [{ '9/123': 16 }, [{ amount: 1600, collection_data: '9/123', reason: null }]],
    [
      { '9/123': { amount: '', collection_data: '' } },
      [{ amount: null, collection_data: '9/123', reason: null }],
    ],
    [null, []],
  ])('T12: has the stamps %j as a list', (stamps, list) => {
    expect(dataWith({ stamps })?.stamps).toEqual(list)
  })

  it.each([[[]], [{}], [''], [null], [undefined]])('may have the payment data %j: none', (data) => {
    expect(read({ payment_data: data }).payment_data).toBeNull()
  })

  it('may be a draft with nothing in its payment data', () => {
    expect(dataWith({ amount: '', expire_at: '', notify: [], landing: [] })).toMatchObject({
      amount: null,
      expire_at: null,
      notify: null,
      landing: null,
    })
  })

  it('may have a list of one address to notify', () => {
    const target = { url: 'https://servizi.comune.example', method: 'POST' }
    expect(dataWith({ notify: [target] })?.notify).toEqual(target)
  })

  it('is refused with several addresses to notify or to land at', () => {
    const target = { url: 'https://servizi.comune.example', method: 'POST' }
    for (const member of ['notify', 'landing']) {
      const message = `/payment_data/${member}: is a list; an object is expected`
      expect(() => dataWith({ [member]: [target, target] })).toThrow(message)
    }
  })

  it('is not refused for members no payment is made of', () => {
    const strange = { subject: 7, service: {}, payment_type: ['a', 'b'], app_version: [1] }
    expect(read(strange)).toEqual(read({}))
    expect(dataWith({ config_id: { a: 1 }, outcome: 7 })).toEqual(dataWith({}))
  })

  it('has its status as text and its form as JSON text', () => {
    expect(read({ status: 1500 }).status).toBe('1500')
    expect(read({ data: [] }).data).toBe('{}')
    expect(read({ data: { a: 'è' } }).data).toBe('{"a":"è"}')
  })

  it.each([null, [], 7, 'x', {}, { payment_data: 7 }, { ...sample, payment_data: { split: 'x' } }])(
    'T13: is refused in order when malformed: %#',
    (json) => {
      expect(() => codec.fromJson(normaliseApplication(json))).toThrow(InvalidValueError)
    },
  )
})
