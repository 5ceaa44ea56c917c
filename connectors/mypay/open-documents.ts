import { z } from 'zod'
import { readDocument } from '#connectors/mypay/document-reading'
import { Importo } from '#connectors/mypay/documents'
import type { DocumentForm } from '#connectors/mypay/document-reading'

/** What MyPay tells of dues that are not paid yet: `Dovuti`, as far as we read it. When they end it does not say. */
export const OpenDovuti = z.object({
  soggettoPagatore: z.object({
    identificativoUnivocoPagatore: z.object({ codiceIdentificativoUnivoco: z.string() }),
  }),
  datiVersamento: z.object({
    identificativoUnivocoVersamento: z.string().optional(),
    datiSingoloVersamento: z
      .array(
        z.object({
          identificativoUnivocoDovuto: z.string(),
          importoSingoloVersamento: Importo,
          identificativoTipoDovuto: z.string().optional(),
          causaleVersamento: z.string().optional(),
        }),
      )
      .min(1)
      .max(5),
  }),
})
export type OpenDovuti = z.infer<typeof OpenDovuti>

const form: DocumentForm<OpenDovuti> = {
  of: 'open dues',
  roots: ['Dovuti'],
  lists: ['datiSingoloVersamento', 'capitolo', 'accertamento'],
  schema: OpenDovuti,
}

/** Reads what MyPay carries a document of open dues in. Throws XmlError, also where it fits no such document. */
export const readDovuti = (carried: string): OpenDovuti => readDocument(carried, form)
