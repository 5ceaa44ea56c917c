import { RejectedError } from '#core/errors'
import type { ChunkToPrint, FailedDocument, PrintedChunk } from '#ports/chunk-printer'
import type { CompiledTemplate, Template, TemplateCompiler } from '#ports/templates'
import { itemName } from '#streams/exports/archive/item-name'
import { type Item, segmentOf } from '#streams/exports/archive/segment'
import { segmentIndex } from '#streams/exports/archive/segment-index'
import { zipStampOf } from '#streams/exports/archive/zip-stamp'
import type { CsvRecord } from '#streams/exports/csv/csv-record'
import { readChunk } from '#streams/exports/csv/read-chunk'
import { printedRecord } from '#streams/exports/printed-record'

/** Compiled templates that are kept: each holds the fonts of its batch. */
const compiledMax = 4

/**
 * Prints chunks, one document for each movement. Of the same chunk, template and plan it makes the same bytes. A movement
 * that cannot be printed is told and left out; a template that cannot be used throws what the compiler throws.
 */
export function chunkPrinting(compiler: TemplateCompiler): (chunk: ChunkToPrint) => PrintedChunk {
  const compiled = new Map<string, CompiledTemplate>()
  const compiledFor = ({ template, language, plan }: ChunkToPrint): CompiledTemplate => {
    const { characters } = plan
    const key = JSON.stringify([template.name, template.version, language, characters])
    const known = compiled.get(key)
    if (known !== undefined) return known
    const made = compiler.compile(template, { language, characters })
    const [oldest] = compiled.keys()
    if (compiled.size >= compiledMax && oldest !== undefined) compiled.delete(oldest)
    compiled.set(key, made)
    return made
  }
  return (asked) => {
    const template = compiledFor(asked)
    const items: Item[] = []
    const failed: FailedDocument[] = []
    for (const record of readChunk(asked.csv, asked.chunk, asked.plan.format)) {
      const printed = documentOf(record, asked.template, template)
      if ('bytes' in printed) items.push(printed)
      else failed.push(printed)
    }
    const { parts, bytes, items: archived } = segmentOf(items, zipStampOf(new Date(asked.asOf)))
    return {
      segment: inOne(parts, bytes),
      index: inOne([segmentIndex(archived)]),
      rendered: items.length,
      failed,
    }
  }
}

function documentOf(
  { number, cells }: CsvRecord,
  template: Template,
  compiled: CompiledTemplate,
): Item | FailedDocument {
  const { named_by } = template
  const reference = (named_by !== undefined && cells.get(named_by)) || ''
  try {
    const bytes = compiled.render(printedRecord(template, cells))
    return { name: itemName(number, reference), bytes }
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error
    return { record: number, reference, code: error.code, field: fieldOf(error) }
  }
}

// The field is the one thing a message of the compiler may name.
const fieldOf = (error: RejectedError): string | null =>
  'field' in error && typeof error.field === 'string' ? error.field : null

/** Bytes of their own, which another thread can be given. */
function inOne(parts: readonly Uint8Array[], bytes = sizeOf(parts)): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(bytes)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

const sizeOf = (parts: readonly Uint8Array[]) => parts.reduce((sum, { length }) => sum + length, 0)
