import { describe, expect, it } from 'vitest'
import { tenantOf } from '#core/example-rows'
import { jsonWire, tenants } from '#core/example-unit'
import type { InputRecord } from '#core/records'
import { openFollowed, openTable } from '#core/table'
import type { OffsetSource } from '#core/offset-source'
import type { openTopicReader } from '#core/topic-reader'

/** A log in memory: its readers hand over all of it whenever they are asked to reach its end, until they break. */
function exampleLog() {
  const records: InputRecord[] = []
  const readers: { broken: Error | undefined; isClosed: boolean }[] = []
  const openReader: typeof openTopicReader = async (_, { onRecords }) => {
    const reader = { broken: undefined as Error | undefined, isClosed: false }
    readers.push(reader)
    let handed = 0
    return {
      async reached() {
        try {
          if (!reader.broken) await onRecords(records.slice(handed))
          handed = records.length
        } catch (error) {
          reader.broken = error as Error
        }
        if (reader.broken) throw reader.broken
      },
      async close() {
        reader.isClosed = true
      },
    }
  }
  const write = (key: string | null, value: Buffer | null, headers: InputRecord['headers'] = {}) =>
    void records.push({
      topic: tenants.name,
      partition: 0,
      offset: records.length,
      key,
      value,
      timestamp: 0,
      headers,
    })
  return { readers, openReader, write }
}

const bytesOf = (id: string, connector: string) => jsonWire.encode(tenants, tenantOf(id, connector))

const offsets = {
  partitionsOf: async () => [0],
  beginnings: async () => [],
  ends: async () => [],
} as unknown as OffsetSource

function scene(given: Partial<OffsetSource> = {}) {
  const log = exampleLog()
  const unreadable: number[] = []
  const dependencies = {
    kafka: { brokers: '' },
    offsets: { ...offsets, ...given },
    wire: jsonWire,
    onUnreadable: ({ offset }: InputRecord) => void unreadable.push(offset),
    onWaiting: () => undefined,
    openReader: log.openReader,
  }
  return { ...log, unreadable, dependencies }
}

describe('a table', () => {
  it('has what was written before it is refreshed, with its version and story', async () => {
    const { dependencies, write } = scene()
    write('a', bytesOf('a', 'x'), { 'correlation-id': 'story', other: 'not kept' })
    write('b', bytesOf('b', 'x'))
    write(null, bytesOf('c', 'x'))
    const table = await openTable(tenants, dependencies)
    await table.refresh()
    expect(table.get('a')).toMatchObject({
      value: { id: 'a', connector: 'x' },
      version: '0:0',
      story: { 'correlation-id': 'story' },
    })
    expect(table.get('a')?.story).not.toHaveProperty('other')
    write('b', null)
    expect(table.where('connector', 'x')).toHaveLength(2)
    await table.refresh()
    expect(table.where('connector', 'x').map(({ version }) => version)).toEqual(['0:0'])
    await table.close()
  })

  it('keeps the row before one that cannot be read, and tells of it', async () => {
    const { dependencies, write, unreadable } = scene()
    write('a', bytesOf('a', 'x'))
    write('a', Buffer.from('no JSON'))
    const table = await openTable(tenants, dependencies)
    await table.refresh()
    expect([table.get('a')?.version, unreadable]).toEqual(['0:0', [1]])
    await table.close()
  })

  it('is missing where its topic is', async () => {
    const { dependencies } = scene({ partitionsOf: async () => undefined })
    await expect(openTable(tenants, dependencies)).rejects.toThrow('topic tenants is missing')
  })
})

/** Counts what it is told of; `fails` breaks it once. */
class Counter {
  told = 0
  isClosed = false
  fails: Error | undefined

  async apply(changes: readonly unknown[]): Promise<void> {
    const { fails } = this
    this.fails = undefined
    if (fails) throw fails
    this.told += changes.length
  }

  async close(): Promise<void> {
    this.isClosed = true
  }
}

describe('what follows a topic', () => {
  it('is begun anew, and is told of all of it, when its reader breaks', async () => {
    const { dependencies, write, readers } = scene()
    const begun: Counter[] = []
    const begin = () => begun[begun.push(new Counter()) - 1]!
    write('a', bytesOf('a', 'x'))
    const followed = await openFollowed(tenants, dependencies, begin)
    await followed.refresh()
    write('b', bytesOf('b', 'x'))
    readers[0]!.broken = new Error('outside the log')
    await followed.refresh()
    expect(begun.map(({ told, isClosed }) => [told, isClosed])).toEqual([
      [1, true],
      [2, false],
    ])
    expect(followed.follower()).toBe(begun[1])
    await followed.close()
    expect([begun[1]?.isClosed, ...readers.map(({ isClosed }) => isClosed)]).toEqual([
      true,
      true,
      true,
    ])
  })

  it('stays what it was while what is begun anew cannot be completed, and whoever waits hears why', async () => {
    const { dependencies, write, readers } = scene()
    const begun: Counter[] = []
    const begin = () => {
      const counter = new Counter()
      if (begun.length === 1) counter.fails = new Error('the disk is full')
      begun.push(counter)
      return counter
    }
    write('a', bytesOf('a', 'x'))
    const followed = await openFollowed(tenants, dependencies, begin)
    await followed.refresh()
    readers[0]!.broken = new Error('outside the log')
    await expect(followed.refresh()).rejects.toThrow('the disk is full')
    expect(followed.follower()).toBe(begun[0])
    expect(begun.map(({ isClosed }) => isClosed)).toEqual([false, true])
    await followed.refresh()
    expect(followed.follower()).toBe(begun[2])
    await followed.close()
  })

  it('is let go of where the topic cannot be opened', async () => {
    const { dependencies } = scene({
      beginnings: async () => Promise.reject(new Error('no broker')),
    })
    const counter = new Counter()
    await expect(openFollowed(tenants, dependencies, () => counter)).rejects.toThrow('no broker')
    expect(counter.isClosed).toBe(true)
  })
})
