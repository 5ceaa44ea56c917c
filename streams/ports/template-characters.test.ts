import { expect, it } from 'vitest'
import { charactersOf } from '#ports/template-characters'

it('are those of all fields and rows of all records, once each', () => {
  const records = [{ holder: 'bab', lines: [{ what: 'c😀' }, { what: 'd' }] }, { holder: 'né' }, {}]
  expect(charactersOf(records)).toBe('abcdné😀')
})
