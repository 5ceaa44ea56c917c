import { describe, expect, it } from 'vitest'
import { columns } from '#apps/corrente/columns'

describe('columns', () => {
  it('are aligned, numbers to the right, and say what is not known', () => {
    expect(
      columns(
        ['unit', 'lag', 'why'],
        [
          ['payment-keeper', 7, 'waits'],
          ['payment-index', undefined, ''],
          ['intake', 1_204, undefined],
        ],
      ),
    ).toEqual([
      'unit             lag  why',
      'payment-keeper     7  waits',
      'payment-index      -',
      'intake          1204  -',
    ])
  })
})
