import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exampleStore, textOf, withoutId } from '#connectors/object-store-files/example-store'
import { filesStore, ObjectDiskFull } from '#connectors/object-store-files/index'
import { RejectedError, TransientError } from '#core/errors'

const body = Buffer.from('the bytes')

describe('an object that is put', () => {
  it('is on the disk before it is there, and there on the disk before that is answered', async () => {
    const { store, disk } = await exampleStore()
    await store.put('1/a', body)
    expect(disk.asked.map(withoutId).filter((asked) => !asked.startsWith('open'))).toEqual([
      'mkdir 1',
      'sync ',
      'write 1/a@id.0',
      'sync 1/a@id.0',
      'write 1/a@id.facts',
      'sync 1/a@id.facts',
      'sync 1',
      'readFile 1/a@object',
      'rename 1/a@object',
      'sync 1',
    ])
  })

  it('is for its user alone', async () => {
    const { store, folder } = await exampleStore()
    await store.put('1/a', body)
    const modeOf = async (path: string) => (await stat(join(folder, path))).mode & 0o777
    expect([await modeOf('1'), await modeOf('1/a@object')]).toEqual([0o700, 0o600])
  })

  it('leaves nothing of the one it replaces', async () => {
    const { store, files } = await exampleStore()
    for (const text of ['first', 'second']) await store.put('a', Buffer.from(text))
    expect(await files()).toEqual(['a@id.0', 'a@object'])
  })

  it('leaves no folder behind when it is deleted', async () => {
    const { store, folder, files } = await exampleStore()
    await store.put('1/2/a', body)
    await store.put('1/b', body)
    await store.delete('1/2/a')
    expect(await files()).toEqual(['1/b@id.0', '1/b@object'])
    await expect(stat(join(folder, '1/2'))).rejects.toThrow('ENOENT')
    await store.deletePrefix('1/')
    await expect(stat(join(folder, '1'))).rejects.toThrow('ENOENT')
  })
})

describe('a disk', () => {
  it.each([
    ['ENOSPC', 'write'],
    ['EDQUOT', 'write'],
    ['ENOSPC', 'sync'],
    ['ENOSPC', 'open'],
    ['ENOSPC', 'rename'],
  ])('that is full (%s at %s) says so, and keeps the former object alone', async (code, at) => {
    const { store, disk, files } = await exampleStore()
    await store.put('1/a', Buffer.from('former'))
    disk.failing = (operation) => (operation === at ? code : undefined)
    const putting = store.put('1/a', Buffer.alloc(1_000_000))
    await expect(putting).rejects.toThrow(ObjectDiskFull)
    await expect(putting).rejects.toThrow(
      `the disk of the object store is full (${code}): make room on it`,
    )
    expect(await putting.catch((error: unknown) => error)).toBeInstanceOf(TransientError)
    disk.failing = () => undefined
    expect(await files()).toEqual(['1/a@id.0', '1/a@object'])
    expect(await textOf(store, '1/a')).toBe('former')
  })

  it.each(['EIO', 'EACCES', 'EROFS', 'EMFILE'])(
    'that fails with %s is no fault of the object, and no path is told',
    async (code) => {
      const { store, disk, folder } = await exampleStore()
      await store.put('a', body)
      disk.failing = () => code
      for (const ask of [() => store.put('a', body), () => store.get('a'), () => store.head('a')]) {
        const asked = ask()
        await expect(asked).rejects.toThrow(`the disk of the object store fails (${code})`)
        await expect(asked).rejects.toThrow(TransientError)
        await expect(asked).rejects.not.toThrow(folder)
      }
    },
  )

  it('that fails once an object is there leaves it whole', async () => {
    const { store, disk } = await exampleStore()
    let isThere = false
    disk.failing = (operation) => {
      if (isThere && operation === 'sync') return 'EIO'
      isThere ||= operation === 'rename'
      return undefined
    }
    await expect(store.put('a', body)).rejects.toThrow('EIO')
    expect(await textOf(store, 'a')).toBe('the bytes')
  })

  it('that fails while an object is read says so to whoever reads', async () => {
    const { store, disk } = await exampleStore()
    await store.put('a', body)
    disk.failing = (operation) => (operation === 'read' ? 'EIO' : undefined)
    await expect(textOf(store, 'a')).rejects.toThrow(TransientError)
  })
})

describe('an object that is composed', () => {
  it('is not written again: its parts get a name more', async () => {
    const { store, disk, folder, files } = await exampleStore()
    await store.put('part', Buffer.alloc(3_000_000, 'p'))
    disk.asked.length = 0
    await store.compose('whole', [{ key: 'part' }, Buffer.from('+'), { key: 'part' }])
    expect(disk.asked.filter((asked) => asked.startsWith('write')).map(withoutId)).toEqual([
      'write whole@id.1',
      'write whole@id.facts',
    ])
    const [part] = await files()
    expect(part).toBe('part@id.0')
    const names = disk.asked.filter((asked) => /^link whole/.test(asked)).map((one) => one.slice(5))
    for (const name of names) expect((await stat(join(folder, name))).nlink).toBe(3)
    expect(names).toHaveLength(2)
  })

  it.each(['EPERM', 'EMLINK', 'ENOTSUP'])(
    'is written again where the disk has no links: %s',
    async (code) => {
      const { store, disk } = await exampleStore()
      await store.put('part', body)
      disk.failing = (operation) => (operation === 'link' ? code : undefined)
      await store.compose('whole', [{ key: 'part' }, Buffer.from('+'), { key: 'part' }])
      await store.delete('part')
      expect(await textOf(store, 'whole')).toBe('the bytes+the bytes')
    },
  )

  it('takes what is there when a part is replaced at that very moment', async () => {
    const { store, disk } = await exampleStore()
    await store.put('part', body)
    let replacing: Promise<unknown> | undefined
    const work = disk.fs.link
    disk.fs.link = async (from, to) => {
      replacing ??= store.put('part', Buffer.from('another'))
      await replacing
      return work(from, to)
    }
    await store.compose('whole', [{ key: 'part' }])
    expect(await textOf(store, 'whole')).toBe('another')
  })
})

it.each([
  [{ folder: '' }, 'folder: '],
  [{ folder: 'a', links: { url: 'http://a/', secrets: [Buffer.alloc(32)] } }, 'links.url: has a'],
  [{ folder: 'a', links: { url: 'ftp://a', secrets: [Buffer.alloc(32)] } }, 'links.url: '],
  [{ folder: 'a', links: { url: 'http://a', secrets: [] } }, 'links.secrets: '],
  [
    { folder: 'a', links: { url: 'http://a', secrets: [Buffer.alloc(31)] } },
    'links.secrets.0: has less than 32 bytes',
  ],
])('a configuration that is wrong is refused by its member: %j', (config, sentence) => {
  expect(() => filesStore(config)).toThrow(sentence)
})

it('a store whose folder is taken away says so only to who writes', async () => {
  const { store, disk } = await exampleStore()
  disk.failing = (operation) => (operation === 'mkdir' ? 'EACCES' : undefined)
  expect(await store.head('a/b')).toBeUndefined()
  await expect(store.put('a/b', body)).rejects.toThrow(TransientError)
  await expect(store.put('a/b', body)).rejects.not.toThrow(RejectedError)
})
