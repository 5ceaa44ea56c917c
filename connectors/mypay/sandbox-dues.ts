import { stampDueType } from '#connectors/mypay/config'
import { childOf, textAt } from '#soap/xml'
import { formatDateTime } from '#schemas/values/date-time'
import { parseCents } from '#schemas/values/cents'
import { iuvOf, makeNoticeCode } from '#schemas/values/notice-code'
import type { Debt, Due } from '#connectors/mypay/sandbox-register'
import type { XmlElement } from '#soap/xml'

/** Outside the codes given to creditors: no real notice has it. */
export const segregationCode = '99'

/** What a document says of its payer and of one due in it. */
export const dueIn = (document: XmlElement, due: XmlElement, iuv: string): Due => {
  const payer = childOf(document, 'soggettoPagatore')
  const known = payer && childOf(payer, 'identificativoUnivocoPagatore')
  return {
    dueId: textAt(due, 'identificativoUnivocoDovuto') ?? '',
    iuv,
    amount: textAt(due, 'importoSingoloVersamento') ?? '',
    reason: textAt(due, 'causaleVersamento') ?? '',
    category: textAt(due, 'datiSpecificiRiscossione') ?? '',
    dueType: textAt(due, 'identificativoTipoDovuto') ?? '',
    expires_on: textAt(due, 'dataEsecuzionePagamento') ?? null,
    payer: {
      kind: (known && textAt(known, 'tipoIdentificativoUnivoco')) ?? '',
      taxCode: (known && textAt(known, 'codiceIdentificativoUnivoco')) ?? '',
      name: (payer && textAt(payer, 'anagraficaPagatore')) ?? '',
    },
  }
}

export const newDebt = (due: Due): Debt => ({
  ...due,
  created_at: formatDateTime(new Date()),
  isWithdrawn: false,
  receipts: [],
  owed: [],
})

/** The code with which MyPay refuses a due by what it says; undefined where all is well. */
export const faultOfDue = (due: XmlElement): string | undefined => {
  if ((textAt(due, 'identificativoUnivocoDovuto') ?? '').startsWith('000'))
    return 'PAA_IUD_NON_VALIDO'
  const amount = parseCents(textAt(due, 'importoSingoloVersamento'))
  if (amount <= 0) return 'PAA_IMPORTO_SINGOLO_VERSAMENTO_NON_VALIDO'
  const bilancio = childOf(due, 'bilancio')
  if (bilancio && sumIn(bilancio) !== amount) return 'PAA_IMPORTO_BILANCIO_NON_VALIDO'
  const stamp = childOf(due, 'datiMarcaBolloDigitale')
  const isStamp = textAt(due, 'identificativoTipoDovuto') === stampDueType
  if (isStamp !== (stamp !== undefined)) return 'PAA_MARCA_BOLLO_DIGITALE_NON_VALIDA'
  const isDigest = /^[A-Za-z0-9+/]{43}=$/.test((stamp && textAt(stamp, 'hashDocumento')) ?? '')
  if (stamp && !isDigest) return 'PAA_MARCA_BOLLO_DIGITALE_NON_VALIDA'
  if (stamp && amount !== 1_600) return 'PAA_IMPORTO_MARCA_BOLLO_DIGITALE_NON_VALIDA'
  return undefined
}

const sumIn = (element: XmlElement): number =>
  element.children.reduce(
    (sum, child) => sum + (child.name === 'importo' ? parseCents(child.text) : sumIn(child)),
    0,
  )

/** Whether a number may be the body's own: those whose third and fourth digit are 0 MyPay gives itself. */
export const isOwnIuv = (iuv: string): boolean =>
  /^\d{17}$/.test(iuv) && iuv.startsWith(segregationCode) && iuv.slice(2, 4) !== '00'

let lastBase = 0

/** A number that MyPay gives: never given before, counted up from the clock. */
export const nextIuv = (): string => {
  // 11 digits: the two before them are 0.
  lastBase = Math.max(lastBase + 1, Math.floor(Date.now() / 100))
  const base = String(lastBase % 10 ** 11)
  return iuvOf(makeNoticeCode({ aux: 3, segregationCode, base }))
}
