import { describe, expect, it } from 'vitest'
import { driveTask, now } from '#core/drive'
import { RejectedError, TransientError } from '#core/errors'
import { type Emission, to } from '#core/processor'
import type { Due, Intermediary } from '#ports/intermediary'
import type { Payer } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { composeDue, idsOfDue } from '#streams/payments/compose-due'
import { duesImporter } from '#streams/payments/dues-importer'
import { sampleDue, sampleRequest } from '#streams/payments/dues-samples'
import { samplePayment, serviceRow, tenantRow } from '#streams/payments/samples'
import { toCurrent } from '#streams/payments/to-current'

const landingUrl = 'https://servizi.comune.example/pagamenti'
const { tenant_id, service_id, user_id } = samplePayment()
const connector = 'examplepay'
const payer: Payer = {
  type: 'human',
  tax_identification_number: 'PRVLCU85M15X000R',
  name: 'Luca',
  family_name: 'Prova',
  street_name: null,
  building_number: null,
  postal_code: null,
  town_name: null,
  country_subdivision: null,
  country: 'IT',
  email: 'luca.prova@example.org',
}
const owed = {
  tenant_id,
  service_id,
  connector,
  user_id,
  payer,
  landing_url: landingUrl,
  imported_at: formatDateTime(now),
}
const imported = (due: Due): Emission => to(topics.payments, composeDue(due, owed))

type Find = Intermediary['findDues']

function importerOf(findDues: Find) {
  const intermediaryOf = () => (findDues ? { findDues } : {}) as Intermediary
  return driveTask(duesImporter({ intermediaryOf, landingUrl })).given(tenantRow(), serviceRow())
}
const listing = (...dues: readonly Due[]) => importerOf(async () => dues)

/** The row of a payment that is known already. */
const known = (id: string, details: object = {}, changes: object = {}): Emission => {
  const payment = samplePayment({ id, ...changes })
  const row = toCurrent({ ...payment, payment: { ...payment.payment, ...details } })
  return to(topics.paymentsCurrent, { id, ...row })
}
const another = 'c0ffee00-1111-4222-8333-444455556666'

describe('dues-importer', () => {
  it('writes each open due as a payment that was not born here', async () => {
    const second = sampleDue({ iud: 'TARI-2026.000124', notice_code: null, iuv: null })
    await listing(sampleDue(), second)
      .when(sampleRequest())
      .emits(imported(sampleDue()), imported(second))
  })

  it('asks by the tax code, and heeds the signal', async () => {
    const asked: unknown[] = []
    const importer = importerOf(async (...call) => {
      asked.push(...call)
      return []
    })
    await importer.when(sampleRequest()).emits()
    expect(asked).toEqual(['PRVLCU85M15X000R', expect.any(AbortSignal)])
  })

  it.each([
    ['the payment it became at an earlier login', idsOfDue(sampleDue(), owed)[0], {}],
    ['the payment it became when it had no notice yet', idsOfDue(sampleDue(), owed)[1]!, {}],
    [
      'a payment by its notice code',
      another,
      { notice_code: '301000000012345678', iuv: '01000000012345678' },
    ],
  ])('writes none that is %s', async (_, id, details) => {
    await listing(sampleDue()).given(known(id, details)).when(sampleRequest()).emits()
  })

  it('writes none that was born here, whatever its number', async () => {
    const ours = sampleDue({ iud: another.replaceAll('-', ''), notice_code: null, iuv: null })
    await listing(ours).given(known(another)).when(sampleRequest()).emits()
  })

  it('finds a number of its own body alone', async () => {
    const elsewhere = known(another, { iuv: '01000000012345678' }, { tenant_id: another })
    await listing(sampleDue()).given(elsewhere).when(sampleRequest()).emits(imported(sampleDue()))
  })

  it.each([{ amount: 0 }, { amount: -100 }, { currency: 'CHF' }])(
    'writes no due that cannot be paid: %j',
    async (changes) => {
      await listing(sampleDue(changes)).when(sampleRequest()).emits()
    },
  )

  it('knows a company by its tax code of digits', async () => {
    const company: Payer = {
      ...payer,
      type: 'legal',
      tax_identification_number: '00000000000',
      name: '',
    }
    const request = sampleRequest({ tax_code: '00000000000', name: null })
    await listing(sampleDue())
      .when(request)
      .emits(to(topics.payments, composeDue(sampleDue(), { ...owed, payer: company })))
  })

  it('asks again later while the intermediary is away, and gives up in the end', async () => {
    const away = importerOf(() => Promise.reject(new TransientError('no answer')))
    await away.when(sampleRequest()).waits()
    await away.when(sampleRequest(), { exhausted: { attempts: 70, reason: 'no answer' } }).emits()
  })

  it('shows an operator what the intermediary refuses', async () => {
    const refusing = importerOf(() => Promise.reject(new RejectedError('examplepay-400', 'no')))
    await refusing.when(sampleRequest()).setsAside('examplepay-400')
  })

  it('waits for a configuration that is broken, and asks nothing under one that is gone', async () => {
    const intermediaryOf = () => {
      throw new RejectedError('bad-configuration', 'tenant.api_key: required')
    }
    const importer = driveTask(duesImporter({ intermediaryOf, landingUrl }))
    await importer.given(tenantRow(), serviceRow()).when(sampleRequest()).waits()
    await importer.when(sampleRequest()).emits()
    await importer
      .given(tenantRow(), serviceRow({ active: false }))
      .when(sampleRequest())
      .emits()
  })

  it('asks nothing of whoever lists no dues any more', async () => {
    await importerOf(undefined).when(sampleRequest()).emits()
  })
})
