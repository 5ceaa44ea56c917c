import express from 'express'
import { overPage, payPage } from '#connectors/iris/sandbox-pages'
import type { Debt, Register } from '#connectors/iris/sandbox-register'
import type { Session, Sessions } from '#connectors/iris/sandbox-sessions'
import type { Till } from '#connectors/iris/sandbox-till'
import type { Request, RequestHandler, Response, Router } from 'express'

interface CheckoutOptions {
  readonly register: Register
  readonly sessions: Sessions
  readonly till: Till
}

interface Visit {
  readonly token: string
  readonly session: Session
  readonly debt: Debt
}

/** The gateway: a page for the token of a session, good for some minutes and for one attempt. */
export const openCheckout = ({ register, sessions, till }: CheckoutOptions): Router => {
  const visitOf = (request: Request): Visit | undefined => {
    const { token } = request.query
    if (typeof token !== 'string') return undefined
    const session = sessions.get(token)
    const debt = session && register.get(session.iud)?.debt
    return session && debt ? { token, session, debt } : undefined
  }
  const onVisit =
    (answer: (visit: Visit, response: Response) => void): RequestHandler =>
    (request, response) => {
      const visit = visitOf(request)
      if (!visit) return void response.status(410).send(overPage())
      answer(visit, response)
    }

  const router = express.Router()
  router.get(
    '/',
    onVisit(({ token, session, debt }, response) => {
      sessions.start(session)
      response.send(payPage(debt, token, session.back))
    }),
  )
  router.post(
    '/',
    onVisit(({ token, session }, response) => {
      sessions.end(token)
      till.pay(session.iud)
      response.redirect(303, session.back)
    }),
  )
  router.post(
    '/cancel',
    onVisit(({ token, session }, response) => {
      sessions.end(token)
      response.redirect(303, session.cancel)
    }),
  )
  return router
}
