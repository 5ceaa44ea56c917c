import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { govpayClient } from '#connectors/govpay/client'
import { tenantOf } from '#connectors/govpay/config'
import { exampleAccess } from '#connectors/govpay/example-configuration'
import { exampleAddresses, exampleOnlinePayment, examplePayment } from '#sandboxes/example-payment'
import { govpay } from '#connectors/govpay/index'
import { startGovpaySandbox } from '#connectors/govpay/sandbox'
import type { GovpaySandbox } from '#connectors/govpay/sandbox'
import type { Configuration } from '#ports/intermediary'
import type { PaymentDetails } from '#schemas/generated/types'

/**
 * What the connector relies on, held against the sandbox and, with `GOVPAY_URL`, against a GovPay of one's own, which
 * must be one for tests: debts of 1.00 are opened, nothing is paid, and each is cancelled in the end.
 */
const env = process.env
const realUrl = env['GOVPAY_URL']
const optional = (name: string) => (env[name] ? env[name] : undefined)
const real: Configuration = {
  tenant: {
    base_url: realUrl,
    application_id: env['GOVPAY_APPLICATION'],
    domain_id: env['GOVPAY_DOMAIN'],
    authentication: env['GOVPAY_CLIENT_CERTIFICATE'] ? 'ssl' : 'basic',
    payment_authentication: optional('GOVPAY_PAYMENT_AUTHENTICATION'),
    username: optional('GOVPAY_USERNAME'),
    password: optional('GOVPAY_PASSWORD'),
    client_certificate: optional('GOVPAY_CLIENT_CERTIFICATE'),
    client_key: optional('GOVPAY_CLIENT_KEY'),
  },
  service: { due_type: env['GOVPAY_DUE_TYPE'], revenue_code: env['GOVPAY_REVENUE_CODE'] },
}

const holdsAt = (name: string, configurationOf: () => Configuration) => {
  const opened: string[] = []
  const payment = (details: Partial<PaymentDetails> = {}) =>
    examplePayment({
      amount: 100,
      expire_at: new Date(Date.now() + 30 * 24 * 3_600_000).toISOString(),
      iud: randomUUID().replaceAll('-', ''),
      ...details,
    })
  const connected = () => govpay.connect(configurationOf())
  const open = (details: Partial<PaymentDetails> = {}) => {
    const owed = payment(details)
    opened.push(owed.payment.iud)
    const request = govpay.composeOpening(owed, configurationOf())
    return { iud: owed.payment.iud, request, position: () => positionOf(request) }
  }
  const positionOf = (request: string) => connected().openDebtPosition(request, exampleAddresses)

  describe(name, { timeout: 30_000 }, () => {
    afterAll(async () => {
      const { patchPendenza } = govpayClient(tenantOf(configurationOf()))
      const change = { op: 'REPLACE', path: '/stato', value: 'ANNULLATA' } as const
      for (const iud of opened) await patchPendenza(iud, [change]).catch(() => undefined)
    })

    it('knows our credentials', async () => {
      await govpay.probe?.(configurationOf()).tryCredentials(AbortSignal.timeout(10_000))
    })

    it('opens a debt once, whose notice number holds its IUV', async () => {
      const { request, position } = open()
      const first = await position()
      expect(first.notice_code).toMatch(/^\d{18}$/)
      expect(first.notice_code?.endsWith(first.iuv ?? '-')).toBe(true)
      expect(await position()).toEqual(first)
      expect(await connected().findDebtPosition(request)).toEqual(first)
    })

    it('says of a debt that nobody paid that it is pending', async () => {
      const { iud, position } = open()
      await position()
      expect(await connected().findSettlement(iud)).toEqual({ state: 'pending' })
    })

    it('says in its own words that there is no such debt', async () => {
      const request = govpay.composeOpening(payment(), configurationOf())
      expect(await connected().findDebtPosition(request)).toBeUndefined()
    })

    it('refuses in its own words, and makes no debt of it', async () => {
      const { request, position } = open({ due_type: 'NO-SUCH-TYPE' })
      await expect(position()).rejects.toMatchObject({ name: 'RejectedError' })
      expect(await connected().findDebtPosition(request)).toBeUndefined()
    })

    it('keeps the shares of a budget', async () => {
      const split = [
        { code: 'C_1', amount: 60, meta: '{}' },
        { code: 'C_2', amount: 40, meta: '{}' },
      ]
      expect((await open({ split }).position()).notice_code).toMatch(/^\d{18}$/)
    })

    it('gives a notice as a PDF', async () => {
      const { iud, position } = open()
      await position()
      // Whoever draws a first document takes his time: a late answer is asked for again, as by a payer.
      const fetched = vi.waitFor(() => connected().fetchNotice?.({ iud, iuv: null }), {
        timeout: 20_000,
      })
      expect(Buffer.from((await fetched) ?? []).toString('latin1', 0, 5)).toBe('%PDF-')
    })

    it('opens a page to pay at, another one each time', async () => {
      const { iud, position } = open()
      await position()
      const begin = () => connected().beginOnlinePayment({ ...exampleOnlinePayment(4250), iud })
      const pages = [await begin(), await begin()]
      expect(pages[0]?.url).not.toBe(pages[1]?.url)
    })

    it('cancels a debt, also one that it cancelled', async () => {
      const { iud, position } = open()
      await position()
      const { patchPendenza } = govpayClient(tenantOf(configurationOf()))
      for (let again = 1; again <= 2; again += 1) {
        await patchPendenza(iud, [{ op: 'REPLACE', path: '/stato', value: 'ANNULLATA' }])
      }
      expect(await connected().findSettlement(iud)).toEqual({ state: 'cancelled' })
    })
  })
}

let sandbox: GovpaySandbox
beforeAll(async () => {
  sandbox = await startGovpaySandbox({ password: exampleAccess.password })
})
afterAll(() => sandbox.stop())

holdsAt('the sandbox of GovPay', () => ({
  tenant: { base_url: sandbox.url, ...exampleAccess },
  service: { due_type: 'CANONE', revenue_code: 'CANONE' },
}))

if (realUrl) holdsAt('a real GovPay', () => real)
else process.stdout.write('the contract of GovPay: no real one is asked, set GOVPAY_URL\n')
