import { done, refused } from '#connectors/mypay/sandbox-answers'
import { dueIn, faultOfDue, isOwnIuv, newDebt, nextIuv } from '#connectors/mypay/sandbox-dues'
import { centsOf, sceneOf } from '#connectors/mypay/sandbox-magic'
import { noticeArchive } from '#connectors/mypay/sandbox-notice'
import { countRequest } from '#connectors/mypay/sandbox-register'
import { readEmbedded } from '#connectors/mypay/sandbox-requests'
import { childOf, textAt } from '#soap/xml'
import { textElement } from '#soap/xml-writing'
import type { Outcome } from '#connectors/mypay/sandbox-answers'
import type { Debt, Register } from '#connectors/mypay/sandbox-register'
import type { Till } from '#connectors/mypay/sandbox-till'
import type { SoapRequest, Trouble } from '#soap/endpoint'
import type { XmlElement } from '#soap/xml'

/** What an operation comes to, and how its answer goes wrong on the way. */
export interface Played {
  readonly outcome: Outcome
  readonly trouble?: Trouble | undefined
}

/** `paaSILImportaDovuto`: puts a due in, withdraws one, has a notice printed. */
export const importDue =
  (register: Register, till: Till) =>
  async ({ body, origin }: SoapRequest): Promise<Played> => {
    const document = readEmbedded(textAt(body, 'dovuto') ?? '')
    const due = document && childOf(document, 'datiVersamento')
    if (!due || document.name !== 'Versamento' || !childOf(document, 'soggettoPagatore')) {
      return { outcome: refused('PAA_XML_NON_VALIDO') }
    }
    switch (textAt(document, 'azione') ?? '') {
      case 'I':
        return putIn({ register, till, document, due, origin, body })
      case 'A':
        return { outcome: withdrawn(register, due) }
      case 'S':
        return { outcome: await printed(register, due) }
      default:
        return { outcome: refused('PAA_AZIONE_NON_VALIDO') }
    }
  }

interface Insertion {
  readonly register: Register
  readonly till: Till
  readonly document: XmlElement
  readonly due: XmlElement
  readonly origin: string
  readonly body: XmlElement
}

const putIn = (insertion: Insertion): Played => {
  const { register, till, document, due, origin, body } = insertion
  const told = textAt(due, 'identificativoUnivocoVersamento')
  const mayNumber = textAt(body, 'flagGeneraIuv') === 'true' && told === undefined
  const { dueId, amount, ...rest } = dueIn(document, due, told ?? (mayNumber ? nextIuv() : ''))
  const entry = countRequest(register, dueId)
  const scene = sceneOf(amount, entry.creation_requests)
  if (scene?.kind === 'fault') return { outcome: refused(scene.faultCode) }
  const isStored = !scene || scene.kind === 'lost' || scene.kind === 'slow'
  if (!isStored) return { outcome: refused('PAA_SYSTEM_ERROR'), trouble: scene }
  const debt = newDebt({ dueId, amount, ...rest })
  const fault = faultOfDue(due) ?? faultOfNumbers(register, debt, mayNumber)
  if (fault) return { outcome: refused(fault), trouble: scene }
  register.put({ ...entry, debt })
  if (centsOf(amount) === '77') till.payLater(dueId, 0)
  const notice = mayNumber ? `${origin}/notice/${debt.iuv}` : undefined
  const numbers = [
    textElement('identificativoUnivocoVersamento', debt.iuv),
    textElement('urlFileAvviso', notice),
  ]
  return { outcome: done(...numbers), trouble: scene }
}

// The repeat of what is there already is told the fault, not the number.
const faultOfNumbers = (
  register: Register,
  { dueId, iuv }: Debt,
  mayNumber: boolean,
): string | undefined => {
  if (register.get(dueId)?.debt) return 'PAA_IMPORT_IUD_DUPLICATO'
  if (!mayNumber && !isOwnIuv(iuv)) return 'PAA_IUV_NON_VALIDO'
  return register.byIuv(iuv) ? 'PAA_IMPORT_IUV_DUPLICATO' : undefined
}

const withdrawn = (register: Register, due: XmlElement): Outcome => {
  const entry = register.get(textAt(due, 'identificativoUnivocoDovuto') ?? '')
  if (!entry?.debt) return refused('PAA_IMPORT_DOVUTO_NON_PRESENTE')
  // Whatever went wrong, the text speaks of numbers.
  if (entry.debt.receipts.length > 0) return refused('PAA_SYSTEM_ERROR', 'generazione IUV')
  register.put({ ...entry, debt: { ...entry.debt, isWithdrawn: true } })
  return done()
}

const printed = async (register: Register, due: XmlElement): Promise<Outcome> => {
  const debt = register.byIuv(textAt(due, 'identificativoUnivocoVersamento') ?? '')
  if (!debt) return refused('PAA_IUV_NON_VALIDO')
  const archive = await noticeArchive(debt)
  return done(textElement('base64ZipAvviso', archive.toString('base64')))
}
