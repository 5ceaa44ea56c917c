import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { Cents } from '#connectors/govpay/amounts'
import { jsonOf } from '#connectors/govpay/answers'
import { settled } from '#connectors/govpay/mapping'
import { momentOf } from '#connectors/govpay/moments'
import { readReceipt, receiptIdOf } from '#connectors/govpay/receipts'
import { IdPendenza } from '#connectors/govpay/words'
import { RejectedError } from '#core/errors'
import type { GovpayTenant } from '#connectors/govpay/config'
import type { ReadReceipt } from '#connectors/govpay/receipts'
import type {
  Notification,
  NotificationForm,
  ReportedSettlement,
  Settlement,
} from '#ports/intermediary'

const Debt = z.object({ idA2A: z.string().nullish(), idPendenza: z.string() })

/** What version 1 posts: at the start of an attempt with `rpt` alone, at its end with `rt`, paid or not. */
const Notifica = Debt.extend({ rt: z.unknown().optional() })

/** What version 2 puts: the receipt of an attempt. Its own contract names members in two ways. */
const Ricevuta = z.object({
  dominio: z.object({ idDominio: z.string() }),
  iuv: z.string().min(1),
  idRicevuta: z.string().nullish(),
  receiptId: z.string().nullish(),
  importo: Cents,
  esito: z.string().nullish(),
  dataPagamento: z.string().nullish(),
  pendenza: Debt.nullish(),
  riscossioni: z
    .array(z.object({ vocePendenza: z.object({ pendenza: Debt }) }))
    .nullish()
    .catch(null),
  rt: z.object({ json: z.unknown().optional() }).nullish(),
})

type Ricevuta = z.infer<typeof Ricevuta>

type Us = Pick<GovpayTenant, 'application_id' | 'domain_id'>

/**
 * What a notification says of the money; nothing where an attempt to pay only began. Throws
 * RejectedError('bad-notification') where it is none of GovPay's, is about another application, or contradicts its own
 * receipt, 'other-creditor' where its money is for another body: nothing is settled by guess.
 */
export const readNotification = (body: string, us: Us): readonly ReportedSettlement[] => {
  const json = jsonOf(body)
  const former = Notifica.safeParse(json)
  if (former.success) return formerSettlements(former.data, us)
  const ricevuta = Ricevuta.safeParse(json)
  if (ricevuta.success) return [presentSettlement(ricevuta.data, us)]
  throw bad('the notification is not what GovPay sends')
}

/** The debt a notification names, before it is believed; nothing where it is none of GovPay's. */
const namedIn = (body: string): readonly string[] => {
  const json = jsonOf(body)
  const former = Notifica.safeParse(json)
  const ricevuta = Ricevuta.safeParse(json)
  const debt = former.data ?? (ricevuta.data && debtOf(ricevuta.data))
  return debt ? [debt.idPendenza] : []
}

/**
 * Where GovPay reports, whichever version the connector of its application is set to. It takes any 2xx, and tries
 * again for ever without one. What version 1 posts to `…/annulla` names no debt, and only ends an attempt.
 */
export const notifications: NotificationForm = {
  routes: [
    { method: 'put', path: '/ricevute/:idDominio/:iuv/:idRicevuta' },
    { method: 'post', path: '/pagamenti/:idDominio/:iuv' },
  ],
  namedIn,
}

const debtOf = ({ pendenza, riscossioni }: Ricevuta) =>
  pendenza ?? riscossioni?.[0]?.vocePendenza.pendenza

const formerSettlements = (
  told: z.infer<typeof Notifica>,
  us: Us,
): readonly ReportedSettlement[] => {
  const iud = iudOf(told, us)
  if (told.rt === undefined || told.rt === null) return []
  const receipt = readReceipt(told.rt)
  if (!receipt) throw bad('the receipt is none of pagoPA')
  if (receipt.creditor !== us.domain_id) throw ofAnotherBody()
  return [{ iud, settlement: settlementOf(receipt) }]
}

const presentSettlement = (told: Ricevuta, us: Us): ReportedSettlement => {
  const debt = debtOf(told)
  if (!debt) throw bad('the receipt names no debt')
  const iud = iudOf(debt, us)
  if (told.dominio.idDominio !== us.domain_id) throw ofAnotherBody()
  const receipt = receiptIn(told)
  if (receipt && receipt.creditor !== us.domain_id) throw ofAnotherBody()
  const isContradicted =
    receipt !== undefined &&
    (receipt.amount !== told.importo ||
      receipt.iuv !== told.iuv ||
      (told.esito === 'ESEGUITO' && receipt.outcome === 'not-executed'))
  if (isContradicted) throw bad('the notification contradicts its own receipt')
  return {
    iud,
    settlement: settlementOf({
      outcome: outcomeOf(told.esito, receipt),
      id: receiptIdOf(told.idRicevuta, told.receiptId, receipt?.id),
      amount: told.importo,
      paid_at: momentOf(told.dataPagamento ?? '') ?? receipt?.paid_at ?? null,
    }),
  }
}

const receiptIn = ({ rt }: z.infer<typeof Ricevuta>): ReadReceipt | undefined => {
  const json = rt?.json
  return readReceipt(typeof json === 'string' ? jsonOf(json) : json)
}

const outcomes: Readonly<Record<string, ReadReceipt['outcome']>> = {
  ESEGUITO: 'executed',
  NON_ESEGUITO: 'not-executed',
  RIFIUTATO: 'not-executed',
  DECORRENZA: 'not-executed',
}

const outcomeOf = (
  esito: string | null | undefined,
  receipt: ReadReceipt | undefined,
): ReadReceipt['outcome'] => (esito ? outcomes[esito] : receipt?.outcome) ?? 'unknown'

type Told = Pick<ReadReceipt, 'outcome' | 'id' | 'amount' | 'paid_at'>

const settlementOf = ({ outcome, paid_at, ...receipt }: Told): Settlement => {
  if (outcome === 'unknown') return { state: 'pending' }
  // An attempt that failed: the debt is still open.
  if (outcome === 'not-executed') return { state: 'refused' }
  if (paid_at === null) throw bad('the receipt says that it was paid, but not when')
  return settled({ ...receipt, paid_at })
}

const iudOf = ({ idA2A, idPendenza }: z.infer<typeof Debt>, us: Us): string => {
  const iud = IdPendenza.safeParse(idPendenza.toLowerCase())
  if (!iud.success) throw bad('the notification is about a debt that is none of ours')
  if (idA2A && idA2A !== us.application_id) {
    throw bad('the notification is about the debt of another application')
  }
  return iud.data
}

const ofAnotherBody = () =>
  new RejectedError('other-creditor', 'the notification tells of money for another body')

const bad = (message: string) => new RejectedError('bad-notification', message)

/** Throws RejectedError('bad-signature') where a notification does not come with the credentials agreed on. */
export const verify = ({ headers }: Notification, username: string, password: string): void => {
  const [, given = ''] = /^Basic +([\w+/=-]+)$/i.exec(headers['authorization'] ?? '') ?? []
  const told = Buffer.from(given, 'base64').toString('utf8')
  if (!timingSafeEqual(digestOf(told), digestOf(`${username}:${password}`))) {
    throw new RejectedError('bad-signature', 'the notification does not come with our credentials')
  }
}

// Digests are of one length, whatever was given.
const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest()
