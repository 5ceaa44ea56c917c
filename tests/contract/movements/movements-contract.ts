import { randomUUID } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { TransientError } from '#core/errors'
import type { Movements } from '#ports/movements'
import { cellsIn } from '#streams/exports/csv/csv-samples'
import {
  columns,
  type ExampleBatch,
  type ExampleMovement,
  numbered,
  type Opened,
  textOf,
} from '#tests/contract/movements/movements-driver'

const { signal } = new AbortController()
const all = { filter: null }
const reason = new Error('nobody waits any more')

const newBatch = (): ExampleBatch => ({ tenantId: 'tenant-a', batchId: `lote-${randomUUID()}` })

const hard: readonly ExampleMovement[] = [
  ['b', '0.10', '2026-01-01', 'a,b;"c"'],
  ['a', '-12345678901.99', '2026-12-31', 'one line\nand another\r\nand one more'],
  ['ñ漢😀', '1.00', '2024-02-29', ' '],
  ['a', '1.00', '2024-02-29', "'; drop table movements; --"],
]

/** What holds of every source of movements. */
export function holdsAsMovements(name: string, opened: Opened): void {
  describe(name, { timeout: 60_000 }, () => {
    givesBatches(opened)
    tellsStates(opened)
    letsGo(opened)
    givesMany(opened)
  })
}

function givesBatches(opened: Opened): void {
  it('gives the movements of a batch in the order they have there, with whatever is in them', async () => {
    const batch = newBatch()
    await opened().put(batch, hard)
    const { csv, asOf } = await opened().movements.read({ ...batch, ...all }, signal)
    const text = await textOf(csv)
    expect(text.split('\n')[0]).toBe(columns.join(','))
    expect(await cellsIn(text)).toEqual(hard)
    expect(Math.abs(asOf.getTime() - Date.now())).toBeLessThan(60_000)
  })

  it('gives the same bytes each time', async () => {
    const batch = newBatch()
    await opened().put(batch, numbered(1_000))
    const read = async () =>
      textOf((await opened().movements.read({ ...batch, ...all }, signal)).csv)
    expect(await read()).toBe(await read())
  })

  it('gives a batch without movements as a header', async () => {
    const batch = newBatch()
    await opened().put(batch, [])
    const { csv } = await opened().movements.read({ ...batch, ...all }, signal)
    expect(await textOf(csv)).toBe(`${columns.join(',')}\n`)
  })

  it.each([
    ['a batch that nobody handed in', { batchId: 'lote-none' }],
    ["another tenant's batch", { tenantId: 'tenant-b' }],
  ])('has no %s', async (_, changes) => {
    const batch = newBatch()
    await opened().put(batch, hard)
    const asked = { ...batch, ...all, ...changes }
    const { movements } = opened()
    await expect(movements.read(asked, signal)).rejects.toMatchObject({ code: 'no-batch' })
    await expect(movements.versionOf(asked, signal)).rejects.toMatchObject({ code: 'no-batch' })
  })

  it('never passes a filter over: it gives what the filter names, or refuses it', async () => {
    const batch = newBatch()
    await opened().put(batch, hard)
    const { movements, takesFilter } = opened()
    const asked = { ...batch, filter: '{"reference":"a"}' }
    if (takesFilter) {
      const text = await textOf((await movements.read(asked, signal)).csv)
      expect(await cellsIn(text)).toEqual(hard.filter(([reference]) => reference === 'a'))
      expect(await movements.versionOf(asked, signal)).not.toBeNull()
      return
    }
    await expect(movements.read(asked, signal)).rejects.toMatchObject({ code: 'no-filter' })
    await expect(movements.versionOf(asked, signal)).rejects.toMatchObject({ code: 'no-filter' })
  })
}

function tellsStates(opened: Opened): void {
  it('names the state of a batch by another name once it was handed in anew, and by the same until then', async () => {
    const batch = newBatch()
    const versionOf = () => opened().movements.versionOf({ ...batch, ...all }, signal)
    await opened().put(batch, hard)
    const before = await versionOf()
    expect(before).toEqual(expect.any(String))
    expect(await versionOf()).toBe(before)
    await opened().put(batch, [...hard, ['c', '2.00', '2026-01-02', '']])
    expect(await versionOf()).not.toBe(before)
  })

  it('never mixes two states: what is handed in anew while it is read is not in it, or it is read again', async () => {
    const batch = newBatch()
    await opened().put(batch, numbered(20_000))
    const before = await textOf((await readingOf(opened, batch)).csv)
    const { csv } = await readingOf(opened, batch)
    const blocks = csv[Symbol.asyncIterator]()
    const parts = [(await blocks.next()).value as Uint8Array]
    await opened().put(batch, [...numbered(19_000), ...hard])
    const rest = textOf({ [Symbol.asyncIterator]: () => blocks })
    const [outcome] = await Promise.allSettled([rest])
    if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(TransientError)
    else expect(Buffer.concat(parts).toString() + outcome.value).toBe(before)
  })
}

const readingOf = (opened: Opened, batch: ExampleBatch, ending = signal) =>
  opened().movements.read({ ...batch, ...all }, ending)

function letsGo(opened: Opened): void {
  const isLetGo = () => expect.poll(() => opened().held(), { timeout: 10_000 }).toBe(0)
  const begun = async (count: number) => {
    const batch = newBatch()
    await opened().put(batch, numbered(count))
    const ending = new AbortController()
    const { csv } = await readingOf(opened, batch, ending.signal)
    expect(await opened().held()).toBe(1)
    return { ending, blocks: csv[Symbol.asyncIterator]() }
  }

  it('does not read for somebody who has gone', async () => {
    const batch = newBatch()
    await opened().put(batch, hard)
    const gone = AbortSignal.abort(reason)
    await expect(readingOf(opened, batch, gone)).rejects.toBe(reason)
    await isLetGo()
  })

  it('throws the reason of whoever aborts half way, and holds nothing', async () => {
    const { ending, blocks } = await begun(50_000)
    await blocks.next()
    ending.abort(reason)
    const rest = textOf({ [Symbol.asyncIterator]: () => blocks })
    await expect(rest).rejects.toBe(reason)
    await isLetGo()
  })

  it('holds nothing for somebody who aborts and never began', async () => {
    const { ending } = await begun(50_000)
    ending.abort(reason)
    await isLetGo()
  })

  it('holds nothing for somebody who stops half way, or has read to the end', async () => {
    const { blocks } = await begun(50_000)
    await blocks.next()
    await blocks.return?.()
    await isLetGo()
    const { blocks: others } = await begun(100)
    await textOf({ [Symbol.asyncIterator]: () => others })
    await isLetGo()
  })
}

function givesMany(opened: Opened): void {
  it('gives 200,000 movements in memory that does not grow with them', async () => {
    const batch = newBatch()
    await opened().put(batch, numbered(200_000))
    const { bytes, most } = await measured(opened().movements, batch)
    expect(bytes).toBeGreaterThan(40_000_000)
    expect(most).toBeLessThan(8_000_000)
  })
}

/** What a reader that takes its time has in memory, beyond what was there before it began. */
async function measured(movements: Movements, batch: ExampleBatch) {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const held = () => {
    collect()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  const before = held()
  let bytes = 0
  let most = 0
  let blocks = 0
  for await (const block of (await movements.read({ ...batch, ...all }, signal)).csv) {
    bytes += block.length
    if (++blocks % 100 === 0) most = Math.max(most, held() - before)
  }
  return { bytes, most }
}
