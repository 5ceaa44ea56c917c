import { childOf, textAt, XmlError } from '#soap/xml'
import { centsOf, sceneOf } from '#connectors/iris/sandbox-magic'
import { esitoOtf } from '#connectors/iris/sandbox-messages'
import { formatDateTime } from '#schemas/values/date-time'
import type { SoapAnswer, SoapRequest } from '#soap/endpoint'
import type { XmlElement } from '#soap/xml'
import type { Outcome, Party } from '#connectors/iris/sandbox-messages'
import type { Debt, Entry, Register } from '#connectors/iris/sandbox-register'
import type { Sessions } from '#connectors/iris/sandbox-sessions'
import type { Till } from '#connectors/iris/sandbox-till'

interface PositionsOptions {
  readonly register: Register
  readonly sessions: Sessions
  readonly till: Till
  /** The body whose pendencies are taken. */
  readonly known: Party
}

/** A pendency that is told, and by which message. */
interface Told {
  readonly msgId: string
  readonly iud: string
  readonly pendenza: XmlElement
  /** Where the payer comes back to, where a page to pay at is asked for. */
  readonly otf: XmlElement | undefined
  readonly origin: string
}

/** `IdpAllineamentoPendenzeEnteOTF`: puts a pendency in, tells it again, opens a page for it, withdraws it. */
export const openPositions = (options: PositionsOptions) => {
  const { register, known } = options
  return async ({ body, origin }: SoapRequest): Promise<SoapAnswer> => {
    const message = childOf(body, 'IdpAllineamentoPendenzeOTF')
    const header = message && childOf(message, 'IdpHeader')
    const pendencies = (message && childOf(message, 'IdpBody'))?.children ?? []
    const [pendenza] = pendencies
    if (!message || !header || !pendenza || pendencies.length > 1) {
      throw new XmlError('tells of several pendencies, which is not played here')
    }
    const msgId = textAt(header, 'E2E', 'E2EMsgId') ?? ''
    if (register.hasMessage(msgId)) return { fault: 'Messaggio duplicato' }
    const iud = textAt(pendenza, 'IdPendenza') ?? ''
    const told = { msgId, iud, pendenza, otf: childOf(message, 'IdpOTF'), origin }
    const answered = (outcome: Outcome) => esitoOtf(outcome, msgId, known)
    const sender = textAt(header, 'E2E', 'Sender', 'E2ESndrId')
    if (sender !== known.id) return { body: answered({ iud, code: 'SBX00001' }) }
    return pendenza.attributes.TipoOperazione === 'Delete'
      ? { body: answered(withdraw(register, told)) }
      : insert(options, told, answered)
  }
}

const insert = (
  options: PositionsOptions,
  told: Told,
  answered: (outcome: Outcome) => string,
): SoapAnswer => {
  const { register } = options
  const { iud, msgId } = told
  const debt = debtIn(told.pendenza)
  if (!debt) return { body: answered({ iud, code: 'A0000020' }) }
  if (told.otf) return { body: answered(toldAgain(options, told, debt)) }
  const counted = count(register, iud)
  const scene = sceneOf(debt.amount, counted.creation_requests)
  if (scene && 'code' in scene) return { body: answered({ iud, code: scene.code }) }
  if (scene && 'isKept' in scene) keepMessage(register, iud, msgId)
  const outcome = !scene || scene.isPutIn ? toldAgain(options, told, debt) : {}
  return { body: answered(outcome), trouble: scene?.trouble }
}

/** Puts in what is not there, and puts it in the place of what is: while it is not paid. */
const toldAgain = (
  { register, sessions, till }: PositionsOptions,
  { iud, msgId, otf, origin }: Told,
  debt: Debt,
): Outcome => {
  const entry = register.of(iud)
  if (entry.debt && entry.debt.receipts.length > 0) return { iud, code: 'A0000016' }
  if (entry.debt && centsOf(debt.amount) === '48') return { iud, code: 'SBX00048' }
  register.put({
    ...entry,
    debt: { ...debt, created_at: entry.debt?.created_at ?? debt.created_at },
  })
  keepMessage(register, iud, msgId)
  if (centsOf(debt.amount) === '77') till.payLater(iud, 0)
  if (!otf) return {}
  const token = sessions.open(iud, textAt(otf, 'URL_BACK') ?? '', textAt(otf, 'URL_CANCEL') ?? '')
  return { session: { token, url: `${origin}/gateway?token=${token}` } }
}

const withdraw = (register: Register, { iud, msgId }: Told): Outcome => {
  const entry = register.of(iud)
  if (!entry.debt) return { iud, code: 'SBX00404' }
  if (entry.debt.receipts.length > 0) return { iud, code: 'A0000016' }
  register.put({ ...entry, debt: null })
  keepMessage(register, iud, msgId)
  return {}
}

const count = (register: Register, iud: string): Entry => {
  const entry = register.of(iud)
  return register.put({ ...entry, creation_requests: entry.creation_requests + 1 })
}

const keepMessage = (register: Register, iud: string, msgId: string): void => {
  const entry = register.of(iud)
  register.put({ ...entry, messages: [...entry.messages, msgId] })
}

const debtIn = (pendenza: XmlElement): Debt | undefined => {
  const owed = childOf(pendenza, 'Insert')
  const detail = owed?.children.find(({ name }) => name === 'InfoPagamento')?.children[0]
  if (!owed || !detail) return undefined
  const person = (member: string) => textAt(pendenza, 'Destinatari', 'Destinatario', member) ?? ''
  return {
    iuv: textAt(detail, 'IdPagamento') ?? '',
    due_type: pendenza.attributes.TipoPendenza ?? '',
    amount: textAt(detail, 'Importo') ?? '',
    reason: textAt(owed, 'DescrizioneCausale') ?? '',
    expires_on: textAt(detail, 'DataScadenza') ?? '',
    payer: { id: person('Id'), name: person('Descrizione') },
    created_at: formatDateTime(new Date()),
    receipts: [],
  }
}
