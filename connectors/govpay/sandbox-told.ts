import { LosslessNumber, stringify } from 'lossless-json'
import { centsOf } from '#connectors/govpay/sandbox-magic'
import { creditor } from '#connectors/govpay/sandbox-documents'
import { formatCents } from '#schemas/values/cents'
import type { Debt, Receipt } from '#connectors/govpay/sandbox-register'
import type { Response } from 'express'

/** Cents as GovPay writes them: a JSON number with both decimals. */
export const amountOf = (cents: number): LosslessNumber => new LosslessNumber(formatCents(cents))

/** JSON whose amounts keep their digits. */
export const sendJson = (response: Response, value: unknown): void => {
  response.type('json').send(stringify(value))
}

const unpaidWords: Readonly<Record<string, string>> = {
  12: 'ANOMALA',
  13: 'IN_LAVORAZIONE',
  88: 'SCADUTA',
}
const paidWords: Readonly<Record<string, string>> = {
  14: 'ANOMALA',
  15: 'INCASSATA',
  34: 'ANOMALA',
}

/** The word on a debt. The clock is not looked at: only the magic .88 ever says SCADUTA. */
export const stateOf = ({ amount, isCancelled, receipts }: Debt): string => {
  if (isCancelled) return 'ANNULLATA'
  const cents = centsOf(amount)
  return receipts.length > 0
    ? (paidWords[cents] ?? 'ESEGUITA')
    : (unpaidWords[cents] ?? 'NON_ESEGUITA')
}

/** The notice number as it is told: that of .17 as a number, which every reader makes another of. */
export const noticeNumberOf = ({ amount, numeroAvviso }: Debt) => {
  if (numeroAvviso === null) return undefined
  return centsOf(amount) === '17' ? new LosslessNumber(numeroAvviso) : numeroAvviso
}

const longAgo = '2020-01-31'

/** The debt as the API tells it. */
export const pendenzaOf = (debt: Debt, application: string, domain: string): object => {
  const { amount, created_at, idPendenza, iuv, pendenza, receipts } = debt
  const { idDominio, idTipoPendenza, causale, soggettoPagatore, voci } = pendenza
  const cents = centsOf(amount)
  const [first] = receipts
  const isPaid = first !== undefined
  return {
    idA2A: application,
    idPendenza,
    idTipoPendenza,
    dominio: {
      idDominio: cents === '16' ? '99999999990' : idDominio,
      ragioneSociale: creditor.name,
    },
    stato: stateOf(debt),
    causale,
    soggettoPagatore,
    importo: amountOf(amount),
    dataCaricamento: created_at.slice(0, 10),
    dataScadenza: cents === '88' ? longAgo : pendenza.dataScadenza,
    tipo: 'dovuto',
    numeroAvviso: noticeNumberOf(debt),
    iuvAvviso: debt.numeroAvviso === null ? undefined : iuv,
    ...(isPaid ? { iuvPagamento: iuv, dataPagamento: first.paid_at.slice(0, 10) } : {}),
    voci: voci.map((voce, i) => ({
      ...voce,
      indice: i + 1,
      stato: isPaid ? 'Eseguito' : 'Non eseguito',
    })),
    rpp: cents === '66' ? [] : receipts.map((receipt) => attemptOf(debt, receipt, domain)),
  }
}

const attemptOf = (debt: Debt, receipt: Receipt, domain: string): object => ({
  stato: 'RT_ACCETTATA_PA',
  rpt: {},
  rt: receiptOf(debt, receipt, domain),
})

// Rome's clocks without an offset: as GovPay writes times.
const clockOf = (dateTime: string): string => dateTime.slice(0, 19)

/** A receipt of pagoPA's present model. */
export const receiptOf = (
  { iuv, numeroAvviso }: Debt,
  receipt: Receipt,
  domain: string,
): object => ({
  receiptId: receipt.id,
  noticeNumber: numeroAvviso ?? undefined,
  fiscalCode: domain,
  outcome: 'OK',
  creditorReferenceId: iuv,
  paymentAmount: amountOf(receipt.amount),
  companyName: creditor.name,
  PSPCompanyName: 'SANDBOX PSP',
  paymentDateTime: clockOf(receipt.paid_at),
})

/** What version 2 of the notifications puts. */
export const ricevutaOf = (debt: Debt, receipt: Receipt, own: Own): object => ({
  dominio: { idDominio: own.domain, ragioneSociale: creditor.name },
  iuv: debt.iuv,
  idRicevuta: receipt.id,
  importo: amountOf(receipt.amount),
  esito: 'ESEGUITO',
  istitutoAttestante: { idPSP: 'SANDBOX', denominazione: 'SANDBOX PSP' },
  pendenza: pendenzaOf(debt, own.application, own.domain),
  data: clockOf(receipt.paid_at),
  dataPagamento: clockOf(receipt.paid_at),
  rpt: { tipo: 'ctPaymentPA', xml: '', json: {} },
  rt: { tipo: 'ctReceipt', xml: '', json: receiptOf(debt, receipt, own.domain) },
  modello: 'Pagamento ad iniziativa PSP',
})

/** What version 1 posts: at the start of an attempt without a receipt, at its end with one. */
export const notificaOf = (debt: Debt, own: Own, receipt?: Receipt): object => ({
  idA2A: own.application,
  idPendenza: debt.idPendenza,
  rpt: { versioneOggetto: '6.2.0' },
  ...(receipt ? { rt: formerReceiptOf(debt, receipt, own.domain), riscossioni: [] } : {}),
})

interface Own {
  readonly application: string
  readonly domain: string
}

const formerReceiptOf = ({ iuv }: Debt, { id, paid_at, amount }: Receipt, domain: string) => ({
  versioneOggetto: '6.2.0',
  dominio: { identificativoDominio: domain },
  dataOraMessaggioRicevuta: clockOf(paid_at),
  datiPagamento: {
    codiceEsitoPagamento: '0',
    importoTotalePagato: formatCents(amount),
    identificativoUnivocoVersamento: iuv,
    CodiceContestoPagamento: id,
    datiSingoloPagamento: [
      {
        singoloImportoPagato: formatCents(amount),
        dataEsitoSingoloPagamento: paid_at.slice(0, 10),
        identificativoUnivocoRiscossione: id,
      },
    ],
  },
})
