import { Registry } from 'prom-client'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { exportProblems } from '#apps/platform/problem-count'
import { appVersion } from '#core/version'

afterEach(() => void vi.useRealTimers())

const countAfter = async (problems: () => Promise<readonly string[]>) => {
  const registry = new Registry()
  exportProblems(registry, 'worker', problems)
  const text = registry.metrics()
  await vi.advanceTimersByTimeAsync(5_000)
  return /^corrente_problems\{app="worker"\} (\d+)$/m.exec(await text)?.[1]
}

describe('the problems of a process', () => {
  it('are counted as its status tells them', async () => {
    vi.useFakeTimers()
    expect(await countAfter(async () => [])).toBe('0')
    expect(await countAfter(async () => ['Kafka does not answer', 'the disk is full'])).toBe('2')
  })

  it('are one where the status cannot be told, or not in time', async () => {
    vi.useFakeTimers()
    expect(await countAfter(() => Promise.reject(new Error('no answer')))).toBe('1')
    expect(await countAfter(() => new Promise(() => undefined))).toBe('1')
  })

  it('stand beside the version that has them', async () => {
    const registry = new Registry()
    exportProblems(registry, 'worker', async () => [])
    expect(await registry.metrics()).toContain(
      `corrente_build_info{app="worker",version="${appVersion}"} 1`,
    )
  })
})
