import type { Request, RequestHandler, Response } from 'express'
import type { SessionCookie } from '#apps/operations/sign-in/cookie'
import type { OperatorsSource } from '#apps/operations/sign-in/operators-source'
import { checkSender, originOf } from '#apps/operations/sign-in/origin'
import {
  formToken,
  isSame,
  newSession,
  opened,
  renewSeconds,
  sealed,
  type Session,
  type Visitor,
  visitorOf,
} from '#apps/operations/sign-in/sessions'
import type { Operator, Operators } from '#apps/platform/operators/operators-file'
import { Problem, tryLater } from '#apps/platform/problem'

/** How people are let in. */
export interface GateSettings {
  readonly source: OperatorsSource
  readonly cookie: SessionCookie
  /** Where the app is reached; undefined where that is this machine only. */
  readonly publicOrigin: string | undefined
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** A session that a request came with, and who may act in it. */
export interface Entered {
  readonly session: Session
  /** Undefined before the sign-in. */
  readonly visitor: Visitor | undefined
  /** What the session's forms carry. */
  readonly token: string
}

/** Sessions that ended by themselves are forgotten; of those that were ended so many are remembered. */
const endedMax = 10_000

/** Who comes, and who may change something. */
export class Gate {
  readonly #settings: GateSettings
  readonly #ended = new Set<string>()

  constructor(settings: GateSettings) {
    this.#settings = settings
  }

  get now(): number {
    return this.#settings.now()
  }

  /** Throws 503 where the file of operators cannot be read. */
  known(): Operators {
    try {
      return this.#settings.source.current()
    } catch (error) {
      throw tryLater((error as Error).message)
    }
  }

  /** The session of a request; its cookie is written anew now and then, as long as it is used. */
  async entered(request: Request, response: Response): Promise<Entered | undefined> {
    const known = this.known()
    const text = this.#settings.cookie.read(request)
    const session = text === undefined ? undefined : await opened(text, known, this.now)
    if (!session || this.#ended.has(session.sid)) return undefined
    const visitor = visitorOf(session, known)
    if (session.login !== undefined && !visitor) return undefined
    const isOld = this.now / 1_000 - session.iat >= renewSeconds
    if (visitor && isOld) await this.#write(response, session)
    return { session, visitor, token: formToken(session, known) }
  }

  /** A session for somebody who has yet to sign in, so that the form is one of ours; or, anew, of who has. */
  async begin(response: Response, operator?: Operator): Promise<Entered> {
    const session = newSession(this.now, operator)
    await this.#write(response, session)
    return { session, visitor: operator, token: formToken(session, this.known()) }
  }

  /** Ends a session: its cookie is worth nothing here any more, whoever shows it. */
  end({ sid }: Session): void {
    this.#ended.add(sid)
    const [oldest] = this.#ended
    if (this.#ended.size > endedMax && oldest !== undefined) this.#ended.delete(oldest)
  }

  forget(response: Response): void {
    this.#settings.cookie.clear(response)
  }

  /** Throws where the request is for another host's name. */
  originOf(request: Request): string {
    return originOf(request, this.#settings.publicOrigin)
  }

  /** Throws 403 where a form is not one of this session's. */
  checkForm(request: Request, entered: Entered): void {
    checkSender(request, this.originOf(request))
    const { token } = (request.body ?? {}) as Readonly<Record<string, unknown>>
    if (typeof token === 'string' && isSame(token, entered.token)) return
    throw new Problem(403, 'the form is not one of this session: open its page again')
  }

  async #write(response: Response, session: Session): Promise<void> {
    this.#settings.cookie.write(response, await sealed(session, this.known(), this.now))
  }
}

/** Who a page is shown to; undefined where everybody on this machine may see it. */
export const enteredOf = ({ locals }: Response): Entered | undefined =>
  locals['entered'] as Entered | undefined

/** Lets nobody see a page who has not signed in. */
export const signedIn =
  (gate: Gate): RequestHandler =>
  async (request, response, next) => {
    gate.originOf(request)
    const entered = await gate.entered(request, response)
    if (entered?.visitor) {
      response.locals['entered'] = entered
      return next()
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new Problem(401, 'nobody is signed in: sign in, and send it again')
    }
    response.redirect(303, `/sign-in?to=${encodeURIComponent(request.originalUrl)}`)
  }

/** Lets nobody change anything who is no operator, or whose form is not one of ours. */
export const mayChange =
  (gate: Gate | undefined): RequestHandler =>
  (request, response, next) => {
    const entered = enteredOf(response)
    if (!gate || !entered?.visitor) {
      throw new Problem(403, 'nothing is changed here without a sign-in: set OPERATIONS_USERS_FILE')
    }
    gate.checkForm(request, entered)
    if (entered.visitor.role !== 'operator') throw new Problem(403, 'a viewer changes nothing')
    next()
  }
