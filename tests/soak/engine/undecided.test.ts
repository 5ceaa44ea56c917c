import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { undecidedOffsets } from '#tests/soak/engine/undecided'

const folders: string[] = []
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))

interface Written {
  readonly first: number
  readonly count?: number
  readonly producer?: number
  readonly epoch: number
  /** The type of a control record: 1 commits, 0 aborts. */
  readonly marker?: 0 | 1
}

/** A batch as the broker writes it; of its records only what is looked at. */
function batch({ first, count = 1, producer = 7, epoch, marker }: Written): Buffer {
  const records = Buffer.from([0x20, 0, 0, 0, 8, 0, 0, 0, marker ?? 0, 12])
  const head = Buffer.alloc(61)
  head.writeBigInt64BE(BigInt(first))
  head.writeInt32BE(61 - 12 + records.length, 8)
  head.writeInt16BE(marker === undefined ? 0x10 : 0x30, 21)
  head.writeInt32BE(count - 1, 23)
  head.writeBigInt64BE(BigInt(producer), 43)
  head.writeInt16BE(epoch, 51)
  return Buffer.concat([head, records])
}

function undecided(...segments: readonly (readonly Written[])[]) {
  const folder = mkdtempSync(join(tmpdir(), 'corrente-undecided-'))
  folders.push(folder)
  segments.forEach((batches, n) =>
    writeFileSync(
      join(folder, `${String(n).padStart(20, '0')}.log`),
      Buffer.concat(batches.map(batch)),
    ),
  )
  return [...undecidedOffsets(folder)]
}

describe('the records of a partition that were left undecided', () => {
  it('are none where each transaction has a marker of its own', () => {
    expect(
      undecided([
        { first: 0, epoch: 1 },
        { first: 1, epoch: 1, marker: 1 },
      ]),
    ).toEqual([])
  })

  it('are those that the commit of a later epoch made final, beside records of that epoch itself', () => {
    const batches = [
      { first: 0, count: 2, epoch: 1 },
      { first: 2, epoch: 2 },
      { first: 3, epoch: 2, marker: 1 },
    ] as const
    expect(undecided(batches)).toEqual([0, 1])
    expect(undecided(batches.slice(0, 1), batches.slice(1))).toEqual([0, 1])
  })

  it('are none of those that were aborted, by whatever epoch, and none of another producer', () => {
    expect(
      undecided([
        { first: 0, epoch: 1 },
        { first: 1, epoch: 2, marker: 0 },
      ]),
    ).toEqual([])
    const other = { first: 1, producer: 8, epoch: 2, marker: 1 } as const
    expect(undecided([{ first: 0, epoch: 1 }, other])).toEqual([])
  })
})
