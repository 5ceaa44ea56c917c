import { RejectedError } from '#core/errors'
import type { ChunkToPrint, FailedDocument, PrintedChunk } from '#ports/chunk-printer'
import type { CompiledTemplate, Template, TemplateCompiler } from '#ports/templates'
import { itemName } from '#streams/exports/archive/item-name'
import type { ArchivedItem } from '#streams/exports/archive/item-header'
import { type ItemInPieces, segmentOf } from '#streams/exports/archive/segment'
import { segmentIndex } from '#streams/exports/archive/segment-index'
import { zipStampOf } from '#streams/exports/archive/zip-stamp'
import type { CsvRecord } from '#streams/exports/csv/csv-record'
import { readChunk } from '#streams/exports/csv/read-chunk'
import { GrowingBytes } from '#streams/exports/growing-bytes'
import { printedRecord } from '#streams/exports/printed-record'

/** Compiled templates that are kept: each holds the fonts of its batch. */
const compiledMax = 4

/** Prints a chunk; a buffer that is given is the caller's no more: where there is room in it, the piece lies there. */
export type PrintChunk = (chunk: ChunkToPrint, into?: ArrayBuffer) => PrintedChunk

/**
 * Prints chunks, one document for each movement. Of the same chunk, template and plan it makes the same bytes. A movement
 * that cannot be printed is told and left out; a template that cannot be used throws what the compiler throws.
 */
export function chunkPrinting(compiler: TemplateCompiler): PrintChunk {
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
  return (asked, into) => {
    const template = compiledFor(asked)
    const stamp = zipStampOf(new Date(asked.asOf))
    const segment = new GrowingBytes(into)
    const archived: ArchivedItem[] = []
    const failed: FailedDocument[] = []
    for (const record of readChunk(asked.csv, asked.chunk, asked.plan.format)) {
      const printed = documentOf(record, asked.template, template)
      if (!('bytes' in printed)) {
        failed.push(printed)
        continue
      }
      const { parts, items } = segmentOf([printed], stamp)
      for (const part of parts) segment.add(part)
      archived.push(...items)
    }
    // A copy: what Node makes of few bytes may share its buffer with others, and no other thread can be given that.
    const index = new Uint8Array(segmentIndex(archived))
    return { segment: segment.bytes, index, rendered: archived.length, failed }
  }
}

function documentOf(
  { number, cells }: CsvRecord,
  template: Template,
  compiled: CompiledTemplate,
): ItemInPieces | FailedDocument {
  const { named_by } = template
  const reference = (named_by !== undefined && cells.get(named_by)) || ''
  try {
    const bytes = compiled.pieces(printedRecord(template, cells))
    return { name: itemName(number, reference), bytes }
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error
    // The field is the one thing of the message that is told.
    return { record: number, reference, code: error.code, field: error.field ?? null }
  }
}
