import { descriptionOf, itemsOf, yearOf } from '#connectors/govpay/mapping-items'
import { dayOf, isPast, momentOf } from '#connectors/govpay/moments'
import { executedIn } from '#connectors/govpay/receipts'
import { plain, plainIfAny } from '#connectors/govpay/texts'
import { NuovaPendenza } from '#connectors/govpay/words'
import { RejectedError, TransientError } from '#core/errors'
import { formatCents, parseCents } from '#schemas/values/cents'
import { iuvOf } from '#schemas/values/notice-code'
import type { GovpayDomain, GovpayService, GovpayTenant } from '#connectors/govpay/config'
import type { Owed } from '#connectors/govpay/mapping-items'
import type { Receipt } from '#connectors/govpay/receipts'
import type { Pendenza, PendenzaCreata, Soggetto } from '#connectors/govpay/words'
import type { DebtPosition, Settlement } from '#ports/intermediary'

/**
 * The debt as GovPay wants it: members in a fixed order, nothing from the clock, no credentials. GovPay's payer is
 * who owes. An e-mail or address it would refuse stays behind; the shares' other `meta`, and the taxonomy where the
 * revenue code has one, too. Throws RejectedError: type-, document- and currency-unsupported, amount-missing,
 * split-does-not-add-up, split-too-long, category-unsupported, stamp-…, and not-expressible naming the member.
 */
export const toNuovaPendenza = (
  owed: Owed,
  { domain_id }: GovpayDomain,
  service: GovpayService,
): NuovaPendenza => {
  refuseUnsupported(owed)
  const cents = payableCents(owed)
  const { iud, due_type, expire_at } = owed.payment
  const pendenza = NuovaPendenza.safeParse({
    idPendenza: iud,
    idTipoPendenza: due_type ?? service.due_type,
    idDominio: domain_id,
    idUnitaOperativa: service.unit_id,
    causale: descriptionOf(owed),
    soggettoPagatore: subjectOf(owed),
    importo: formatCents(cents),
    dataScadenza: expire_at === null ? undefined : dayOf(expire_at),
    annoRiferimento: yearOf(owed.created_at),
    voci: itemsOf(owed, cents, service),
  })
  if (pendenza.success) return pendenza.data
  const [issue] = pendenza.error.issues
  throw new RejectedError('not-expressible', `${issue?.path.join('.')}: ${issue?.message}`)
}

// Left behind, each of these would be another debt before the law.
const refuseUnsupported = ({ payment: { type, document, currency } }: Owed): void => {
  const unsupported = {
    'type-unsupported': type !== null && type !== 'PAGOPA' && type !== 'STAMP',
    'document-unsupported': document !== null && type !== 'STAMP',
    'currency-unsupported': currency !== 'EUR',
  }
  for (const [code, isAsked] of Object.entries(unsupported)) {
    if (isAsked) throw new RejectedError(code, 'GovPay has no place for it in a debt')
  }
}

const payableCents = ({ payment: { amount } }: Owed): number => {
  if (amount === null || amount <= 0) {
    throw new RejectedError('amount-missing', 'GovPay has nothing to ask for')
  }
  return amount
}

// As GovPay's own pattern has it.
const email = /^\w+(?:[-+.']\w+)*@\w+(?:[-.]\w+)*\.\w+(?:[-.]\w+)*$/

const subjectOf = ({ payer, debtor }: Owed): Soggetto => {
  const { type, name, family_name, tax_identification_number, ...told } = debtor ?? payer
  const country = told.country?.trim().toUpperCase() ?? ''
  return {
    tipo: type === 'human' ? 'F' : 'G',
    identificativo: tax_identification_number,
    anagrafica: plain([name, family_name].filter(Boolean).join(' '), 70),
    indirizzo: plainIfAny(told.street_name, 70),
    civico: plainIfAny(told.building_number, 16),
    cap: plainIfAny(told.postal_code, 16),
    localita: plainIfAny(told.town_name, 35),
    provincia: plainIfAny(told.country_subdivision, 35),
    nazione: /^[A-Z]{2}$/.test(country) ? country : undefined,
    email: email.test(told.email ?? '') ? (told.email ?? undefined) : undefined,
  }
}

type Asked = Pick<NuovaPendenza, 'importo' | 'idDominio' | 'voci'>

/**
 * The debt position that was just created, with the notice number as GovPay gave it: check digits are not ours to
 * judge. A debt of stamps has none. Throws TransientError where the answer is of another body, or has no number.
 */
export const toDebtPosition = (
  { idDominio, numeroAvviso, iuv }: PendenzaCreata & { readonly iuv?: string | null | undefined },
  asked: Asked,
): DebtPosition => {
  if (idDominio !== asked.idDominio) {
    throw new TransientError('GovPay answered with a body other than asked')
  }
  const notice_code = numeroAvviso ?? null
  if (notice_code === null && !iuv && !isStamp(asked)) {
    throw new TransientError('GovPay answered without a number to pay by')
  }
  return { notice_code, iuv: iuv ?? (notice_code?.match(/^[0-3]/) ? iuvOf(notice_code) : null) }
}

const isStamp = ({ voci }: Asked): boolean => voci.every(({ tipoBollo }) => tipoBollo !== undefined)

/**
 * The debt position `asked` for, found as an earlier try left it. Throws RejectedError('debt-cancelled') where GovPay
 * says so, TransientError where it is for another amount or body.
 */
export const toFoundPosition = (found: Pendenza, asked: Asked): DebtPosition => {
  if (found.importo !== parseCents(asked.importo)) {
    throw new TransientError('GovPay has a debt of another amount under this iud: it can be paid')
  }
  const { numeroAvviso, iuvAvviso: iuv, dominio, stato } = found
  const position = toDebtPosition({ idDominio: dominio.idDominio, numeroAvviso, iuv }, asked)
  if (stato === 'ANNULLATA') throw new RejectedError('debt-cancelled', 'the debt was cancelled')
  return position
}

/**
 * The word on the money. A word that is not in this table means "not finished": only explicit words count. ANOMALA
 * and ESEGUITA_PARZIALE say nothing by themselves, since such a debt may be paid, twice, or in part; a receipt that
 * came with them does. SCADUTA is computed, and believed once the grace is over. Throws
 * RejectedError('other-creditor') where it is told of another body, TransientError where it is paid without a day.
 */
export const toSettlement = (
  told: Pendenza,
  tenant: Pick<GovpayTenant, 'domain_id' | 'expiry_grace_hours'>,
  now: Date,
): Settlement => {
  if (told.dominio.idDominio !== tenant.domain_id) {
    throw new RejectedError('other-creditor', 'GovPay answered about the debt of another body')
  }
  const receipt = executedIn(told.rpp ?? [], tenant.domain_id)
  switch (told.stato) {
    case 'ESEGUITA':
    case 'INCASSATA':
      return settled(receipt ?? paidWithoutReceipt(told))
    case 'ANOMALA':
    case 'ESEGUITA_PARZIALE':
      return receipt ? settled(receipt) : { state: 'pending' }
    case 'ANNULLATA':
      return { state: 'cancelled' }
    case 'SCADUTA':
      return isPast(told.dataScadenza ?? '', tenant.expiry_grace_hours, now)
        ? { state: 'expired' }
        : { state: 'pending' }
    default:
      return { state: 'pending' }
  }
}

type Money = Pick<Receipt, 'id' | 'paid_at' | 'amount'>

/** The settlement that a receipt of an executed payment is. */
export const settled = ({ id, paid_at, amount }: Money): Settlement => ({
  state: 'settled',
  transaction_id: id,
  paid_at,
  amount,
})

// On another channel, or reconciled without a receipt: GovPay says the day alone.
const paidWithoutReceipt = ({ dataPagamento, importo }: Pendenza): Money => {
  const paid_at = momentOf(dataPagamento ?? '')
  if (paid_at === null) throw new TransientError('GovPay says that it is paid, but not when')
  return { id: null, paid_at, amount: importo }
}
