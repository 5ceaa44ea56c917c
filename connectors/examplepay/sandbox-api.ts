import express from 'express'
import { pendencyCreation } from '#connectors/examplepay/sandbox-creation'
import { noticePdf, receiptPdf } from '#connectors/examplepay/sandbox-documents'
import { lateMs } from '#connectors/examplepay/sandbox-magic'
import { pendencyOf, stateOf } from '#connectors/examplepay/sandbox-register'
import { pendencySearch } from '#connectors/examplepay/sandbox-search'
import { refuse } from '#sandboxes/refusal'
import type { Register } from '#connectors/examplepay/sandbox-register'
import type { Till } from '#connectors/examplepay/sandbox-till'
import type { RequestHandler, Router } from 'express'

interface ApiOptions {
  readonly register: Register
  readonly till: Till
  readonly apiKey: string
  /** Opens a session of the pay page and gives its address. */
  readonly openSession: (iud: string, origin: string) => string
}

/** What the connector calls, behind the API key. */
export const pendencyApi = ({ register, till, apiKey, openSession }: ApiOptions): Router => {
  const router = express.Router()
  router.use(onlyWith(apiKey), express.json())

  router.post('/search', pendencySearch(register))

  router.put('/:iud', pendencyCreation(register, till))

  router.get('/:iud', (request, response) => {
    const debt = register.find(request.params.iud)?.debt
    if (!debt) return refuse(response, 404, 'unknown-debt')
    if (stateOf(debt) === 'EXPIRED') till.payLater(debt.request.iud, lateMs)
    response.json(pendencyOf(debt))
  })

  router.post('/:iud/sessions', (request, response) => {
    const debt = register.find(request.params.iud)?.debt
    if (!debt) return refuse(response, 404, 'unknown-debt')
    if (stateOf(debt) !== 'UNPAID') return refuse(response, 409, 'not-payable')
    const origin = `http://${request.headers.host}`
    response.json({ url: openSession(debt.request.iud, origin) })
  })

  router.get('/:iud/notice.pdf', async (request, response) => {
    const debt = register.find(request.params.iud)?.debt
    if (!debt) return refuse(response, 404, 'unknown-debt')
    response.type('pdf').send(await noticePdf(debt))
  })

  router.get('/:iud/receipt.pdf', async (request, response) => {
    const debt = register.find(request.params.iud)?.debt
    const [receipt] = debt?.receipts ?? []
    if (!debt) return refuse(response, 404, 'unknown-debt')
    if (!receipt) return refuse(response, 409, 'not-paid')
    response.type('pdf').send(await receiptPdf(debt, receipt))
  })

  return router
}

const onlyWith =
  (apiKey: string): RequestHandler =>
  (request, response, next) => {
    if (request.headers.authorization === `Bearer ${apiKey}`) return next()
    refuse(response, 401, 'wrong-api-key')
  }
