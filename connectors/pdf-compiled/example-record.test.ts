import { expect, it } from 'vitest'
import { exampleRecord, pdfTemplates, shippedTemplates } from '#connectors/pdf-compiled/index'
import { templateLanguages } from '#ports/templates'
import { charactersOf } from '#ports/template-characters'

it.each(shippedTemplates())('of $name can be printed in every language', (template) => {
  const record = exampleRecord(template)
  expect(Object.keys(record)).toEqual(Object.keys(template.fields))
  for (const language of templateLanguages) {
    const batch = { language, characters: charactersOf([record]) }
    expect(pdfTemplates.compile(template, batch).render(record).length).toBeGreaterThan(1_000)
  }
})

it('tells the field by its value where it can', () => {
  const [template] = shippedTemplates()
  const record = exampleRecord(template!)
  expect(record['addressee']).toBe('addressee 1')
  expect(record['currency']).toBe('EUR')
})
