import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { languages, variablesIn } from '#streams/notifications/message-template'
import { templateNameOf, templateOf, templates } from '#streams/notifications/templates'

const written = templates.flatMap((template) =>
  languages.map((language) => ({
    name: `${templateNameOf(template)} in ${language}`,
    template,
    ...template.texts[language],
  })),
)

describe('the templates', () => {
  it('are found by name and version', () => {
    for (const template of templates) {
      expect(templateOf(template.name, template.version)).toBe(template)
    }
    expect(new Set(templates.map(templateNameOf)).size).toBe(templates.length)
  })

  it.each([
    ['export-ready', 2],
    ['export-redy', 1],
    ['constructor', 1],
  ])('are no others: %s@%i', (name, version) => {
    expect(() => templateOf(name, version)).toThrow(
      'there is no such template; there are payment-completed@1, export-ready@1, export-failed@1, export-ready-with-errors@1, export-csv-ready@1',
    )
  })

  it.each(written)('$name says as HTML what it says as text', ({ text, html, subject }) => {
    expect(variablesIn(html)).toEqual(variablesIn(text))
    for (const name of variablesIn(subject)) expect(variablesIn(text)).toContain(name)
  })

  it.each(written)('$name wants what it wants in any language', ({ template, text }) => {
    expect(variablesIn(text)).toEqual(variablesIn(template.texts.en.text))
    for (const link of template.links) expect(variablesIn(text)).toContain(link)
  })

  it.each(written)('$name has one line of subject, and no place that is misspelled', (one) => {
    expect(one.subject).not.toMatch(/[\r\n]/)
    const { subject, text, html } = one
    for (const part of [subject, text, html]) {
      expect(part.replace(/\{\{[a-z_]+\}\}/g, '')).not.toMatch(/[{}]/)
    }
  })

  it.each(written)('$name links to nothing but its variables', ({ html, template }) => {
    const links = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, link]) => link)
    expect(links).toEqual(template.links.map((name) => `{{${name}}}`))
    expect(html).not.toMatch(/<(script|img|iframe|style|link|form)/)
  })

  it('stay as they are once they were used: other words are another version', () => {
    const digests = templates.map((template) => {
      const digest = createHash('sha256').update(JSON.stringify(template)).digest('hex')
      return `${templateNameOf(template)} ${digest}`
    })
    expect(digests).toMatchInlineSnapshot(`
      [
        "payment-completed@1 a56960e7114a73ea184037c3f318c8dd5b9775549c2c166b79ea7938cd83767f",
        "export-ready@1 3aad0ad4f0da0d67313bd9059fd1883e7b7447b1a895fca3e62093881c1214b1",
        "export-failed@1 ceb26bb8080c0b30d8e8b88b1e8481af098ae60f271035b9bb5491f1d118009a",
        "export-ready-with-errors@1 5441301199452927a30424593da19527b10d9fd3d0e055be85cc1dd3b2101e96",
        "export-csv-ready@1 d674eb9d2256e583d8b3d4c813dc1e2a19b9dc3832db06ec7444543693783a32",
      ]
    `)
  })
})
