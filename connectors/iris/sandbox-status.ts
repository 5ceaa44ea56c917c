import { textAt, XmlError } from '#soap/xml'
import { centsOf, lateMs, unknownWord } from '#connectors/iris/sandbox-magic'
import { esitoVerifica } from '#connectors/iris/sandbox-messages'
import { statusElement } from '#connectors/iris/sandbox-payments'
import type { SoapAnswer, SoapRequest } from '#soap/endpoint'
import type { Party } from '#connectors/iris/sandbox-messages'
import type { Debt, Register } from '#connectors/iris/sandbox-register'
import type { Sessions } from '#connectors/iris/sandbox-sessions'
import type { Till } from '#connectors/iris/sandbox-till'

interface StatusOptions {
  readonly register: Register
  readonly sessions: Sessions
  readonly till: Till
  readonly known: Party
}

const stranger: Party = { id: 'ALTRO_ENTE', system: 'SIL_ALTRO' }

/** `IdpVerificaStatoPagamenti`, in its detailed form. */
export const openStatus = ({ register, sessions, till, known }: StatusOptions) => {
  const collectedAt = new Map<string, number>()

  /** Paid subject to collection first, and for good a moment later. */
  const isCollected = (iud: string): boolean => {
    const at = collectedAt.get(iud) ?? Date.now() + lateMs
    collectedAt.set(iud, at)
    return Date.now() >= at
  }

  const stateOf = (iud: string, { amount, receipts }: Debt): string => {
    const cents = centsOf(amount)
    if (receipts.length > 0) {
      return cents === '47' && !isCollected(iud) ? 'POSIZIONE_PAGATA_SBF' : 'POSIZIONE_PAGATA'
    }
    if (cents === '55') return unknownWord
    if (cents !== '88') {
      return sessions.isStarted(iud) ? 'POSIZIONE_CON_PAG_IN_CORSO' : 'POSIZIONE_NON_PAGATA'
    }
    till.payLater(iud, lateMs)
    return 'POSIZIONE_NON_PAGABILE'
  }

  return async ({ body }: SoapRequest): Promise<SoapAnswer> => {
    const asked = body.children[0]
    const members = asked?.children.find(({ name }) => name === 'IdpBody')?.children ?? []
    const isDetailed = members.at(-1)?.name === 'richiestaInformazioniPagamento'
    if (!asked || !isDetailed)
      throw new XmlError('asks for the short form, which is not played here')
    const ids = members.filter(({ name }) => name === 'IdPagamento')
    const found = ids.map(({ text, attributes: { TipoPendenza = '' } }) => {
      const entry = register.byIuv(text)
      const debt = entry?.debt?.due_type === TipoPendenza ? entry.debt : null
      if (!entry || !debt) return { amount: '', told: statusElement(absent, text, TipoPendenza) }
      const state = stateOf(entry.iud, debt)
      const paid = state === 'POSIZIONE_PAGATA' ? { iud: entry.iud, debt } : undefined
      return { amount: debt.amount, told: statusElement(state, text, TipoPendenza, paid) }
    })
    const isLie = found.some(({ amount }) => centsOf(amount) === '46')
    const msgId = textAt(asked, 'IdpHeader', 'E2E', 'E2EMsgId') ?? ''
    const told = found.map((one) => one.told)
    return { body: esitoVerifica(told, msgId, isLie ? stranger : known) }
  }
}

const absent = 'POSIZIONE_NON_PRESENTE'
