import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { shippedTemplates } from '#connectors/pdf-compiled/index'
import { runCommand } from '#tests/command'
import { readPdf } from '#tests/contract/rendering/read-pdf'
import { receiptOf } from '#tests/contract/templates/records'

const folder = mkdtempSync(join(tmpdir(), 'templates-'))
afterAll(() => rmSync(folder, { recursive: true }))

// Neither a store of somebody's own nor that of an installation.
beforeEach(() => {
  vi.stubEnv('CORRENTE_HOME', folder)
  for (const name of ['S3_BUCKET', 'S3_ENDPOINT', 'OBJECT_STORE_FOLDER'])
    vi.stubEnv(name, undefined)
})
afterAll(() => void vi.unstubAllEnvs())

const fileOf = (name: string, content: unknown) => {
  const file = join(folder, name)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}
const corrente = (...args: readonly string[]) => runCommand(['templates', ...args])
const receipt = shippedTemplates().find(({ name }) => name === 'receipt')!

describe('corrente templates list', () => {
  it('shows templates, languages and fields', async () => {
    const { code, out, err } = await corrente('list')
    expect(code).toBe(0)
    const languages = 'es-PE es-CO pt-BR it-IT en'
    expect(out).toContain(
      `receipt@1  ${languages}  (of the platform, current)\n  issuer number batch`,
    )
    expect(out).toContain('[branch]')
    expect(err).toBe('no object store is named: these come with the platform\n')
  })

  it('tells the same as JSON', async () => {
    const { out } = await corrente('list', '--json')
    const told = JSON.parse(out) as { template: string; fields: object }[]
    expect(told.map(({ template }) => template)).toEqual(['notice@1', 'receipt@1', 'statement@1'])
    expect(told[1]!.fields).toEqual(receipt.fields)
  })
})

describe('corrente templates check', () => {
  it('says that a template is right, and in which languages', async () => {
    const { code, out } = await corrente('check', fileOf('right.json', receipt))
    expect([code, out]).toEqual([0, 'receipt@1 is right, in es-PE, es-CO, pt-BR, it-IT, en\n'])
  })

  it('says all that is wrong, a line each', async () => {
    const file = fileOf('wrong.json', { ...receipt, dated_by: 'holder', title: 'nothing' })
    const { code, err } = await corrente('check', file)
    expect(code).toBe(1)
    expect(err.trim().split('\n')).toHaveLength(6)
    const told = await corrente('check', file, '--json')
    expect(JSON.parse(told.out)).toEqual({ problems: err.trim().split('\n') })
  })

  it('says that the fonts have no sign for one of its texts', async () => {
    const texts = { ...receipt.texts, en: { ...receipt.texts.en, title: '漢' } }
    const { code, err } = await corrente('check', fileOf('sign.json', { ...receipt, texts }))
    expect([code, err]).toEqual([1, 'the fonts have no sign for U+6F22\n'])
  })

  it.each([[[]], [['none.json']], [['a', 'b']]])('refuses %j', async (args) => {
    const { code, err } = await corrente('check', ...args)
    expect(code).toBe(2)
    expect(err).not.toBe('')
  })

  it('refuses a file that is no JSON', async () => {
    const { code, err } = await corrente('check', fileOf('text.json', 'no'))
    expect(code).toBe(2)
    expect(err).toContain('cannot be read as JSON')
  })
})

describe('corrente templates preview', () => {
  const out = join(folder, 'out.pdf')

  it('writes a document of made-up values that tell their fields', async () => {
    const { code, out: told } = await corrente(
      'preview',
      'receipt',
      '--language',
      'en',
      '--out',
      out,
    )
    expect(code).toBe(0)
    expect(told).toMatch(/^receipt@1 in en: .*out\.pdf, \d+ bytes\n$/)
    const pdf = readPdf(readFileSync(out))
    expect(pdf.language).toBe('en')
    expect(pdf.text).toContain('Holderholder1')
  })

  it('writes that of a record, by a template of a file', async () => {
    const given = [
      'preview',
      fileOf('own.json', receipt),
      '--record',
      fileOf('record.json', receiptOf(1)),
    ]
    const { code, out: told } = await corrente(...given, '--out', out, '--json')
    expect(code).toBe(0)
    const bytes = readFileSync(out)
    expect(JSON.parse(told)).toEqual({
      ...{ template: 'receipt@1', language: 'es-PE', file: out, bytes: bytes.length },
    })
    expect(readPdf(bytes).text).toContain('MOV-00000001')
  })

  it('draws its pages, each in a file of its own', async () => {
    const record = fileOf('long.json', receiptOf(1, 60))
    const png = join(folder, 'page.png')
    const given = ['preview', 'receipt', '--record', record, '--out', out, '--png', png, '--json']
    const { code, out: told } = await corrente(...given)
    expect(code).toBe(0)
    const { images } = JSON.parse(told) as { images: readonly string[] }
    expect(images).toEqual([png, join(folder, 'page-2.png')])
    for (const image of images) {
      const bytes = readFileSync(image)
      expect(bytes.toString('latin1', 1, 4)).toBe('PNG')
      // A4 at 144 dots an inch.
      expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1_190, 1_682])
    }
  })

  it('says which field of a record cannot be printed', async () => {
    const record = fileOf('missing.json', { ...receiptOf(1), holder: '' })
    const { code, err } = await corrente('preview', 'receipt@1', '--record', record, '--out', out)
    expect([code, err]).toEqual([1, 'holder is missing\n'])
  })

  it.each([
    ['say which template', []],
    ['there is no template nothing', ['nothing']],
    ['there is no template receipt@9', ['receipt@9']],
    ['receipt@1 has es-PE', ['receipt', '--language', 'de']],
    ['say an object of texts', ['receipt', '--record', fileOf('list.json', [1])]],
  ])('refuses: %s', async (sentence, args) => {
    const { code, err } = await corrente('preview', ...args, '--out', out)
    expect(code).toBe(2)
    expect(err).toContain(sentence)
  })
})
