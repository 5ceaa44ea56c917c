import { randomUUID } from 'node:crypto'
import express from 'express'
import { deadSessionPage, payPage } from '#connectors/examplepay/sandbox-pages'
import { stateOf } from '#connectors/examplepay/sandbox-register'
import type { Debt, Register } from '#connectors/examplepay/sandbox-register'
import type { Till } from '#connectors/examplepay/sandbox-till'
import type { Router } from 'express'

const sessionMs = 15 * 60_000

/** The pay page. Sessions live 15 minutes and do not survive a restart, as at real intermediaries. */
export interface Checkout {
  readonly router: Router
  /** The path of a new page to pay this debt. */
  openSession(iud: string): string
}

export const openCheckout = (register: Register, till: Till): Checkout => {
  const sessions = new Map<string, { readonly iud: string; readonly endsAt: number }>()
  const debtOf = (session: string): Debt | undefined => {
    const found = sessions.get(session)
    if (!found || found.endsAt < Date.now()) return undefined
    return register.get(found.iud)?.debt ?? undefined
  }

  const router = express.Router()
  router.get('/:session', (request, response) => {
    const debt = debtOf(request.params.session)
    if (!debt) return void response.status(410).send(deadSessionPage())
    response.send(payPage(debt, `/pay/${request.params.session}`))
  })
  router.post('/:session', (request, response) => {
    const debt = debtOf(request.params.session)
    if (!debt) return void response.status(410).send(deadSessionPage())
    if (stateOf(debt) === 'UNPAID') till.pay(debt.request.iud)
    response.redirect(303, debt.addresses.landing_url)
  })

  const openSession = (iud: string): string => {
    const now = Date.now()
    // Oldest first, all equally long: those that are over stand in front.
    for (const [session, { endsAt }] of sessions) {
      if (endsAt >= now) break
      sessions.delete(session)
    }
    const session = randomUUID()
    sessions.set(session, { iud, endsAt: now + sessionMs })
    return `/pay/${session}`
  }

  return { router, openSession }
}
