import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pinnedTemplates } from '#apps/platform/pinned-templates'
import { shippedTemplates } from '#connectors/pdf-compiled/index'
import { filesStore } from '#connectors/object-store-files/index'
import { runCommand } from '#tests/command'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'publish-'))
  for (const name of ['KAFKA_BROKERS', 'S3_BUCKET', 'S3_ENDPOINT']) vi.stubEnv(name, undefined)
  vi.stubEnv('CORRENTE_HOME', folder)
  vi.stubEnv('OBJECT_STORE_FOLDER', join(folder, 'objects'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const receipt = shippedTemplates().find(({ name }) => name === 'receipt')!
const corrente = (...args: readonly string[]) => runCommand(['templates', ...args])
const fileOf = (changes: object) => {
  const file = join(folder, 'template.json')
  writeFileSync(file, JSON.stringify({ ...receipt, name: 'own', ...changes }))
  return file
}
const published = (version: number) => corrente('publish', fileOf({ version }))
const stored = () => filesStore({ folder: join(folder, 'objects') })

describe('corrente templates publish', () => {
  it('puts a template where exports find it, as it is written', async () => {
    expect(await published(1)).toEqual({
      code: 0,
      out: 'own@1 is published; own alone is own@1\n',
      err: '',
    })
    const { signal } = new AbortController()
    const found = await pinnedTemplates(stored())('own@1', signal)
    expect(found).toEqual({ ...receipt, name: 'own', version: 1 })
    const { body } = (await stored().get('templates/own/1.json'))!
    const parts = []
    for await (const part of body) parts.push(part)
    expect(Buffer.concat(parts)).toEqual(readFileSync(join(folder, 'template.json')))
  })

  it('does nothing the second time, and refuses another template under the same version', async () => {
    await published(1)
    const { out } = await corrente('publish', fileOf({ version: 1 }), '--json')
    expect(JSON.parse(out)).toEqual({ template: 'own@1', is_new: false, current: 'own@1' })
    const refused = await corrente('publish', fileOf({ texts: { en: receipt.texts.en } }))
    expect([refused.code, refused.out]).toEqual([1, ''])
    expect(refused.err).toContain('a version never changes: publish it as own@2')
  })

  it('publishes nothing that is wrong, and says all of it', async () => {
    const { code, err } = await corrente(
      'publish',
      fileOf({ dated_by: 'holder', title: 'nothing' }),
    )
    expect(code).toBe(1)
    expect(err.trim().split('\n')).toHaveLength(6)
    expect(await stored().head('templates/own/1.json')).toBeUndefined()
  })

  it('publishes nothing whose documents cannot be printed', async () => {
    const foot = 'word '.repeat(700)
    const file = fileOf({
      texts: { en: { ...receipt.texts.en, foot } },
      blocks: [
        ...receipt.blocks.filter(({ kind }) => kind !== 'footer'),
        { kind: 'footer', text: 'foot' },
      ],
    })
    expect((await corrente('check', file)).code).toBe(0)
    const { code, err } = await corrente('publish', file)
    expect([code, err]).toEqual([1, expect.stringContaining('footer')])
    expect(await stored().head('templates/own/1.json')).toBeUndefined()
  })

  it('says which settings are missing where no store is named', async () => {
    vi.stubEnv('OBJECT_STORE_FOLDER', undefined)
    const { code, err } = await published(1)
    expect(code).toBe(2)
    expect(err).toContain(
      'set S3_BUCKET, with S3_ENDPOINT where it is not Amazon, or OBJECT_STORE_FOLDER',
    )
  })

  it.each([[[]], [['none.json']], [['a', 'b']]])('refuses %j', async (args) => {
    expect((await corrente('publish', ...args)).code).toBe(2)
  })
})

describe('corrente templates withdraw', () => {
  it('rolls back to the version before it', async () => {
    await published(1)
    await published(2)
    expect((await corrente('withdraw', 'own@2')).out).toBe(
      'own@2 is withdrawn; own alone is own@1\n',
    )
    const { out } = await corrente('withdraw', 'own@2', '--json')
    expect(JSON.parse(out)).toEqual({ template: 'own@2', is_new: false, current: 'own@1' })
    expect((await corrente('withdraw', 'own@1')).out).toBe(
      'own@1 is withdrawn; nothing is left of own\n',
    )
  })

  it.each([
    { asked: 'own@7', code: 1, sentence: 'there is no template own@7' },
    { asked: 'own', code: 2, sentence: 'say one version, such as receipt@2' },
  ])('refuses $asked', async ({ asked, code, sentence }) => {
    expect(await corrente('withdraw', asked)).toEqual({ code, out: '', err: `${sentence}\n` })
  })
})

describe('corrente templates list', () => {
  it('shows those in the store, and which is current', async () => {
    await published(1)
    await published(2)
    await published(3)
    await corrente('withdraw', 'own@3')
    const { out, err } = await corrente('list', '--json')
    expect(err).toBe('')
    const told = JSON.parse(out) as { template: string; from: string; state: string }[]
    expect(told.map(({ template, from, state }) => [template, from, state])).toEqual([
      ['notice@1', 'platform', 'current'],
      ['own@3', 'store', 'withdrawn'],
      ['own@2', 'store', 'current'],
      ['own@1', 'store', 'earlier'],
      ['receipt@1', 'platform', 'current'],
      ['statement@1', 'platform', 'current'],
    ])
    expect((await corrente('list')).out).toContain('en  (published, current)\n  issuer number')
  })

  it('shows one that somebody put there by hand and that cannot be used', async () => {
    await stored().put('templates/broken/1.json', Buffer.from('{'))
    const { out } = await corrente('list')
    expect(out).toContain(
      'broken@1  cannot be used  (published, current)\n  the template broken@1 is no JSON\n',
    )
  })
})
