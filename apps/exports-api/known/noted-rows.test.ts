import { expect, it } from 'vitest'
import { NotedRows } from '#apps/exports-api/known/noted-rows'
import { MemoryRows } from '#core/memory-rows'
import { exportsRequested } from '#schemas/topics'

const row = (tenant_id: string) => ({ value: { tenant_id }, version: '0:0', story: {} })
const written = (key: string) => ({ key, row: row('tenant-a'), bytes: Buffer.alloc(0) })
const removed = (key: string) => ({ key, row: undefined })

it('tells a row that was taken away from one that never was, until it is there again', async () => {
  const rows = new NotedRows(new MemoryRows(exportsRequested))
  await rows.apply([written('one'), written('two'), removed('one')])
  expect(rows.where('tenant_id', 'tenant-a')).toHaveLength(1)
  expect(['one', 'two', 'three'].map((key) => rows.isGone(key))).toEqual([true, false, false])
  await rows.apply([written('one')])
  expect(rows.isGone('one')).toBe(false)
  expect(rows.get('one')).toBeDefined()
})
