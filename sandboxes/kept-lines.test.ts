import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openKeptLines } from '#sandboxes/kept-lines'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-lines-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

interface Debt {
  readonly iud: string
  readonly state: string
}
const file = () => join(folder, 'made', 'debts.jsonl')
const open = (dataFile?: string) => openKeptLines<Debt>(({ iud }) => iud, dataFile)

describe('kept lines', () => {
  it('are there again, the last of each key', () => {
    const first = open(file())
    first.put({ iud: '1', state: 'UNPAID' })
    first.put({ iud: '2', state: 'UNPAID' })
    first.put({ iud: '1', state: 'PAID' })
    first.close()
    const again = open(file())
    expect(again.get('1')).toEqual({ iud: '1', state: 'PAID' })
    expect(again.all()).toHaveLength(2)
    again.close()
  })

  it('are none beyond the one that a kill left half', () => {
    const first = open(file())
    first.put({ iud: '1', state: 'UNPAID' })
    first.close()
    appendFileSync(file(), '{"iud":"2","sta')
    const second = open(file())
    expect(second.all()).toEqual([{ iud: '1', state: 'UNPAID' }])
    second.put({ iud: '3', state: 'PAID' })
    second.close()
    const third = open(file())
    expect(third.all().map(({ iud }) => iud)).toEqual(['1', '3'])
    third.close()
  })

  it('without a file are forgotten', () => {
    open().put({ iud: '1', state: 'PAID' })
    expect(open().all()).toEqual([])
  })
})
