import { describe, expect, it } from 'vitest'
import { placeholdersIn, textReader, withoutPlaceholders } from '#connectors/pdf-compiled/read-text'
import { refusal } from '#tests/contract/templates/template-driver'
import { UnprintableError } from '#connectors/pdf-compiled/unprintable'

const values: Record<string, string> = { name: 'Ana', amount: '1.00', nothing: '' }
const read = (text: string) =>
  textReader(text, (field) => () => {
    if (!(field in values)) throw new UnprintableError('missing-field', 'is missing')
    return values[field]!
  })({})

describe('a text of a template', () => {
  it('has the values where their names are', () => {
    expect(read('{name}: {amount}{amount}.')).toBe('Ana: 1.001.00.')
    expect(read('No names')).toBe('No names')
  })

  it('has no blanks for a value that is empty', () => {
    expect(read('To {nothing} {name} {nothing}')).toBe('To Ana')
  })

  it('names the field that cannot be printed', () => {
    expect(() => read('To {other_name}')).toThrow(refusal('missing-field', 'other_name is missing'))
  })

  it('tells its names, and what is beside them', () => {
    expect(placeholdersIn('{a} and {b_1}, {a}')).toEqual(['a', 'b_1', 'a'])
    expect(withoutPlaceholders('{a} and {B}')).toBe(' and {B}')
  })
})
