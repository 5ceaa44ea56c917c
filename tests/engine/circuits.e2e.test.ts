import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { TransientError } from '#core/errors'
import { courierOf } from '#tests/engine/courier'
import { handledOf } from '#tests/engine/group-offsets'
import { event, newScene, produce, type Scene, stateOf, until } from '#tests/engine/scene'
import { seenEvents } from '#tests/engine/seen-events'

const ids: readonly string[] = Array.from({ length: 12 }, () => randomUUID())
const partyOf = (id: string) => (ids.indexOf(id) % 2 === 0 ? 'bank' : 'post')

/** Two events of each payment; every other payment is for the bank. */
const written = ({ bytesOf, topics }: Scene) =>
  ['first', 'second'].flatMap((message) =>
    ids.map((id) => {
      const value = { ...event(id, message), connector: partyOf(id) }
      return { key: id, value: bytesOf(topics.input, value) }
    }),
  )

describe('the circuit of a party', () => {
  it('opens after five failures, lets one probe at a time through, and closes; others flow, order is kept', async () => {
    const scene = await newScene()
    let nowMs = Date.now()
    let isAway = true
    const calls: string[] = []
    const unit = courierOf(scene.suffix, 3, {
      async call(party, message) {
        if (party === 'bank') calls.push(message)
        if (party === 'bank' && isAway) throw new TransientError('the bank is away')
      },
    })
    await scene.apply([unit])
    await produce(scene, scene.topics.input.name, written(scene))
    const running = await scene.run([unit], { now: () => nowMs })
    let ticking: NodeJS.Timeout | undefined
    const isIn = (state: string) => running.circuits()[0]?.state === state
    try {
      await until('all have a place', async () => (await handledOf(scene, unit.name)) === 24)
      const passed = await seenEvents(scene, 'output', 12)
      expect(passed.map(({ event }) => event.connector)).toEqual(Array(12).fill('post'))
      // Only the clock could let another one through, and it stands still.
      expect(calls).toHaveLength(5)
      expect(running.circuits()).toEqual([
        {
          unit: unit.name,
          party: 'bank',
          state: 'open',
          sinceMs: nowMs,
          reason: 'the bank is away',
        },
      ])
      expect(stateOf(running).state).toBe('running')

      nowMs += 1_000
      await until('it is probed', () => calls.length === 6 && isIn('open'))
      nowMs += 1_999
      await sleep(500)
      expect(calls).toHaveLength(6)
      nowMs += 1
      await until('it is probed again', () => calls.length === 7 && isIn('open'))

      isAway = false
      nowMs += 4_000
      ticking = setInterval(() => (nowMs += 20), 20)
      await until('it is closed', () => running.circuits().length === 0)
      const found = await seenEvents(scene, 'output', 24)
      for (const id of ids) {
        const told = found.filter(({ key }) => key === id).map(({ event }) => event.message)
        expect(told).toEqual(['first', 'second'])
      }
      expect(calls).toHaveLength(7 + 12)
    } finally {
      clearInterval(ticking)
      await running.drain()
    }
  })

  it('closed again, lets those through first that have waited longest, whichever partition they lie in and whoever else is away', async () => {
    const scene = await newScene()
    let nowMs = Date.now()
    let isAway = true
    const calls: string[] = []
    const unit = courierOf(scene.suffix, 3, {
      async call(party, message) {
        if (party === 'bank') calls.push(message)
        if (party === 'post' || isAway) throw new TransientError(`the ${party} is away`)
      },
    })
    // Some wait for the post before and between those who wait for the bank; it stays away.
    const partyOf = (n: number) => (n % 3 === 0 ? 'post' : 'bank')
    const sent = Array.from({ length: 30 }, (_, n) => ({ message: String(n), party: partyOf(n) }))
    await scene.apply([unit])
    const running = await scene.run([unit], { now: () => nowMs })
    let ticking: NodeJS.Timeout | undefined
    try {
      for (const [n, { message, party }] of sent.entries()) {
        const key = randomUUID()
        const value = { ...event(key, message), connector: party }
        await produce(scene, scene.topics.input.name, [
          { key, value: scene.bytesOf(scene.topics.input, value) },
        ])
        await until('it has a place', async () => (await handledOf(scene, unit.name)) === n + 1)
        nowMs += 1
      }
      // Whoever was tried has a delay of his own.
      const tried = new Set(calls)
      isAway = false
      calls.length = 0
      ticking = setInterval(() => (nowMs += 20), 20)
      const waited = sent.filter(({ party }) => party === 'bank').map(({ message }) => message)
      await seenEvents(scene, 'output', waited.length)
      expect(calls.filter((message) => !tried.has(message))).toEqual(
        waited.filter((message) => !tried.has(message)),
      )
      expect(tried.size).toBeLessThan(10)
    } finally {
      clearInterval(ticking)
      await running.drain()
    }
  })
})
