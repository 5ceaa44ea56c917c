import { z } from 'zod'
import { readDocument } from '#connectors/mypay/document-reading'
import { Importo } from '#connectors/mypay/documents'
import { parseDateTime } from '#schemas/values/date-time'
import type { DocumentForm } from '#connectors/mypay/document-reading'

const isDay = (text: string): boolean => {
  try {
    return parseDateTime(`${text.slice(0, 10)}T00:00:00Z`) !== ''
  } catch {
    return false
  }
}

const DatiSingoloPagamento = z.object({
  identificativoUnivocoDovuto: z.string(),
  singoloImportoPagato: Importo,
  dataEsitoSingoloPagamento: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d(?:Z|[+-]\d\d:\d\d)?$/)
    .refine(isDay),
  identificativoUnivocoRiscossione: z.string().max(35),
})
export type DatiSingoloPagamento = z.infer<typeof DatiSingoloPagamento>

/** What MyPay tells of an attempt to pay: `Pagati` and `PagatiConRicevuta` alike, as far as we read them. */
export const Pagati = z.object({
  dominio: z.object({ identificativoDominio: z.string() }),
  datiPagamento: z.object({
    codiceEsitoPagamento: z.string(),
    identificativoUnivocoVersamento: z.string(),
    datiSingoloPagamento: z.array(DatiSingoloPagamento).max(5).default([]),
  }),
})
export type Pagati = z.infer<typeof Pagati>

const form: DocumentForm<Pagati> = {
  of: 'paid dues',
  roots: ['Pagati', 'PagatiConRicevuta'],
  lists: ['datiSingoloPagamento'],
  schema: Pagati,
}

/** Reads what MyPay carries a document of paid dues in. Throws XmlError, also where it fits no such document. */
export const readPagati = (carried: string): Pagati => readDocument(carried, form)
