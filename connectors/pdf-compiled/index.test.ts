import { describe, expect, it } from 'vitest'
import { pdfTemplates, shippedTemplates } from '#connectors/pdf-compiled/index'
import { templateLanguages } from '#ports/templates'
import { holdsAsTemplateCompiler } from '#tests/contract/templates/template-contract'

holdsAsTemplateCompiler('the PDF compiler', { compiler: pdfTemplates, shipped: shippedTemplates() })

describe('the templates that come with the platform', () => {
  it('are a receipt, a statement and a notice, in every language', () => {
    const shipped = shippedTemplates()
    expect(shipped.map(({ name, version }) => `${name}@${version}`)).toEqual([
      'notice@1',
      'receipt@1',
      'statement@1',
    ])
    for (const { texts } of shipped) {
      expect(Object.keys(texts).sort()).toEqual([...templateLanguages].sort())
    }
  })
})
