import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mypayClient } from '#connectors/mypay/client'
import { tenantOf } from '#connectors/mypay/config'
import { Versamento } from '#connectors/mypay/documents'
import { exampleAddresses } from '#sandboxes/example-payment'
import {
  exampleBody,
  exampleConfiguration,
  exampleNotifySecret,
} from '#connectors/mypay/example-configuration'
import {
  exampleOnlinePayment,
  examplePayer,
  examplePayment,
} from '#connectors/mypay/example-payment'
import { mypay } from '#connectors/mypay/index'
import { iuvFor } from '#schemas/values/iud-numbers'
import { startMypaySandbox } from '#connectors/mypay/sandbox'
import { TransientError } from '#core/errors'
import type { MypaySandbox } from '#connectors/mypay/sandbox'
import type { Configuration } from '#ports/intermediary'

// What we rely on of MyPay, asked of the sandbox and of a real test system alike. No money can move: one due of one
// euro is put in, looked at and withdrawn; nobody is sent to the page to pay it.
const given = {
  url: process.env.MYPAY_URL,
  ipa_code: process.env.MYPAY_IPA_CODE,
  password: process.env.MYPAY_PASSWORD,
  segregation_code: process.env.MYPAY_SEGREGATION_CODE,
  due_type: process.env.MYPAY_DUE_TYPE,
  payer: process.env.MYPAY_PAYER_TAX_CODE,
  category: process.env.MYPAY_COLLECTION_DATA,
}
const variables =
  'MYPAY_URL, MYPAY_IPA_CODE, MYPAY_PASSWORD, MYPAY_SEGREGATION_CODE, MYPAY_DUE_TYPE, ' +
  'MYPAY_PAYER_TAX_CODE, MYPAY_COLLECTION_DATA'
const isGiven = Object.values(given).every(Boolean)
if (!isGiven)
  process.stdout.write(`the contract of MyPay: no real one is asked, set ${variables}\n`)

describe('the sandbox of MyPay', () => {
  let sandbox: MypaySandbox
  beforeAll(async () => {
    sandbox = await startMypaySandbox({ ...exampleBody, notify_secret: exampleNotifySecret })
  })
  afterAll(() => sandbox.stop())

  keepsTheContract(() => exampleConfiguration(sandbox.endpoint, { timeout_ms: 5_000 }))
})

if (isGiven) {
  describe('a real test system of MyPay', () => {
    keepsTheContract(() => {
      const { ipa_code, password, segregation_code, due_type } = given
      const base_url = given.url
      const tenant = { base_url, ipa_code, password, segregation_code, timeout_ms: 5_000 }
      return { tenant, service: { due_type } }
    })
  })
}

function keepsTheContract(configuration: () => Configuration): void {
  const iud = randomUUID().replaceAll('-', '')
  const connected = () => mypay.connect(configuration())
  const tax_code = given.payer ?? examplePayer.tax_identification_number
  const request = () => {
    const payment = examplePayment({ amount: 100, iud, expire_at: inAMonth() })
    const payer = { ...payment.payer, tax_identification_number: tax_code }
    const pagopa_category = given.category ?? payment.payment.pagopa_category
    const details = { ...payment.payment, pagopa_category }
    return mypay.composeOpening({ ...payment, payer, payment: details }, configuration())
  }
  const online = () => {
    const { segregation_code } = tenantOf(configuration())
    return exampleOnlinePayment(100, { iud, iuv: iuvFor(iud, segregation_code) })
  }
  const open = () => connected().openDebtPosition(request(), exampleAddresses)

  it('takes our credentials, and no others', async () => {
    const { tenant, service } = configuration() as { tenant: object; service: object }
    const probe = (changes: object) => mypay.probe!({ tenant: { ...tenant, ...changes }, service })
    await probe({}).tryCredentials(AbortSignal.timeout(5_000))
    const trying = probe({ password: 'surely-none' }).tryCredentials(AbortSignal.timeout(5_000))
    await expect(trying).rejects.toThrow(TransientError)
  })

  it('knows no due that was never put in', async () => {
    expect(await connected().findDebtPosition(request())).toBeUndefined()
    await expect(connected().findSettlement(iud)).rejects.toMatchObject({
      code: 'mypay-PAA_IUD_NON_VALIDO',
    })
  })

  it('takes a due under a number of ours, once, and knows it by its iud', async () => {
    const first = await open()
    expect(first.notice_code).toBe(`3${first.iuv}`)
    expect(await open()).toEqual(first)
    expect(await connected().findDebtPosition(request())).toEqual(first)
    expect(await connected().findSettlement(iud)).toEqual({ state: 'pending' })
  })

  it('lists it among the dues of its payer', async () => {
    const listed = await connected().findDues?.(tax_code)
    const { iuv } = online()
    expect(listed).toContainEqual(expect.objectContaining({ iud, iuv, amount: 100 }))
  })

  it('opens a page to pay it, another one each time', async () => {
    const [first, second] = [
      await connected().beginOnlinePayment(online()),
      await connected().beginOnlinePayment(online()),
    ]
    expect(first.url).toMatch(/^https?:\/\//)
    expect(second.url).not.toBe(first.url)
  })

  it('prints its notice by number alone', { timeout: 20_000 }, async () => {
    const pdf = await connected().fetchNotice?.(online())
    expect(Buffer.from(pdf?.subarray(0, 5) ?? []).toString('latin1')).toBe('%PDF-')
  })

  it('withdraws it, and says so', async () => {
    const client = mypayClient(tenantOf(configuration()))
    const due = Versamento.parse(JSON.parse(request()))
    expect(await client.importaDovuto(due, 'A')).toMatchObject({ faultCode: null })
    expect(await connected().findSettlement(iud)).toEqual({ state: 'cancelled' })
  })
}

const inAMonth = (): string => new Date(Date.now() + 30 * 24 * 3_600_000).toISOString()
