import type { EnumSchema, RecordSchema } from '#schemas/avro'

/** `OnlineOpened` -> `online_opened`: the member that would carry what the symbol stands for. */
export const blockOf = (symbol: string): string =>
  symbol.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase()

/**
 * The enum of a variants record that says which block is present. It is defined in the record
 * itself.
 */
export const discriminatorOf = (record: RecordSchema): EnumSchema =>
  record.fields.find(({ name }) => name === record.discriminator)!.type as EnumSchema

/** The blocks of a variants record, each with its symbol; empty for any other record. */
export function variantBlocksOf(record: RecordSchema): ReadonlyMap<string, string> {
  if (record.corrente !== 'variants') return new Map()
  const members = new Set(record.fields.map(({ name }) => name))
  return new Map(
    discriminatorOf(record)
      .symbols.map((symbol) => [blockOf(symbol), symbol] as const)
      .filter(([block]) => members.has(block)),
  )
}
