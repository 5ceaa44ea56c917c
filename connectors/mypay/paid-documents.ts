import { z } from 'zod'
import { documentNamespace, Importo } from '#connectors/mypay/documents'
import { readXml, utf8Of, XmlError } from '#soap/xml'
import { parseDateTime } from '#schemas/values/date-time'
import type { XmlElement } from '#soap/xml'

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

const lists: readonly string[] = ['datiSingoloPagamento']
const roots: readonly string[] = ['Pagati', 'PagatiConRicevuta']

/** Reads what MyPay carries a document of paid dues in. Throws XmlError, also where it fits no such document. */
export const readPagati = (carried: string): Pagati => {
  const root = readXml(documentText(carried))
  if (!roots.includes(root.name) || root.namespace !== documentNamespace) {
    throw new XmlError('is no document of paid dues')
  }
  const pagati = Pagati.safeParse(membersOf(root))
  if (pagati.success) return pagati.data
  const path = pagati.error.issues[0]?.path.join('.') ?? ''
  throw new XmlError(`is no document of paid dues, see ${path}`)
}

const textsMax = 2
const base64 = /^[A-Za-z0-9+/]+={0,2}$/

/**
 * The text of a document that is carried as base64. MyPay encodes some of them twice, and which is nowhere said: what
 * is no XML yet is decoded once more. Throws XmlError.
 */
export const documentText = (carried: string): string => {
  let text = carried
  for (let layer = 0; layer < textsMax; layer += 1) {
    const packed = text.replace(/\s+/g, '')
    if (!base64.test(packed)) throw new XmlError('is not base64')
    text = utf8Of(Buffer.from(packed, 'base64'))
    if (text.trimStart().startsWith('<')) return text
  }
  throw new XmlError('is no XML')
}

type Members = { readonly [name: string]: unknown }

const membersOf = (element: XmlElement): Members => {
  const members: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  for (const child of element.children) {
    if (child.namespace !== documentNamespace) continue
    const value = child.children.length > 0 ? membersOf(child) : child.text.trim()
    const known = members[child.name]
    if (lists.includes(child.name)) members[child.name] = [...((known as unknown[]) ?? []), value]
    else if (known === undefined) members[child.name] = value
    // What may stand there once and stands there twice is not for us to choose from.
    else throw new XmlError('has a member twice')
  }
  return { ...members }
}
