import express from 'express'
import { z } from 'zod'
import { pendenzaCreation } from '#connectors/govpay/sandbox-creation'
import { creditor, noticePdf, receiptPdf } from '#connectors/govpay/sandbox-documents'
import { lateMs } from '#connectors/govpay/sandbox-magic'
import { refuse } from '#connectors/govpay/sandbox-faults'
import { pendenzeList } from '#connectors/govpay/sandbox-list'
import { pendenzaOf, sendJson, stateOf } from '#connectors/govpay/sandbox-told'
import type { Debt, Register } from '#connectors/govpay/sandbox-register'
import type { Till } from '#connectors/govpay/sandbox-till'
import type { Router } from 'express'

interface PendenzeOptions {
  readonly register: Register
  readonly till: Till
  readonly application: string
  readonly domain: string
}

const Changes = z
  .array(
    z.object({
      op: z.enum(['ADD', 'DELETE', 'REPLACE']),
      path: z.enum(['/stato', '/descrizioneStato', '/ack', '/nota']),
      value: z.unknown(),
    }),
  )
  .min(1)

/** The API `pendenze`, version 2, as far as the connector calls it; behind the credentials. */
export const pendenzeApi = ({ register, till, application, domain }: PendenzeOptions): Router => {
  const router = express.Router()
  router.use(express.json({ type: ['application/json', 'application/json-patch+json'] }))
  router.param('idA2A', (_request, response, next, idA2A) => {
    if (idA2A === application) return next()
    refuse(response, 400, 'APP_002')
  })

  router.get('/pendenze', pendenzeList(register, application, domain))

  const one = router.route('/pendenze/:idA2A/:idPendenza')
  one.put(pendenzaCreation(register, till, domain))
  one.get((request, response) => {
    const debt = register.get(request.params.idPendenza)?.debt
    if (!debt) return refuse(response, 404, '404000')
    if (stateOf(debt) === 'SCADUTA') till.payLater(debt.idPendenza, lateMs)
    sendJson(response, pendenzaOf(debt, application, domain))
  })
  one.patch((request, response) => {
    const debt = register.get(request.params.idPendenza)?.debt
    if (!debt) return refuse(response, 404, '404000')
    const changes = Changes.safeParse(request.body)
    if (!changes.success || !isAllowed(debt, changes.data)) {
      return refuse(response, 400, 'SINTASSI')
    }
    const state = changes.data.find(({ path }) => path === '/stato')
    if (state) register.change(debt.idPendenza, { isCancelled: state.value === 'ANNULLATA' })
    response.json({})
  })

  router.get('/avvisi/:idDominio/:numeroAvviso', async (request, response) => {
    const { idDominio, numeroAvviso } = request.params
    const debt = debtIn(register, (each) => each.numeroAvviso === numeroAvviso)
    if (!debt || idDominio !== domain) return refuse(response, 404, '404000')
    response.type('pdf').send(await noticePdf(debt))
  })

  router.get('/rpp/:idDominio/:iuv/:ccp/rt', async (request, response) => {
    const { idDominio, iuv, ccp } = request.params
    const debt = debtIn(register, (each) => each.iuv === iuv)
    const receipt = debt?.receipts.find(({ id }) => id === ccp)
    if (!debt || !receipt || idDominio !== domain) return refuse(response, 404, '404000')
    response.type('pdf').send(await receiptPdf(debt, receipt))
  })

  router.get('/profilo', (_request, response) => {
    const domini = [{ idDominio: domain, ragioneSociale: creditor.name }]
    response.json({ nome: application, domini, tipiPendenza: [], acl: [] })
  })
  return router
}

// A state is only replaced, and only while nothing was paid.
const isAllowed = (debt: Debt, changes: z.infer<typeof Changes>): boolean =>
  changes.every(({ op, path, value }) => {
    if (path !== '/stato') return true
    const isState = value === 'ANNULLATA' || value === 'NON_ESEGUITA'
    return op === 'REPLACE' && isState && debt.receipts.length === 0
  })

const debtIn = (register: Register, isIt: (debt: Debt) => boolean): Debt | undefined => {
  for (const { debt } of register.all()) if (debt && isIt(debt)) return debt
  return undefined
}
