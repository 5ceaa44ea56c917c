import { type Express, type Request, type RequestHandler, type Response, urlencoded } from 'express'
import { send } from '#apps/operations/answer-page'
import { signInPage } from '#apps/operations/pages/sign-in'
import { passwordCheck } from '#apps/operations/sign-in/check-password'
import type { Gate } from '#apps/operations/sign-in/gate'
import { pathWithin } from '#apps/operations/sign-in/origin'
import { requestIdOf } from '#apps/platform/http-answers'
import type { Log } from '#core/log'

/** What a form may hold. */
export const formBody: RequestHandler = urlencoded({
  extended: false,
  limit: '16kb',
  parameterLimit: 50,
})

const textIn = (body: unknown, name: string): string => {
  const value = (body as Readonly<Record<string, unknown>> | undefined)?.[name]
  return typeof value === 'string' ? value : ''
}

/** The form, its answer, and the way out. */
export function addSignIn(app: Express, gate: Gate, log: Log): void {
  const check = passwordCheck(() => gate.now)
  app.get('/sign-in', async (request, response) => {
    gate.originOf(request)
    const to = pathWithin(request.query['to'])
    const entered = await gate.entered(request, response)
    if (entered?.visitor) return response.redirect(303, to)
    const { token } = entered ?? (await gate.begin(response))
    send(response, signInPage({ token, to }))
  })
  app.post('/sign-in', formBody, async (request, response) => {
    const to = pathWithin(textIn(request.body, 'to'))
    const entered = await gate.entered(request, response)
    if (!entered) return askAgain(gate, response, to)
    gate.checkForm(request, entered)
    const checked = await check(gate.known(), credentialsIn(request))
    const noted = { request_id: requestIdOf(response) }
    if ('operator' in checked) {
      if (entered.visitor) gate.end(entered.session)
      await gate.begin(response, checked.operator)
      log.info({ ...noted, role: checked.operator.role }, 'signed in')
      return response.redirect(303, to)
    }
    log.warn({ ...noted, refused: checked.refused }, 'sign-in refused')
    const { token } = entered
    if (checked.refused === 'wrong') {
      const said = 'The login or the password is wrong.'
      return send(response.status(401), signInPage({ token, to, said }))
    }
    response.status(429).set('retry-after', String(checked.seconds))
    const minutes = Math.ceil(checked.seconds / 60)
    const said = `Too many attempts. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`
    send(response, signInPage({ token, to, said }))
  })
  app.post('/sign-out', formBody, async (request, response) => {
    const entered = await gate.entered(request, response)
    if (entered) {
      gate.checkForm(request, entered)
      gate.end(entered.session)
      gate.forget(response)
    }
    response.redirect(303, '/sign-in')
  })
}

/** The form was open for longer than its session. */
async function askAgain(gate: Gate, response: Response, to: string): Promise<void> {
  const { token } = await gate.begin(response)
  const said = 'This form was open for too long. Enter both again.'
  send(response.status(401), signInPage({ token, to, said }))
}

const credentialsIn = ({ body, ip }: Request) => ({
  login: textIn(body, 'login').trim().toLowerCase(),
  password: textIn(body, 'password'),
  address: ip ?? '',
})
