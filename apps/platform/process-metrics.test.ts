import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { exportHome, processMetrics } from '#apps/platform/process-metrics'

describe('the numbers of a process', () => {
  it('are memory, event loop, garbage, files and room on the disk', async () => {
    const text = await processMetrics().metrics()
    for (const name of [
      'process_cpu_seconds_total',
      'process_resident_memory_bytes',
      'process_start_time_seconds',
      'nodejs_eventloop_lag_p99_seconds',
      'nodejs_heap_size_used_bytes',
      'nodejs_gc_duration_seconds',
      'corrente_home_bytes',
    ]) {
      expect(text).toContain(`# TYPE ${name} `)
    }
  })

  it('leave out what has to be counted through all sockets', async () => {
    expect(await processMetrics().metrics()).not.toContain('nodejs_active_')
  })

  it('are measured once, however many apps a process has', () => {
    expect(processMetrics()).toBe(processMetrics())
  })
})

describe('the room where the folder of a process lies', () => {
  const numbersOf = async (folder: string) => {
    const registry = new Registry()
    exportHome(registry, folder)
    const found = (await registry.metrics()).matchAll(
      /^corrente_home_bytes\{what="(\w+)"\} (\S+)$/gm,
    )
    return new Map([...found].map(([, what, value]) => [what, Number(value)]))
  }

  it('is how much there is and what is free', async () => {
    const found = await numbersOf(tmpdir())
    expect(found.get('size')).toBeGreaterThan(1_000_000)
    expect(found.get('free')).toBeGreaterThan(0)
    expect(found.get('free')).toBeLessThanOrEqual(found.get('size') ?? 0)
  })

  it('is not told where there is no such folder', async () => {
    expect(await numbersOf(join(tmpdir(), 'nobody-has-made-this'))).toEqual(new Map())
  })
})
