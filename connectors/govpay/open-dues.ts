import { endOf, momentOf } from '#connectors/govpay/moments'
import { Chiave } from '#connectors/govpay/words'
import type { GovpayService, GovpayTenant } from '#connectors/govpay/config'
import type {
  ListedPendenza,
  PendenzePage,
  PendenzeSearch,
} from '#connectors/govpay/listed-pendenza'
import type { Due } from '#ports/intermediary'

/** GovPay's own most. */
const pageLength = 100
/** Of whoever owes more the rest is listed once these are paid. */
const pagesMax = 20
/** GovPay's word of what can be paid; of one that has expired, was cancelled or is in doubt it says another. */
const payable = 'NON_ESEGUITA'

/** Whose dues are wanted, and of which service. */
export interface Wanted {
  readonly tenant: Pick<GovpayTenant, 'application_id' | 'domain_id'>
  readonly service: Pick<GovpayService, 'due_type'>
  readonly tax_code: string
}

interface Listing {
  getPendenze(search: PendenzeSearch, signal?: AbortSignal): Promise<PendenzePage>
}

/**
 * The dues of a person that can be paid, of the type of the service, page by page. What the list holds besides is left
 * out: another person's, another body's, another application's, which could not be asked for, and what is in a state
 * that nobody knows. Throws as the client does.
 */
export const openDues = async (
  listing: Listing,
  wanted: Wanted,
  signal?: AbortSignal,
): Promise<readonly Due[]> => {
  const { tenant, tax_code } = wanted
  const dues: Due[] = []
  for (let page = 1; page <= pagesMax; page += 1) {
    const { risultati, prossimiRisultati } = await listing.getPendenze(
      {
        idDebitore: tax_code,
        idDominio: tenant.domain_id,
        idA2A: tenant.application_id,
        stato: payable,
        pagina: String(page),
        risultatiPerPagina: String(pageLength),
      },
      signal,
    )
    dues.push(...risultati.filter((listed) => isWanted(listed, wanted)).map(toDue))
    if (!prossimiRisultati || risultati.length === 0) break
  }
  return dues
}

const isWanted = (listed: ListedPendenza, { tenant, service, tax_code }: Wanted): boolean =>
  listed.stato === payable &&
  listed.importo > 0 &&
  listed.idA2A === tenant.application_id &&
  listed.dominio.idDominio === tenant.domain_id &&
  listed.idTipoPendenza === service.due_type &&
  listed.soggettoPagatore.identificativo.toUpperCase() === tax_code.toUpperCase() &&
  Chiave.safeParse(listed.idPendenza).success

const toDue = (listed: ListedPendenza): Due => ({
  iud: listed.idPendenza,
  notice_code: listed.numeroAvviso ?? null,
  iuv: listed.iuvAvviso ?? null,
  amount: listed.importo,
  currency: 'EUR',
  reason: listed.causale ?? null,
  created_at: momentOf(listed.dataCaricamento ?? ''),
  expire_at: endOf(listed.dataScadenza ?? ''),
})
