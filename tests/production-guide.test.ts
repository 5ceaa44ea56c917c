import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { retentionRows, writerRows } from '#tests/guide-tables'

const guide = readFileSync('docs/production.md', 'utf8')
/** Cells without what is put around them to stand in columns. */
const rowsOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.replace(/ +/g, ' '))
const rowsUnder = (title: string) => {
  const after = guide.slice(guide.indexOf(title) + title.length)
  return rowsOf(after.slice(0, after.search(/\n#+ /))).slice(2)
}
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => readFileSync(join(folder, path), 'utf8'))
const code = ['apps', 'streams', 'connectors', 'compose'].flatMap(filesIn).join('\n')
const spans = [...guide.matchAll(/`([^`\n]+)`/g)].map(([, text]) => text!)

describe('the production guide', () => {
  it('says of each topic how long its records are kept, as the topics are made', () => {
    expect(rowsUnder('### Retention')).toEqual(retentionRows())
  })

  it('says who may write each topic, as the access list has it', () => {
    expect(rowsUnder('### Who may write what')).toEqual(writerRows())
  })

  it('names only settings that are read', () => {
    const names = spans.flatMap(
      (span) => span.match(/\b[A-Z][A-Z0-9]+_[A-Z0-9_]*[A-Z0-9]\b/g) ?? [],
    )
    const ofOthers = ['KAFKA_ADMIN_CONFIG', 'CREATION_PENDING', 'PAYMENT_PENDING']
    const ours = [...new Set(names)].filter((name) => !ofOthers.includes(name))
    expect(ours.length).toBeGreaterThan(15)
    for (const name of ours) expect(code, name).toMatch(new RegExp(`\\b${name}\\b`))
  })

  it('names only commands and apps that exist', () => {
    const commands = [...code.matchAll(/^ {2}name: '([a-z -]+)',$/gm)].map(([, name]) => name!)
    const apps = readdirSync('apps')
    const called = spans.filter((span) => /^corrente [a-z]/.test(span))
    expect(called.length).toBeGreaterThan(10)
    for (const span of called) {
      const words = span.slice('corrente '.length)
      const isKnown = [...commands, ...apps].some(
        (name) => words === name || words.startsWith(`${name} `),
      )
      expect(isKnown, span).toBe(true)
    }
  })

  it('names only metrics that are counted', () => {
    const metrics = spans.flatMap((span) => span.match(/\bcorrente_[a-z_]+/g) ?? [])
    expect(metrics.length).toBeGreaterThan(3)
    for (const name of metrics) expect(code, name).toContain(name.replace(/_bucket$/, ''))
  })

  it('leads only to pages that exist', () => {
    const links = [...guide.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path!)
    expect(links.length).toBeGreaterThan(5)
    for (const path of links) expect(() => readFileSync(join('docs', path)), path).not.toThrow()
  })
})
