import type { Block, Document, PrintedField } from '#ports/rendering'

/** A document of these blocks, to be refused where a character is unknown unless said otherwise. */
export const documentOf = (
  blocks: readonly Block[],
  changes: Partial<Document> = {},
): Document => ({
  title: 'Example',
  language: 'it',
  dated_at: '2025-03-10T09:15:02+01:00',
  unknownCharacters: 'refuse',
  blocks,
  ...changes,
})

export const paragraph = (text: string): Block => ({ kind: 'paragraph', text })

const fields: readonly PrintedField[] = [
  { label: 'Nominativo', value: 'Niccolò D’Angiò' },
  { label: 'Importo', value: '1.234,56 €', isStrong: true },
]

export const qrBlock = {
  kind: 'qr',
  text: 'PAGOPA|002|301000000012345688|01234567890|4250',
  caption: 'Codice QR',
  fields: [{ label: 'Codice avviso', value: '3010 0000 0012 3456 88', isStrong: true }],
} satisfies Block

/** One block of each kind. */
export const everyBlock: readonly Block[] = [
  { kind: 'title', text: 'Avviso di pagamento' },
  { kind: 'warning', text: 'Questo importo risulta già pagato' },
  { kind: 'heading', text: 'Destinatario' },
  { kind: 'fields', fields },
  { kind: 'fields', fields: [] },
  paragraph('Con l’app o allo sportello.'),
  qrBlock,
]

/** What a block prints, in its order. */
export const textsOf = (block: Block): readonly string[] => {
  const told = 'fields' in block ? block.fields.flatMap(({ label, value }) => [label, value]) : []
  if (block.kind === 'fields') return told
  return block.kind === 'qr' ? [block.caption, ...told] : [block.text]
}
