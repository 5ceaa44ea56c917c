import { z } from 'zod'
import { Cents } from '#connectors/govpay/amounts'
import { Pendenza } from '#connectors/govpay/words'

/** A debt as it stands in a list of somebody's: that which is told of one alone, without its items and attempts. */
export const ListedPendenza = Pendenza.pick({
  idPendenza: true,
  dominio: true,
  stato: true,
  numeroAvviso: true,
  iuvAvviso: true,
  dataScadenza: true,
}).extend({
  idA2A: z.string(),
  idTipoPendenza: z.string().nullish(),
  soggettoPagatore: z.object({ identificativo: z.string() }),
  importo: Cents,
  causale: z.string().nullish(),
  dataCaricamento: z.string().nullish(),
})
export type ListedPendenza = z.infer<typeof ListedPendenza>

/** A page of such a list; where there are others, `prossimiRisultati` says so. */
export const PendenzePage = z.object({
  risultati: z.array(ListedPendenza),
  prossimiRisultati: z.string().nullish(),
})
export type PendenzePage = z.infer<typeof PendenzePage>

/** Whose debts are asked for; members are those of GovPay's query. */
export interface PendenzeSearch {
  readonly idDebitore: string
  readonly idDominio: string
  readonly idA2A: string
  readonly stato: 'NON_ESEGUITA'
  /** The first is 1. */
  readonly pagina: string
  readonly risultatiPerPagina: string
}
