import { documentNamespace } from '#connectors/mypay/documents'
import { readXml, utf8Of, XmlError } from '#soap/xml'
import type { XmlElement } from '#soap/xml'
import type { z } from 'zod'

/** A kind of document, and how it is read. */
export interface DocumentForm<Document> {
  /** What it is of, in the words of an error, such as `paid dues`. */
  readonly of: string
  /** The names its root may have. */
  readonly roots: readonly string[]
  /** The members that may stand there several times. */
  readonly lists: readonly string[]
  readonly schema: z.ZodType<Document>
}

/** Reads what MyPay carries a document in. Throws XmlError, also where it fits no document of its kind. */
export const readDocument = <Document>(carried: string, form: DocumentForm<Document>): Document => {
  const { roots, lists, schema } = form
  const root = readXml(documentText(carried))
  if (!roots.includes(root.name) || root.namespace !== documentNamespace) {
    throw new XmlError(`is no document of ${form.of}`)
  }
  const document = schema.safeParse(membersOf(root, lists))
  if (document.success) return document.data
  const path = document.error.issues[0]?.path.join('.') ?? ''
  throw new XmlError(`is no document of ${form.of}, see ${path}`)
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

const membersOf = (element: XmlElement, lists: readonly string[]): Members => {
  const members: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  for (const child of element.children) {
    if (child.namespace !== documentNamespace) continue
    const value = child.children.length > 0 ? membersOf(child, lists) : child.text.trim()
    const known = members[child.name]
    if (lists.includes(child.name)) members[child.name] = [...((known as unknown[]) ?? []), value]
    else if (known === undefined) members[child.name] = value
    // What may stand there once and stands there twice is not for us to choose from.
    else throw new XmlError('has a member twice')
  }
  return { ...members }
}
