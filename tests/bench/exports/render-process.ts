import { pdfTemplates, shippedTemplates } from '#connectors/pdf-compiled/index'
import { pdfmakeReceipts } from '#tests/bench/exports/pdfmake-receipts'
import { sampleReceipts } from '#tests/bench/exports/sample-receipts'

/** Receipts a CPU second of one process, its threads that collect garbage included. */
export type RenderFigures = Partial<Record<Side, number>>

export type Side = 'ours' | 'rival'

export interface RenderSpec {
  readonly seconds: number
  readonly sides: readonly Side[]
}

/** Prints receipts by the compiled template, then by pdfmake as it is documented. Told by its environment: RENDER. */
const { seconds, sides: asked } = JSON.parse(process.env['RENDER'] ?? '') as RenderSpec
const template = shippedTemplates().find(({ name }) => name === 'receipt')!
const { records, characters } = await sampleReceipts(template, 2_000)
const compiled = pdfTemplates.compile(template, { language: 'es-CO', characters })
const pdfmake = pdfmakeReceipts()

async function perCpuSecond(forMs: number, print: (at: number) => unknown): Promise<number> {
  const before = process.cpuUsage()
  const until = performance.now() + forMs
  let printed = 0
  while (performance.now() < until) await print(printed++)
  const { user, system } = process.cpuUsage(before)
  return printed / ((user + system) / 1e6)
}

const sides = {
  ours: (at: number) => compiled.render(records[at % records.length]!),
  rival: (at: number) => pdfmake(records[at % records.length]!),
}
const measured = async (name: Side) => {
  // Warm first: neither side is measured while its code is still compiled.
  await perCpuSecond(2_000, sides[name])
  return perCpuSecond(seconds * 1_000, sides[name])
}
const figures: RenderFigures = {}
for (const side of asked) figures[side] = await measured(side)
process.stdout.write(JSON.stringify(figures))
