import {
  membersOf,
  objectAt,
  type PdfFile,
  type PdfObject,
} from '#tests/contract/rendering/pdf-file'
import { type PdfPlace, readTable } from '#tests/contract/rendering/pdf-table'
import {
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
  readValue,
  type Reading,
} from '#tests/contract/rendering/pdf-values'

/** A PDF taken apart by its table of objects. Values are given as they are, or by a reference to them. */
export interface PdfObjects {
  /** What leads to all others. */
  readonly trailer: PdfDictionary
  value(of: PdfValue | undefined): PdfValue | undefined
  /** Throws where it is no dictionary. */
  members(of: PdfValue | undefined): PdfDictionary
  /** A single value is a list of it, and none is an empty one. */
  list(of: PdfValue | undefined): readonly PdfValue[]
  /** What an object streams, inflated; throws where it is no object. */
  stream(of: PdfValue | undefined): Buffer
}

/** Throws where the table, an object's place or a stream's length is not right. */
export function openPdf(bytes: Uint8Array): PdfObjects {
  const file: PdfFile = { bytes: Buffer.from(bytes), text: Buffer.from(bytes).toString('latin1') }
  const { places, trailer } = readTable(file)
  const opened = new Map<number, PdfObject>()
  const object = ({ id }: PdfReference): PdfObject => {
    const found = opened.get(id) ?? open(places.get(id), id)
    opened.set(id, found)
    return found
  }
  const open = (place: PdfPlace | undefined, id: number): PdfObject => {
    if (!place) throw new Error(`the PDF has no object ${id}`)
    if ('within' in place) return packedIn(object({ id: place.within }), place.nth, id)
    return objectAt(file, place.offset, id, (length) => Number(value(length)))
  }
  const value: PdfObjects['value'] = (of) => (isReference(of) ? object(of).value : of)
  return {
    trailer,
    value,
    members: (of) => membersOf(value(of)),
    list(of) {
      const list = value(of)
      if (Array.isArray(list)) return list as readonly PdfValue[]
      return of === undefined ? [] : [of]
    },
    stream(of) {
      if (isReference(of)) return object(of).stream
      throw new Error('an object with a stream is expected')
    },
  }
}

const isReference = (value: PdfValue | undefined): value is PdfReference =>
  typeof value === 'object' && 'id' in value

/** The nth object of a stream of them: first all numbers and where each begins, then the values. */
function packedIn(packed: PdfObject, nth: number, id: number): PdfObject {
  const text = packed.stream.toString('latin1')
  const heads: Reading = { text, at: 0 }
  const numbers = Array.from({ length: 2 * (nth + 1) }, () => readValue(heads))
  const [told, offset] = numbers.slice(-2)
  const at = Number(membersOf(packed.value)['First']) + Number(offset)
  const value = readValue({ text, at })
  if (told !== id || value === undefined) throw new Error(`object ${id} is not where it is said`)
  return { value, stream: Buffer.alloc(0) }
}
