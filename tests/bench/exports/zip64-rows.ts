import { itemName } from '#streams/exports/archive/item-name'
import type { Item } from '#streams/exports/archive/segment'
import { zipStampOf } from '#streams/exports/archive/zip-stamp'
import {
  archiveFolder,
  checkWithUnzip,
  foundByPython,
  hasPython,
  hasUnzip,
} from '#tests/archive-readers'
import { writeArchive } from '#tests/bench/exports/written-archive'
import type { PaymentsGroup } from '#tests/bench/payments/payments-bench'
import type { RowPlan } from '#tests/bench/row'

const plan = {
  id: 'zip64',
  what: 'items that unzip and Python miss in archives of 100,000 items and of 4.5 GB; unzip tests every byte',
  unit: '',
  bar: { of: 'ours', is: 'at most', value: 0 },
} as const satisfies RowPlan

const stamp = zipStampOf(new Date('2026-01-07T12:00:00Z'))

function* manyItems(): Generator<readonly Item[]> {
  for (let first = 0; first < 100_000; first += 500) {
    yield Array.from({ length: 500 }, (_, index) => {
      const name = itemName(first + index, 'R')
      return { name, bytes: Buffer.from(`content of ${name}`) }
    })
  }
}

function* largeItems(): Generator<readonly Item[]> {
  for (let record = 0; record < 45; record++) {
    yield [{ name: itemName(record, 'R'), bytes: Buffer.alloc(100_000_000, record) }]
  }
}

/** What each reader makes of an archive that is written on the disk; throws where one disagrees or is not here. */
async function readByOthers(segments: Iterable<readonly Item[]>, items: number): Promise<number> {
  if (!hasUnzip || !hasPython) throw new Error('unzip and Python are not both here')
  const folder = archiveFolder()
  try {
    const file = folder.path('archive.zip')
    await writeArchive(file, segments, stamp)
    checkWithUnzip(file)
    return Math.abs(foundByPython(file).length - items)
  } finally {
    folder.remove()
  }
}

/** Archives beyond 65,535 items and beyond 4 GiB. */
export const zip64: PaymentsGroup = {
  rows: [plan],
  sizes: [],
  async measure({ stack }) {
    const many = await readByOthers(manyItems(), 100_000)
    stack.report('zip64: 100,000 items, read')
    const large = await readByOthers(largeItems(), 45)
    stack.report('zip64: 4.5 GB, read')
    return new Map([[plan.id, { ours: many + large }]])
  },
}
