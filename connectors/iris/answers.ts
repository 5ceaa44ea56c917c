import { z } from 'zod'
import { Pagamento } from '#connectors/iris/pagamento'
import { TransientError } from '#core/errors'
import type { IrisTenant } from '#connectors/iris/config'

/** What IRIS says of a pendency that it was told; `duplicate` where it had taken a message of this id before. */
export type Esito =
  | { readonly kind: 'taken'; readonly session: Session | undefined }
  | { readonly kind: 'refused'; readonly codes: readonly string[] }
  | { readonly kind: 'duplicate' }

const Header = z.object({
  E2E: z.object({ Receiver: z.object({ E2ERcvrId: z.string() }) }),
})
const Esiti = z.object({ Esito: z.array(z.object({ Codice: z.string() })).default([]) }).nullish()
const Session = z.object({
  IdSessioneGW: z.string().min(1),
  UrlGW: z.url({ protocol: /^https?$/ }),
})
type Session = z.infer<typeof Session>

/** The answer to a pendency that was told. */
export const EsitoOTF = z.object({
  IdpEsitoOTF: z.object({
    IdpHeader: Header,
    IdpOTF: Session.nullish(),
    IdpBody: z.object({
      InfoMessaggio: z.object({ Stato: z.string(), Esiti }),
      InfoDettaglio: z
        .object({ Dettaglio: z.array(z.object({ Id: z.string(), Esiti })).default([]) })
        .nullish(),
    }),
  }),
})

const InformazioniPagamento = z.object({
  IdPagamento: z.string(),
  Stato: z.string(),
  Pagamento: Pagamento.nullish(),
})
/** What IRIS says of a payment; a state may be one that nobody knows. */
export type InformazioniPagamento = z.infer<typeof InformazioniPagamento>

/** The answer to what became of payments. */
export const EsitoVerifica = z.object({
  IdpEsitoVerifica: z.object({
    IdpHeader: Header,
    IdpBody: z.object({
      InformazioniPagamento: z.array(InformazioniPagamento).default([]),
      Esito: z.object({ Codice: z.string() }).nullish(),
    }),
  }),
})

/** The answer to what notice there is. */
export const Avviso = z.object({
  Fault: z.object({ FaultCode: z.string() }).nullish(),
  Body: z.object({ AvvisoAnalogico: z.string().nullish() }).nullish(),
})

/** The answer as its schema lets it be. Throws TransientError. */
export const readAs = <Read>(schema: z.ZodType<Read>, told: unknown): Read => {
  const read = schema.safeParse(told)
  if (read.success) return read.data
  throw notOwn()
}

/** Throws TransientError where the answer is for another body: nothing in it is about what was asked. */
export const assertForUs = ({ E2E }: z.infer<typeof Header>, { sender_id }: IrisTenant): void => {
  if (E2E.Receiver.E2ERcvrId === sender_id) return
  throw new TransientError('iris told of what is for another body')
}

const notOwn = () => new TransientError('iris answered with something that is not its own')

type Told = z.infer<typeof EsitoOTF>['IdpEsitoOTF']

/** What became of the pendency of this id. Throws TransientError where that is not said. */
export const esitoIn = (
  { IdpHeader, IdpOTF, IdpBody }: Told,
  tenant: IrisTenant,
  id: string,
): Esito => {
  assertForUs(IdpHeader, tenant)
  const { Stato, Esiti: ofMessage } = IdpBody.InfoMessaggio
  // One message holds one pendency: whatever was set aside is ours, and of it only its own id says so.
  const setAside = (IdpBody.InfoDettaglio?.Dettaglio ?? []).filter(({ Id }) => Id === id)
  const codes = [ofMessage, ...setAside.map((one) => one.Esiti)].flatMap(
    (esiti) => esiti?.Esito.map(({ Codice }) => Codice) ?? [],
  )
  if (Stato === 'Elaborato con Errori' || setAside.length > 0) return { kind: 'refused', codes }
  if (Stato === 'Elaborato Correttamente') return { kind: 'taken', session: IdpOTF ?? undefined }
  throw notOwn()
}
