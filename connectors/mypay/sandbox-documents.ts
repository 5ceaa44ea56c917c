import { documentNamespace } from '#connectors/mypay/documents'
import { creditor } from '#connectors/mypay/sandbox-creditor'
import { centsOf } from '#connectors/mypay/sandbox-magic'
import { base64Of, element, textElement } from '#soap/xml-writing'
import { formatCents, parseCents } from '#schemas/values/cents'
import type { Debt, Receipt } from '#connectors/mypay/sandbox-register'

/** One attempt to pay, of one due or several at once. */
export interface Attempt {
  readonly debts: readonly Debt[]
  /** Undefined where no money moved. */
  readonly receipt: Receipt | undefined
  /** Whether the document may tell a lie that the cents of an amount ask for. */
  readonly mayLie?: boolean
}

/** `Pagati` or `PagatiConRicevuta`, as XML text. */
export const paidDocument = (
  name: 'Pagati' | 'PagatiConRicevuta',
  { debts, receipt, mayLie = false }: Attempt,
): string => {
  const [first] = debts
  const cents = mayLie ? centsOf(first?.amount ?? '') : ''
  const at = receipt?.paid_at ?? first?.created_at ?? ''
  const isDetailed = name === 'PagatiConRicevuta'
  const paid = receipt === undefined ? [] : debts
  const amountOf = ({ amount }: Debt) => (cents === '67' ? lower(amount) : amount)
  const total = formatCents(paid.reduce((sum, debt) => sum + parseCents(amountOf(debt)), 0))
  return `<?xml version="1.0" encoding="UTF-8"?>${element(
    `${name} xmlns="${documentNamespace}"`,
    textElement('versioneOggetto', '6.2.0'),
    element(
      'dominio',
      textElement('identificativoDominio', cents === '68' ? '00000000000' : creditor.tax_code),
    ),
    textElement('identificativoMessaggioRicevuta', receipt?.collection_id ?? 'SANDBOX'),
    textElement('dataOraMessaggioRicevuta', at),
    textElement('riferimentoMessaggioRichiesta', 'SANDBOX'),
    textElement('riferimentoDataRichiesta', at.slice(0, 10)),
    party('istitutoAttestante', 'Attestante', 'SANDBOX'),
    party('enteBeneficiario', 'Beneficiario', creditor.tax_code),
    payer(first),
    element(
      'datiPagamento',
      textElement('codiceEsitoPagamento', receipt ? '0' : '1'),
      textElement('importoTotalePagato', total),
      textElement('identificativoUnivocoVersamento', first?.iuv),
      textElement('codiceContestoPagamento', receipt?.collection_id ?? 'n/a'),
      ...paid.map((debt, index) =>
        element(
          'datiSingoloPagamento',
          isDetailed ? textElement('indiceDatiSingoloPagamento', String(index + 1)) : undefined,
          textElement('identificativoUnivocoDovuto', debt.dueId),
          textElement('singoloImportoPagato', amountOf(debt)),
          textElement('dataEsitoSingoloPagamento', at.slice(0, 10)),
          textElement('identificativoUnivocoRiscossione', receipt?.collection_id),
          textElement('causaleVersamento', debt.reason),
          textElement('datiSpecificiRiscossione', debt.category),
        ),
      ),
    ),
  )}`
}

const lower = (amount: string): string => formatCents(parseCents(amount) - 1)

const party = (name: string, role: string, code: string): string =>
  element(
    name,
    element(
      `identificativoUnivoco${role}`,
      textElement('tipoIdentificativoUnivoco', 'G'),
      textElement('codiceIdentificativoUnivoco', code),
    ),
  )

const payer = (debt: Debt | undefined): string =>
  element(
    'soggettoPagatore',
    element(
      'identificativoUnivocoPagatore',
      textElement('tipoIdentificativoUnivoco', debt?.payer.kind),
      textElement('codiceIdentificativoUnivoco', debt?.payer.taxCode),
    ),
    textElement('anagraficaPagatore', debt?.payer.name),
  )

/** `Dovuti`: a due that is not paid yet, as XML text. When it ends has no place in it. */
export const openDocument = (debt: Debt): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${element(
    `Dovuti xmlns="${documentNamespace}"`,
    textElement('versioneOggetto', '6.2.0'),
    payer(debt),
    element(
      'datiVersamento',
      textElement('tipoVersamento', 'ALL'),
      centsOf(debt.amount) === '72'
        ? undefined
        : textElement('identificativoUnivocoVersamento', debt.iuv),
      element(
        'datiSingoloVersamento',
        textElement('identificativoUnivocoDovuto', debt.dueId),
        textElement('importoSingoloVersamento', debt.amount),
        textElement('identificativoTipoDovuto', debt.dueType),
        textElement('causaleVersamento', debt.reason),
        textElement('datiSpecificiRiscossione', debt.category),
      ),
    ),
  )}`

/** pagoPA's receipt, as far as anybody here reads one: it has the moment. Its time is Rome's, without an offset. */
export const receiptDocument = (debt: Debt, { collection_id, paid_at }: Receipt): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${element(
    'receipt',
    textElement('receiptId', collection_id),
    textElement('outcome', 'OK'),
    textElement('creditorReferenceId', debt.iuv),
    textElement('paymentAmount', debt.amount),
    textElement('paymentDateTime', paid_at.slice(0, 19)),
  )}`

/**
 * How MyPay carries a document: in answers those of paid dues are encoded twice, all others once. The cents .44 turn it
 * round.
 */
export const carried = (text: string, debt: Debt, isTwice: boolean): string => {
  const isTurned = centsOf(debt.amount) === '44'
  return isTwice === isTurned ? base64Of(text) : base64Of(base64Of(text))
}
