import { describe, expect, it } from 'vitest'
import { ageText, reportText, sizeText } from '#apps/corrente/state-report'

const nowMs = 10_000_000
const store = { slot: '0', unit: 'keeper', directory: '/home/state/0/keeper' }

describe('the report of a store', () => {
  it('is a table of its tables, and the rows asked for', () => {
    const text = reportText(
      {
        ...store,
        file_bytes: 1_234_567,
        tables: [
          {
            table: 'keeper.payments',
            partition: 0,
            rows: 12,
            bytes: 8_192,
            copy: { position: 1_200, at: nowMs - 61_000, partitions: 6 },
          },
          { table: 'keeper.timers', partition: 10, rows: 0, bytes: 0 },
        ],
        rows: [
          { table: 'keeper.payments', partition: 0, key: 'p1', value: { status: 'open' } },
          { table: 'keeper.payments', partition: 0, key: 'p2', unreadable: '9 bytes: no schema' },
        ],
      },
      nowMs,
    )
    expect(text.split('\n')).toEqual([
      'keeper, slot 0, 1.2 MB',
      'table            partition  rows    size  position   age',
      'keeper.payments          0    12  8.2 kB      1200  61 s',
      'keeper.timers           10     0     0 B         -     -',
      'keeper.payments/0 p1 {"status":"open"}',
      'keeper.payments/0 p2 (9 bytes: no schema)',
    ])
  })

  it('says why the next process builds it anew', () => {
    const doubt = 'its file is not one of ours'
    expect(reportText({ ...store, doubt, tables: [] }, nowMs)).toBe(
      'keeper, slot 0; is built anew: its file is not one of ours',
    )
  })

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1.0 kB'],
    [20_500_000_000, '20.5 GB'],
  ])('writes %s bytes as %s', (bytes, text) => expect(sizeText(bytes)).toBe(text))

  it.each([
    [-5, '0 s'],
    [119_000, '119 s'],
    [600_000, '10 min'],
    [36_000_000, '10 h'],
  ])('writes %s ms as %s', (ms, text) => expect(ageText(ms)).toBe(text))
})
