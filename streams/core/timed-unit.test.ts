import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { calling, echo, recordOf } from '#core/example-unit'
import { attempted, handled, noState } from '#core/handle-record'
import { timed } from '#core/timed-unit'

const measured = () => {
  const seconds: number[] = []
  return { seconds, series: { observe: (one: number) => void seconds.push(one) } }
}
const given = { state: noState, tables: {}, now: new Date(0) }
const record = recordOf(null)

describe('a unit that is timed', () => {
  it('does the same, one measurement for each call of a processor', () => {
    const { seconds, series } = measured()
    const value = { message: 'm' }
    const plain = handled(echo, record, value, given)
    expect(handled(timed(echo, series), record, value, given)).toEqual(plain)
    expect(seconds).toHaveLength(1)
    expect(seconds[0]).toBeGreaterThan(0)
  })

  it('measures a call that throws, and passes on what it threw', () => {
    const { seconds, series } = measured()
    const bug = new TypeError('no message')
    const broken = {
      ...echo,
      handle: () => {
        throw bug
      },
    }
    expect(handled(timed(broken, series), record, {}, given).cause).toBe(bug)
    expect(seconds).toHaveLength(1)
  })

  it('measures a try of a task until it ends', async () => {
    const { seconds, series } = measured()
    const task = timed(
      calling(() => sleep(30)),
      series,
    )
    const { signal } = new AbortController()
    const outcome = attempted(task, record, {}, { ...given, signal, attempt: 1 })
    expect(seconds).toEqual([])
    expect(await outcome).toMatchObject({ attempts: 1 })
    expect(seconds[0]).toBeGreaterThan(0.02)
  })
})
