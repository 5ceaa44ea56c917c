import { onTestFinished } from 'vitest'
import { positionAt } from '#tests/contract/projection/example-tables'
import type { ProjectionStore } from '#ports/projection-store'

/** What a driver is held against: stores on one empty place, and what anybody else sees in it. */
export interface StoreDriver {
  /** Another store on the place; whoever opens one closes it. */
  open(): ProjectionStore
  /** The rows of the table of all, and of that of the latest, in the order of their cells. */
  told(): Promise<readonly Record<string, unknown>[]>
  latest(): Promise<readonly Record<string, unknown>[]>
  /** Empties the place, behind the back of whoever works on it. */
  empty(): Promise<void>
  stop(): Promise<void>
  start(): Promise<void>
}

/** Stores on the place of the driver, closed with the test. */
export function storesOf(driver: StoreDriver) {
  const opened = (): ProjectionStore => {
    const store = driver.open()
    onTestFinished(() => store.close())
    return store
  }
  return {
    opened,
    /** One with partitions 0 and 1 begun at 0. */
    begun: async (): Promise<ProjectionStore> => {
      const store = opened()
      await store.positions()
      await store.begin([positionAt(0), positionAt(0, 1)])
      return store
    },
    amounts: async () => (await driver.told()).map(({ amount }) => amount),
  }
}
