import { describe, expect, it } from 'vitest'
import { OperationLog } from '#apps/platform/inspection/read-operations'
import type { Operation } from '#schemas/generated/types'

const operationOf = (operation_id: string, subjects: readonly string[]): Operation => ({
  operation_id,
  action: 'redrive',
  at: '2026-01-15T10:00:00+01:00',
  operator: 'ada',
  via: 'command',
  reason: 'mended',
  unit: 'payment-dispatcher',
  selection: 'all',
  subjects: [...subjects],
  event_id: operation_id,
  event_version: '1.0',
  event_created_at: '2026-01-15T10:00:00+01:00',
  app_id: 'corrente:1',
})

describe('what operators did', () => {
  it('is one operation, however many transactions it took, from when it began', () => {
    const log = new OperationLog()
    log.note(operationOf('one', ['a', 'b']), 1_000)
    log.note(operationOf('other', ['x']), 1_500)
    log.note(operationOf('one', ['c']), 2_000)
    expect(log.all()).toMatchObject([
      { id: 'one', atMs: 1_000, subjects: ['a', 'b', 'c'], operator: 'ada', reason: 'mended' },
      { id: 'other', atMs: 1_500, subjects: ['x'] },
    ])
  })
})
