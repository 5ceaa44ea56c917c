import { randomUUID } from 'node:crypto'
import express from 'express'
import { z } from 'zod'
import { centsOf } from '#connectors/govpay/sandbox-magic'
import { deadSessionPage, payPage } from '#connectors/govpay/sandbox-pages'
import { refuse } from '#connectors/govpay/sandbox-faults'
import { stateOf } from '#connectors/govpay/sandbox-told'
import type { Debt, Register } from '#connectors/govpay/sandbox-register'
import type { Till } from '#connectors/govpay/sandbox-till'
import type { RequestHandler, Router } from 'express'

const sessionMs = 15 * 60_000

/** The page to pay at. Sessions live 15 minutes and do not survive a restart, as at the real one. */
export interface Checkout {
  /** The pages, for payers. */
  readonly router: Router
  /** `POST /pagamenti`, for the application. */
  readonly pagamenti: RequestHandler
}

interface Session {
  readonly id: string
  readonly idPendenza: string
  readonly urlRitorno: string
  readonly endsAt: number
}

const Opening = z.object({
  pendenze: z.array(z.object({ idA2A: z.string(), idPendenza: z.string() })).length(1),
  urlRitorno: z.url({ protocol: /^https?$/ }).optional(),
})

export const openCheckout = (register: Register, till: Till): Checkout => {
  const sessions = new Map<string, Session>()
  const open = (idPendenza: string, urlRitorno: string, lifeMs: number): Session => {
    const now = Date.now()
    for (const [id, { endsAt }] of sessions) if (endsAt < now) sessions.delete(id)
    const session = { id: randomUUID(), idPendenza, urlRitorno, endsAt: now + lifeMs }
    sessions.set(session.id, session)
    return session
  }
  const sessionOf = (id: string) => {
    const session = sessions.get(id)
    const debt = session && register.get(session.idPendenza)?.debt
    return session && debt && session.endsAt >= Date.now() ? { session, debt } : undefined
  }

  const pagamenti: RequestHandler = (request, response) => {
    const asked = Opening.safeParse(request.body)
    const idPendenza = asked.data?.pendenze[0]?.idPendenza ?? ''
    const debt = register.get(idPendenza)?.debt
    if (!asked.success) return refuse(response, 400, 'SINTASSI')
    if (!debt) return refuse(response, 422, 'VER_008')
    if (!isPayable(debt)) return refuse(response, 422, 'PAG_006')
    if (asked.data.urlRitorno === undefined) return refuse(response, 422, 'PAG_013')
    const isOver = centsOf(debt.amount) === '21'
    const { id } = open(idPendenza, asked.data.urlRitorno, isOver ? -1 : sessionMs)
    const redirect = `http://${request.headers.host}/pay/${id}`
    till.begin(idPendenza)
    if (centsOf(debt.amount) === '11') return void response.redirect(302, redirect)
    const location = `/pagamenti/${id}`
    response.status(201).json({ id, location, redirect, idSession: id })
  }

  const router = express.Router()
  router.get('/:session', (request, response) => {
    const found = sessionOf(request.params.session)
    if (!found) return void response.status(410).send(deadSessionPage())
    const { session, debt } = found
    const back = returnOf(session, 'ERROR')
    response.send(payPage(debt, { action: `/pay/${session.id}`, back }))
  })
  router.post('/:session', (request, response) => {
    const found = sessionOf(request.params.session)
    if (!found) return void response.status(410).send(deadSessionPage())
    till.pay(found.session.idPendenza)
    response.redirect(303, returnOf(found.session, 'OK'))
  })
  return { router, pagamenti }
}

const isPayable = (debt: Debt): boolean =>
  debt.receipts.length === 0 && !['ANNULLATA', 'SCADUTA'].includes(stateOf(debt))

/** Where the browser goes back to. What it brings along is written by the browser: it proves nothing. */
const returnOf = ({ urlRitorno, id }: Session, esito: 'OK' | 'ERROR'): string => {
  const url = new URL(urlRitorno)
  url.searchParams.set('idSession', id)
  url.searchParams.set('esito', esito)
  return url.href
}
