import type { CompiledBlock, Filling, Printing } from '#connectors/pdf-compiled/block'
import { code } from '#connectors/pdf-compiled/block-code'
import { fields } from '#connectors/pdf-compiled/block-fields'
import { masthead } from '#connectors/pdf-compiled/block-masthead'
import { paragraph } from '#connectors/pdf-compiled/block-paragraph'
import { table } from '#connectors/pdf-compiled/block-table'
import { drawnPieces } from '#connectors/pdf-compiled/drawing'
import { fileOf } from '#connectors/pdf-compiled/file'
import { footerOf } from '#connectors/pdf-compiled/footer'
import { frameOf } from '#connectors/pdf-compiled/frame'
import { metadataOf } from '#connectors/pdf-compiled/metadata'
import { keptPlans } from '#connectors/pdf-compiled/kept-plans'
import { planOf } from '#connectors/pdf-compiled/plan'
import { languageOf, printingOf } from '#connectors/pdf-compiled/printing'
import { RejectedError } from '#core/errors'
import type {
  CompiledTemplate,
  Template,
  TemplateBatch,
  TemplateBlock,
  TemplateRecord,
} from '#ports/templates'
import { parseDateTime } from '#schemas/values/date-time'
import { InvalidValueError } from '#schemas/values/invalid-value'

/** A checked template, for the records of a batch. Throws RejectedError as TemplateCompiler says. */
export function compiled(template: Template, batch: TemplateBatch): CompiledTemplate {
  const language = languageOf(template, batch.language)
  const printing = printingOf(template, batch)
  const blocks = template.blocks.flatMap((block) => blockOf(block, printing))
  const foot = template.blocks.find((block) => block.kind === 'footer')
  const footer = footerOf(foot?.text, printing)
  const hasCode = template.blocks.some(({ kind }) => kind === 'qr')
  const frame = frameOf({ faces: printing.faces, language, hasCode })
  const metadata = metadataOf({ title: printing.label(template.title), language })
  const planFor = keptPlans(([footLines = 0, ...shape]) =>
    planOf({ frame, blocks, bottom: footer.topOf(footLines) }, shape),
  )
  function pieces(record: TemplateRecord): readonly Uint8Array[] {
    const dated = dateOf(record, template.dated_by)
    const footText = footer.text(record)
    const filling: Filling = { texts: [], shape: [footer.linesOf(footText)], code: undefined }
    for (const block of blocks) block.fill(record, filling)
    const plan = planFor(filling.shape)
    const pages = plan.pages.map(
      (drawn, nth) =>
        drawnPieces(drawn, filling) + footer.draw(footText, nth + 1, plan.pages.length),
    )
    return fileOf(frame, plan, { pages, metadata: metadata(dated), code: filling.code })
  }
  return { pieces, render: (record) => new Uint8Array(Buffer.concat(pieces(record))) }
}

function blockOf(block: TemplateBlock, printing: Printing): readonly CompiledBlock[] {
  switch (block.kind) {
    case 'masthead':
      return [masthead(block, printing)]
    case 'paragraph':
      return [paragraph(block, printing)]
    case 'fields':
      return [fields(block, printing)]
    case 'table':
      return [table(block, printing)]
    case 'qr':
      return [code(block, printing)]
    case 'footer':
      return []
  }
}

/** The time that the file says it was made at. */
function dateOf(record: TemplateRecord, field: string): string {
  const text = record[field]
  if (text === undefined || text === '') {
    throw new RejectedError('missing-field', `${field} is missing`, { field })
  }
  try {
    return parseDateTime(text)
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error
    throw new RejectedError('bad-field', `${field} ${error.reason}`, { field })
  }
}
