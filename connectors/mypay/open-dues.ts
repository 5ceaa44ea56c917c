import { iuvIn, keyTold } from '#connectors/mypay/due-id'
import { parseCents } from '#schemas/values/cents'
import type { OpenPosition } from '#connectors/mypay/client'
import type { MypayService, MypayTenant } from '#connectors/mypay/config'
import type { Due } from '#ports/intermediary'

/** Whose dues are wanted, and of which service. */
export interface Wanted {
  readonly tenant: Pick<MypayTenant, 'ipa_code'>
  readonly service: MypayService
  readonly tax_code: string
}

/**
 * What of a list is owed by the person to the body, of the type of the service. Left out is what could not be asked for
 * or paid by itself afterwards: dues that are paid together, and those under a key that MyPay or we would not take.
 */
export const toDues = (listed: readonly OpenPosition[], wanted: Wanted): readonly Due[] =>
  listed.flatMap((position) => toDue(position, wanted))

const toDue = (
  { codIpaEnte, dovuti: { soggettoPagatore, datiVersamento } }: OpenPosition,
  { tenant, service, tax_code }: Wanted,
): readonly Due[] => {
  const { identificativoUnivocoVersamento, datiSingoloVersamento } = datiVersamento
  const [item, ...others] = datiSingoloVersamento
  const payer = soggettoPagatore.identificativoUnivocoPagatore.codiceIdentificativoUnivoco
  const iud = keyTold(item?.identificativoUnivocoDovuto ?? '')
  const iuv = identificativoUnivocoVersamento || null
  const amount = parseCents(item?.importoSingoloVersamento)
  const isWanted =
    codIpaEnte.trim() === tenant.ipa_code &&
    payer.toUpperCase() === tax_code.toUpperCase() &&
    item?.identificativoTipoDovuto === service.due_type &&
    amount > 0 &&
    others.length === 0
  if (!isWanted || iud === undefined || !isOf(iud, iuv)) return []
  const reason = item.causaleVersamento || null
  const times = { created_at: null, expire_at: null }
  return [{ iud, notice_code: noticeCodeOf(iuv), iuv, amount, currency: 'EUR', reason, ...times }]
}

/** Whether a key that reads as a notice code is that of the due itself: by such a key its number is asked for. */
const isOf = (iud: string, iuv: string | null): boolean => (iuvIn(iud) ?? iuv) === iuv

/** Of a number with 17 digits; what stands before one of 15 nobody tells. */
const noticeCodeOf = (iuv: string | null): string | null =>
  iuv !== null && /^\d{17}$/.test(iuv) ? `3${iuv}` : null
