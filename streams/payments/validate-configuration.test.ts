import { describe, expect, it } from 'vitest'
import {
  sampleConnector,
  serviceConfig,
  tenantConfig,
} from '#streams/payments/configuration-samples'
import { validateConfiguration } from '#streams/payments/validate-configuration'

const ofService = (changes: object) =>
  validateConfiguration(sampleConnector, 'SERVICE', { ...serviceConfig, ...changes })
const ofTenant = (changes: object) =>
  validateConfiguration(sampleConnector, 'TENANT', { ...tenantConfig, ...changes })

describe('a configuration of a service', () => {
  it('has what every intermediary is given, and the members of its connector', () => {
    const whole = {
      ...serviceConfig,
      payment_type: 'STAMP',
      remote_collection: { id: serviceConfig.id, type: 'service' },
      amount: 42.5,
      reason: 'Canone',
      expire_at: 90,
      receiver: { tax_identification_number: '00000000000', name: 'Ente' },
      collection_data: '9/0101002IM/',
      split: [
        { split_id: 'c_1', split_amount: 40 },
        { split_id: 'c_2', split_budget_chapter: '7', split_amount: 2.5 },
      ],
      iban: 'IT60X0542811101000000123456',
    }
    expect(ofService(whole)).toEqual({ config: whole })
  })

  it('has its members in the order of the form, values as they are kept', () => {
    const { config } = ofService({
      payment_type: 'pagopa',
      amount: '42,50',
      iban: 'it60 x054 2811 1010 0000 0123 456',
    })
    const { due_type, ...standard } = serviceConfig
    const kept = { ...standard, amount: 42.5, due_type, iban: 'IT60X0542811101000000123456' }
    expect(JSON.stringify(config)).toBe(JSON.stringify(kept))
  })

  it.each([
    { wrong: { colour: 'red' }, pointer: '/colour', detail: 'is no member of this form' },
    { wrong: { 'a/b~c': 1 }, pointer: '/a~1b~0c', detail: 'is no member of this form' },
    { wrong: { id: 'x' }, pointer: '/id', detail: 'is not a UUID' },
    { wrong: { due_type: undefined }, pointer: '/due_type', detail: 'is missing' },
    {
      wrong: { tenant_id: undefined },
      pointer: '/tenant_id',
      detail: 'is missing; a UUID is text',
    },
    {
      wrong: { iban: 'IT60X0542811101000000123457' },
      pointer: '/iban',
      detail: 'has wrong check digits',
    },
    { wrong: { amount: 0 }, pointer: '/amount', detail: 'is not above zero' },
    { wrong: { amount: -1 }, pointer: '/amount', detail: 'is not above zero' },
    { wrong: { amount: 0.001 }, pointer: '/amount', detail: 'has more than two decimals' },
    { wrong: { amount: 'ten' }, pointer: '/amount', detail: 'is not an amount such as 42.50' },
    {
      wrong: { expire_at: 0 },
      pointer: '/expire_at',
      detail: expect.stringContaining('>0') as string,
    },
    {
      wrong: { expire_at: 1.5 },
      pointer: '/expire_at',
      detail: expect.stringContaining('int') as string,
    },
    {
      wrong: { reason: 'x'.repeat(256) },
      pointer: '/reason',
      detail: expect.stringMatching('255') as string,
    },
    {
      wrong: { payment_type: 'CARD' },
      pointer: '/payment_type',
      detail: expect.any(String) as string,
    },
    {
      wrong: { collection_data: '9/x' },
      pointer: '/collection_data',
      detail: "is none of pagoPA's taxonomy, such as 9/0101002IM/",
    },
    {
      wrong: { receiver: { tax_identification_number: '00000000001', name: 'Ente' } },
      pointer: '/receiver/tax_identification_number',
      detail: 'has a wrong check digit',
    },
    {
      wrong: { receiver: { tax_identification_number: '00000000000' } },
      pointer: '/receiver/name',
      detail: 'is missing',
    },
    {
      wrong: { amount: 10, split: [{ split_id: 'a', split_amount: 9.99 }] },
      pointer: '/split',
      detail: 'adds up neither to the amount nor to 1.00',
    },
    {
      wrong: { split: [{ split_id: 'a' }, { split_id: 'b', split_amount: -1 }] },
      pointer: '/split/1/split_amount',
      detail: 'is below zero',
    },
    {
      wrong: { amount: 10, split: [{ split_id: 'a' }, { split_id: 'b' }] },
      pointer: '/split',
      detail: 'has several unknown shares',
    },
  ])('is refused where $pointer $detail', ({ wrong, pointer, detail }) => {
    expect(ofService(wrong).faults).toEqual([{ pointer, detail }])
  })

  it('is refused for everything that is wrong at once', () => {
    const { faults } = ofService({ amount: 0, colour: 'red', due_type: 7 })
    expect(faults?.map(({ pointer }) => pointer).sort()).toEqual([
      '/amount',
      '/colour',
      '/due_type',
    ])
  })

  it('repeats no value', () => {
    const faults = ofService({ amount: 'secret-word', iban: 'secret-word', reason: 7 }).faults
    expect(JSON.stringify(faults)).not.toContain('secret-word')
  })

  it.each([
    { shares: [0.4, 0.6], says: 'weights' },
    { shares: [4, undefined], says: 'one share takes what is left' },
  ])('may split by $says', ({ shares }) => {
    const split = shares.map((split_amount, i) => ({ split_id: `c_${i}`, split_amount }))
    expect(ofService({ amount: 10, split }).faults).toBeUndefined()
  })
})

describe('a configuration of a tenant', () => {
  it('fills in what the form does', () => {
    expect(ofTenant({ timeout_ms: undefined })).toEqual({ config: tenantConfig })
  })

  it.each([
    {
      wrong: { tax_identification_number: 'PRVLCU85M15X000Z' },
      pointer: '/tax_identification_number',
    },
    { wrong: { name: ' ' }, pointer: '/name' },
    { wrong: { name: 'x'.repeat(256) }, pointer: '/name' },
    { wrong: { api_key: 'abc' }, pointer: '/api_key' },
    { wrong: { api_key: undefined }, pointer: '/api_key' },
    { wrong: { base_url: 'ftp://x.example' }, pointer: '/base_url' },
    { wrong: { allowed_hosts: 'pay.example' }, pointer: '/allowed_hosts' },
    { wrong: { allowed_hosts: ['pay.example', 'https://x'] }, pointer: '/allowed_hosts/1' },
    { wrong: { allowed_hosts: ['*'] }, pointer: '/allowed_hosts/0' },
  ])('is refused where $pointer is wrong', ({ wrong, pointer }) => {
    expect(ofTenant(wrong).faults?.map((fault) => fault.pointer)).toEqual([pointer])
  })

  it('lists hosts as they are compared', () => {
    const { config } = ofTenant({ allowed_hosts: ['PAY.example:8443', '*.Bücher.example'] })
    expect(config).toMatchObject({
      allowed_hosts: ['pay.example:8443', '*.xn--bcher-kva.example'],
    })
  })

  it.each([{ input: null }, { input: [] }, { input: 'text' }])('is no $input', ({ input }) => {
    expect(validateConfiguration(sampleConnector, 'TENANT', input).faults).toMatchObject([
      { pointer: '' },
    ])
  })

  it('is nothing where the connector has no such level', () => {
    const connector = { forms: {} }
    expect(validateConfiguration(connector, 'TENANT', tenantConfig).faults).toHaveLength(1)
  })
})
