import { readdir, readFile, truncate, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exampleStore, textOf } from '#connectors/object-store-files/example-store'
import type { ObjectStore } from '#ports/object-store'

const body = Buffer.from('the bytes')
const later = () => new Date(Date.now() + 60_000).toISOString()

async function abandonedIn(store: ObjectStore) {
  const found = []
  for await (const one of store.abandoned(later())) found.push(one)
  return found
}

const scene = async () => {
  const { store, folder, files } = await exampleStore()
  await store.put('a', body)
  const facts = join(folder, 'a@object')
  const told = JSON.parse(await readFile(facts, 'utf8')) as Record<string, unknown>
  const partName = (await readdir(folder)).find((name) => name.endsWith('.0'))!
  return { store, folder, files, facts, told, part: join(folder, partName) }
}
type Told = Awaited<ReturnType<typeof scene>>['told']

describe('facts that cannot be read', () => {
  it.each<[string, (told: Told) => string]>([
    ['are cut off', (told) => JSON.stringify(told).slice(0, -5)],
    ['are nothing', () => ''],
    ['are of a format of another time', (told) => JSON.stringify({ ...told, format: 2 })],
    ['have no checksum', (told) => JSON.stringify({ ...told, sha256: undefined })],
    ['count other bytes than their parts have', (told) => JSON.stringify({ ...told, bytes: 8 })],
    [
      'name a file that is none of the object',
      (told) => JSON.stringify({ ...told, parts: [{ file: '../../etc/passwd', bytes: 9 }] }),
    ],
    [
      'name a file of another object',
      (told) => JSON.stringify({ ...told, parts: [{ file: 'b@0123456789abcdef.0', bytes: 9 }] }),
    ],
  ])('%s: the object is damaged, by name', async (_what, change) => {
    const { store, facts, told } = await scene()
    await writeFile(facts, change(told))
    const compose = () => store.compose('b', [{ key: 'a' }])
    for (const ask of [() => store.get('a'), () => store.head('a'), compose]) {
      const asked = ask()
      await expect(asked).rejects.toMatchObject({ name: 'RejectedError', code: 'damaged-object' })
      await expect(asked).rejects.toThrow(/^object a is damaged: its facts /)
    }
    expect(await store.head('b')).toBeUndefined()
  })

  it('are replaced, and deleted, like any others', async () => {
    const { store, facts, files } = await scene()
    await writeFile(facts, '{')
    await store.put('a', Buffer.from('another'))
    expect(await textOf(store, 'a')).toBe('another')
    await writeFile(facts, '{')
    await store.delete('a')
    expect(await store.head('a')).toBeUndefined()
    for (const one of await abandonedIn(store)) await one.abort()
    expect(await files()).toEqual([])
  })

  it('are a reason to leave the bytes alone until somebody has looked', async () => {
    const { store, facts } = await scene()
    await writeFile(facts, '{')
    expect(await abandonedIn(store)).toEqual([])
  })
})

describe('bytes', () => {
  it('that are cut off are never taken for all', async () => {
    const { store, part } = await scene()
    await truncate(part, 5)
    await expect(textOf(store, 'a')).rejects.toMatchObject({ code: 'damaged-object' })
  })

  it('that are gone are told to whoever reads', async () => {
    const { store, part } = await scene()
    await unlink(part)
    await expect(store.get('a')).rejects.toThrow('object a was replaced or deleted meanwhile')
  })
})

describe('a writer that is killed', () => {
  it.each([
    ['before its facts', ['a@0123456789abcdef.0']],
    ['in the middle of its facts', ['a@0123456789abcdef.0', 'a@0123456789abcdef.facts']],
  ])('%s changes nothing, and what it left is found', async (_when, names) => {
    const { store, folder, files } = await scene()
    for (const name of names) await writeFile(join(folder, name), 'some')
    expect(await textOf(store, 'a')).toBe('the bytes')
    const found = await abandonedIn(store)
    expect(found.map(({ key }) => key)).toEqual(['a'])
    await found[0]!.abort()
    expect(await files()).toEqual(['a@id.0', 'a@object'])
  })

  it('behind its facts leaves the files of the one before, which are found', async () => {
    const { store, folder, files, part } = await scene()
    const former = await readFile(part)
    await store.put('a', Buffer.from('another'))
    await writeFile(part, former)
    for (const one of await abandonedIn(store)) await one.abort()
    expect(await textOf(store, 'a')).toBe('another')
    expect(await files()).toEqual(['a@id.0', 'a@object'])
    expect(await readdir(folder)).toHaveLength(2)
  })
})
