import { beforeEach, describe, expect, it } from 'vitest'
import { move, positionAt, recordsFrom } from '#tests/contract/projection/example-tables'
import { keepsCells } from '#tests/contract/projection/keeps-cells'
import { type StoreDriver, storesOf } from '#tests/contract/projection/store-driver'
import { PositionsMovedError, RowsRefusedError, StoreAwayError } from '#ports/projection-store'

/** Any store of projections keeps these. */
export function holdsStoreContract(driver: StoreDriver): void {
  beforeEach(() => driver.empty())
  describe('a store of projections', () => {
    movesPositions(driver)
    keepsCells(driver)
  })
  describe('a row that a store never takes', () => refusesRows(driver))
  describe('a store that is away', () => comesBack(driver))
}

function movesPositions(driver: StoreDriver): void {
  const { opened, begun, amounts } = storesOf(driver)

  it('begins empty, and a partition that was begun stays where it is', async () => {
    const store = opened()
    expect(await store.positions()).toEqual([])
    await store.begin([positionAt(3)])
    await store.begin([positionAt(9), positionAt(5, 1)])
    expect(await store.positions()).toEqual([positionAt(3), positionAt(5, 1)])
  })

  it('writes rows and moves positions together', async () => {
    const store = await begun()
    const records = recordsFrom(0, { amount: 1 }, { amount: 2 })
    await store.apply({ records, moves: [move(0, 2), move(0, 7, 1)] })
    expect(await amounts()).toEqual(['1', '2'])
    expect(await store.positions()).toEqual([positionAt(2), positionAt(7, 1)])
  })

  it('moves a position without a row where a record has none, or there is no record', async () => {
    const store = await begun()
    await store.apply({ records: recordsFrom(0, { kind: 'no-row' }), moves: [move(0, 1)] })
    await store.apply({ records: [], moves: [move(1, 2)] })
    expect(await store.positions()).toEqual([positionAt(2), positionAt(0, 1)])
    expect(await amounts()).toEqual([])
  })

  it('writes nothing where one of the positions was moved by somebody else', async () => {
    const store = await begun()
    await store.apply({ records: [], moves: [move(0, 5, 1)] })
    const late = { records: recordsFrom(0, { amount: 1 }), moves: [move(0, 1), move(0, 9, 1)] }
    await expect(store.apply(late)).rejects.toThrow(PositionsMovedError)
    expect(await amounts()).toEqual([])
    expect(await store.positions()).toEqual([positionAt(0), positionAt(5, 1)])
  })

  it('lets one of many win that write the same records at once', async () => {
    await begun()
    const stores = Array.from({ length: 4 }, opened)
    const moves = [move(0, 1), move(0, 1, 1)]
    const batch = { records: recordsFrom(0, { amount: 1 }), moves }
    const backwards = { ...batch, moves: moves.toReversed() }
    const outcomes = await Promise.allSettled(
      stores.map((store, index) => store.apply(index % 2 === 0 ? batch : backwards)),
    )
    const lost = outcomes.flatMap((one) =>
      one.status === 'rejected' ? [(one.reason as Error).name] : [],
    )
    expect(lost).toEqual(Array.from({ length: 3 }, () => PositionsMovedError.name))
    expect(await amounts()).toEqual(['1'])
  })
}

function refusesRows(driver: StoreDriver): void {
  const { begun } = storesOf(driver)

  it('is refused without its values, and nothing of its batch is written', async () => {
    const store = await begun()
    await store.apply({ records: recordsFrom(0, { status: 'once' }), moves: [move(0, 1)] })
    const again = recordsFrom(1, { amount: 2 }, { status: 'once' })
    const refused = store.apply({ records: again, moves: [move(1, 3)] })
    await expect(refused).rejects.toThrow(RowsRefusedError)
    await expect(refused).rejects.not.toThrow('once')
    expect(await store.positions()).toEqual([positionAt(1), positionAt(0, 1)])
    await store.apply({ records: recordsFrom(1, { amount: 2 }), moves: [move(1, 2)] })
    expect(await driver.told()).toHaveLength(2)
  })

  it('is refused, too, where it cannot even be made of its record', async () => {
    const store = await begun()
    const records = [{ ...recordsFrom(0, {})[0]!, value: null }]
    await expect(store.apply({ records, moves: [move(0, 1)] })).rejects.toThrow(RowsRefusedError)
  })
}

function comesBack(driver: StoreDriver): void {
  const { begun, amounts } = storesOf(driver)

  it('says so, and takes the batch when it is back', async () => {
    const store = await begun()
    await driver.stop()
    const batch = { records: recordsFrom(0, { amount: 1 }), moves: [move(0, 1)] }
    await expect(store.apply(batch)).rejects.toThrow(StoreAwayError)
    await expect(store.positions()).rejects.toThrow(StoreAwayError)
    await expect(store.reachable()).rejects.toThrow(StoreAwayError)
    await driver.start()
    await store.reachable()
    await store.apply(batch)
    expect(await amounts()).toEqual(['1'])
  })

  it('is begun anew where everything in it is gone', async () => {
    const store = await begun()
    await driver.empty()
    const batch = { records: recordsFrom(0, { amount: 1 }), moves: [move(0, 1)] }
    await expect(store.apply(batch)).rejects.toThrow(StoreAwayError)
    expect(await store.positions()).toEqual([])
  })
}
