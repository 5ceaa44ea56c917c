import { inflateSync } from 'node:zlib'
import {
  type PdfDictionary,
  type PdfValue,
  readValue,
  type Reading,
} from '#tests/contract/rendering/pdf-values'

export interface PdfFile {
  readonly bytes: Buffer
  /** Its bytes as Latin-1. */
  readonly text: string
}

/** One object of a PDF: its value, and its stream, inflated; empty where it has none. */
export interface PdfObject {
  readonly value: PdfValue
  readonly stream: Buffer
}

/** The members of a dictionary; throws where it is none. */
export function membersOf(value: PdfValue | undefined): PdfDictionary {
  if (typeof value === 'object' && 'members' in value) return value.members
  throw new Error('a dictionary is expected')
}

/** The object at an offset. Throws where there is none of that number, or its stream is not as long as it says. */
export function objectAt(
  { bytes, text }: PdfFile,
  offset: number,
  id: number | undefined,
  lengthOf: (length: PdfValue | undefined) => number = Number,
): PdfObject {
  const reading: Reading = { text, at: offset }
  const [told, , word, value] = [1, 2, 3, 4].map(() => readValue(reading))
  if (word !== 'obj' || value === undefined || (id ?? told) !== told) {
    throw new Error(`object ${id} is not at ${offset}`)
  }
  const start = /\s*stream\r?\n/y
  start.lastIndex = reading.at
  if (!start.test(text)) return { value, stream: Buffer.alloc(0) }
  const members = membersOf(value)
  const end = start.lastIndex + lengthOf(members['Length'])
  if (!/^\s*endstream/.test(text.slice(end, end + 12))) {
    throw new Error(`the stream of object ${id} is not as long as it says`)
  }
  return { value, stream: inflated(bytes.subarray(start.lastIndex, end), members) }
}

function inflated(stream: Buffer, { Filter, DecodeParms }: PdfDictionary): Buffer {
  const filters = Array.isArray(Filter) ? (Filter as readonly PdfValue[]) : Filter ? [Filter] : []
  if (filters.some((filter) => filter !== '/FlateDecode') || filters.length > 1 || DecodeParms) {
    throw new Error('reads only streams that are deflated, or as they are')
  }
  return filters.length === 1 ? inflateSync(stream) : stream
}
