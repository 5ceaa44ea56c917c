import { randomUUID } from 'node:crypto'
import { done, refused } from '#connectors/mypay/sandbox-answers'
import { dueIn, faultOfDue, newDebt, nextIuv } from '#connectors/mypay/sandbox-dues'
import { sceneOf } from '#connectors/mypay/sandbox-magic'
import { countRequest } from '#connectors/mypay/sandbox-register'
import { readEmbedded } from '#connectors/mypay/sandbox-requests'
import { childOf, textAt } from '#soap/xml'
import { textElement } from '#soap/xml-writing'
import type { Outcome } from '#connectors/mypay/sandbox-answers'
import type { Played } from '#connectors/mypay/sandbox-import'
import type { Debt, Register } from '#connectors/mypay/sandbox-register'
import type { XmlElement } from '#soap/xml'

const sessionMs = 15 * 60_000

/** One visit to the pay page. */
export interface Session {
  readonly id: string
  readonly dueIds: readonly string[]
  /** Dues that are none yet: they become some when they are paid. */
  readonly basket: readonly Debt[]
  readonly returnUrl: string | undefined
  readonly endsAt: number
  state: 'new' | 'started' | 'abandoned'
}

/** Sessions live 15 minutes and do not survive a restart, as at real intermediaries. */
export interface Sessions {
  get(id: string): Session | undefined
  isOver(session: Session): boolean
  /** The payer is on the page. */
  start(session: Session): void
  /** The payer left it without paying. */
  abandon(session: Session): void
  /** Whether somebody is about to pay this due. */
  isStarted(dueId: string): boolean
  /** A page to pay a due at that is listed. */
  pageOf(debt: Debt, origin: string): string
  /** `paaSILInviaDovuti`: keeps a basket of dues to pay at once. */
  sendDues(body: XmlElement, origin: string): Played
  /** `paaSILVerificaAvviso`: opens a page to pay a due that is there. */
  payNotice(body: XmlElement, origin: string): Outcome
}

export const openSessions = (register: Register): Sessions => {
  const sessions = new Map<string, Session>()
  const startedUntil = new Map<string, number>()
  const kept = (session: Pick<Session, 'dueIds' | 'basket' | 'returnUrl'>): string => {
    const now = Date.now()
    const id = `${randomUUID()}-${now}`
    forgetOld(sessions, now)
    sessions.set(id, { ...session, id, endsAt: now + sessionMs, state: 'new' })
    return id
  }
  const opened = (
    session: Pick<Session, 'dueIds' | 'basket'>,
    body: XmlElement,
    origin: string,
  ): Outcome => {
    const id = kept({ ...session, returnUrl: textAt(body, 'enteSILInviaRispostaPagamentoUrl') })
    return done(
      textElement('idSession', id),
      textElement('redirect', '1'),
      textElement('url', pageAt(origin, id)),
    )
  }

  return {
    get: (id) => sessions.get(id),
    isOver: ({ endsAt }) => endsAt < Date.now(),
    start: (session) => {
      if (session.state === 'new') session.state = 'started'
      for (const dueId of session.dueIds) startedUntil.set(dueId, session.endsAt)
    },
    abandon: (session) => {
      session.state = 'abandoned'
      for (const dueId of session.dueIds) startedUntil.delete(dueId)
    },
    isStarted: (dueId) => (startedUntil.get(dueId) ?? 0) >= Date.now(),
    pageOf: ({ dueId }, origin) =>
      pageAt(origin, kept({ dueIds: [dueId], basket: [], returnUrl: undefined })),
    sendDues: (body, origin) => {
      const basket = basketIn(register, textAt(body, 'dovuti') ?? '')
      if (!Array.isArray(basket)) return basket as Played
      const dues = basket as readonly Debt[]
      const dueIds = dues.map(({ dueId }) => dueId)
      return { outcome: opened({ dueIds, basket: dues }, body, origin) }
    },
    payNotice: (body, origin) => {
      const debt = register.byIuv(textAt(body, 'identificativoUnivocoVersamento') ?? '')
      if (!debt || debt.receipts.length > 0 || debt.isWithdrawn)
        return refused('PAA_IUV_NON_VALIDO')
      return opened({ dueIds: [debt.dueId], basket: [] }, body, origin)
    },
  }
}

const pageAt = (origin: string, session: string): string => `${origin}/pay/${session}`

// Oldest first, all equally long: those that were over long ago stand in front.
const forgetOld = (sessions: Map<string, Session>, now: number): void => {
  for (const [id, { endsAt }] of sessions) {
    if (endsAt >= now - sessionMs) break
    sessions.delete(id)
  }
}

const basketIn = (register: Register, carried: string): readonly Debt[] | Played => {
  const document = readEmbedded(carried)
  const dues = document && childOf(document, 'datiVersamento')
  if (!document || !dues || document.name !== 'Dovuti') {
    return { outcome: refused('PAA_XML_NON_VALIDO') }
  }
  if (childOf(dues, 'identificativoUnivocoVersamento')) {
    return { outcome: refused('PAA_IUV_NON_VALIDO') }
  }
  const basket: Debt[] = []
  for (const due of dues.children.filter(({ name }) => name === 'datiSingoloVersamento')) {
    const debt = newDebt(dueIn(document, due, nextIuv()))
    const fault = faultOfDue(due)
    if (fault) return { outcome: refused(fault) }
    const { creation_requests, debt: known } = countRequest(register, debt.dueId)
    const scene = sceneOf(debt.amount, creation_requests)
    // Only dues that are stored are held against a new one: a repeat may just open a second session.
    if (known) return { outcome: refused('PAA_IUD_DUPLICATO') }
    if (scene?.kind === 'fault') return { outcome: refused(scene.faultCode) }
    basket.push(debt)
  }
  return basket
}
