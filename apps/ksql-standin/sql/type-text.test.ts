import { describe, expect, it } from 'vitest'
import { observedSources } from '#apps/ksql-standin/sql/example-sources'
import { schemaText, typeText, writtenType } from '#apps/ksql-standin/sql/type-text'

const { columns } = observedSources.get('TYPES_T')!
const struct = columns.find(({ name }) => name === 'ST')!.type

describe('a type in text', () => {
  it('of an answer has every member in back-ticks', () => {
    expect(typeText(struct)).toBe(
      'STRUCT<`X` INTEGER, `Y` STRING, `inner` STRUCT<`Z` ARRAY<INTEGER>>>',
    )
  })

  it('of a statement only those that would be read differently', () => {
    expect(writtenType(struct)).toBe(
      'STRUCT<X INTEGER, Y STRING, `inner` STRUCT<Z ARRAY<INTEGER>>>',
    )
    const list = { kind: 'STRUCT', fields: [{ name: 'LIST', type: { kind: 'DATE' } }] } as const
    expect(writtenType(list)).toBe('STRUCT<`LIST` DATE>')
  })

  it('of a header says which column is the key', () => {
    expect(schemaText(columns.slice(0, 2))).toBe('`ID` STRING KEY, `B` BOOLEAN')
  })
})
