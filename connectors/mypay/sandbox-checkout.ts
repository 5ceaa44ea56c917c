import { randomUUID } from 'node:crypto'
import express from 'express'
import { endPage, overPage, payPage } from '#connectors/mypay/sandbox-pages'
import type { Debt, Register } from '#connectors/mypay/sandbox-register'
import type { Session, Sessions } from '#connectors/mypay/sandbox-sessions'
import type { Till } from '#connectors/mypay/sandbox-till'
import type { Request, Response, Router } from 'express'

interface CheckoutOptions {
  readonly register: Register
  readonly sessions: Sessions
  readonly till: Till
}

/** The pay page: pays, or goes back. What the browser brings back says OK or ERROR, and proves nothing. */
export const checkout = ({ register, sessions, till }: CheckoutOptions): Router => {
  const debtsOf = ({ dueIds, basket }: Session): readonly Debt[] =>
    dueIds.flatMap(
      (dueId) => register.get(dueId)?.debt ?? basket.find((debt) => debt.dueId === dueId) ?? [],
    )
  const withSession =
    (answer: (session: Session, response: Response) => void) =>
    (request: Request, response: Response): void => {
      const session = sessions.get(String(request.params.session))
      if (session && !sessions.isOver(session)) return answer(session, response)
      response.status(410).send(overPage())
    }

  const router = express.Router()
  router.get(
    '/:session',
    withSession((session, response) => {
      sessions.start(session)
      response.send(payPage(debtsOf(session), `/pay/${session.id}`, session.returnUrl))
    }),
  )
  router.post(
    '/:session',
    withSession((session, response) => {
      storeBasket(register, session)
      const paid = session.dueIds.map((dueId) => till.pay(dueId))
      goBack(session, response, paid.every(Boolean) ? 'OK' : 'ERROR')
    }),
  )
  router.post(
    '/:session/cancel',
    withSession((session, response) => {
      sessions.abandon(session)
      goBack(session, response, 'ERROR')
    }),
  )
  return router
}

// Dues that are paid at once are stored, and get their number, only here.
const storeBasket = (register: Register, { basket }: Session): void => {
  for (const debt of basket) {
    const entry = register.entryOf(debt.dueId)
    if (!entry.debt) register.put({ ...entry, debt })
  }
}

const goBack = ({ id, returnUrl }: Session, response: Response, esito: 'OK' | 'ERROR'): void => {
  if (returnUrl === undefined) return void response.send(endPage())
  const url = new URL(returnUrl)
  url.searchParams.set('idSession', id)
  url.searchParams.set('esito', esito)
  url.searchParams.set('pollingToken', randomUUID())
  response.redirect(303, url.href)
}
