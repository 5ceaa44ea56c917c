import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, inject, it } from 'vitest'
import { registerSchemas } from '#apps/platform/contracts'
import { kafkaProblems } from '#apps/platform/kafka-problems'
import { openPublisher } from '#core/publisher'
import { schemaSource } from '#core/registry'
import { newWire } from '#core/wire'
import { events } from '#schemas/topic'
import { countedBy, expectExactlyOnce } from '#tests/engine/check-counts'
import { handledOf } from '#tests/engine/group-offsets'
import {
  event,
  newScene,
  numbered,
  produce,
  type Scene,
  seen,
  stateOf,
  until,
} from '#tests/engine/scene'
import { switchableProxy } from '#tests/engine/switchable-proxy'

const ids = Array.from({ length: 20 }, () => randomUUID())

describe('the schema registry away', () => {
  it('makes a unit wait, red, with nothing set aside, and go on when it is back', async () => {
    const scene = await newScene()
    await scene.apply()
    const { input } = scene.topics
    const { port, pathname } = new URL(scene.registryUrl)
    const proxy = await switchableProxy(Number(port))
    const registry = schemaSource({ url: `http://127.0.0.1:${proxy.port}${pathname}` })
    const wire = { format: 'avro', registry, jsonTopics: [] } as const
    try {
      proxy.switch(false)
      await expect(scene.run(undefined, { wire })).rejects.toThrow(/registry at .* cannot be asked/)
      proxy.switch(true)
      const running = await scene.run(undefined, { wire })
      await produce(scene, input.name, numbered(scene, ids, 1))
      await countedBy(scene, 20)
      proxy.switch(false)
      // Written under an id this process has not seen: only the registry knows whether it is poison.
      const other = events(`other-${scene.suffix}`, 'corrente.payments.PaymentSeen', {
        key: 'payment_id',
      })
      const [registered] = await registerSchemas(scene.registry, [other])
      const strange = Buffer.alloc(6)
      strange.writeUInt32BE(registered!.id, 1)
      const { tenants } = scene.topics
      await produce(scene, tenants.name, [{ key: 'examplepay/1', value: strange }])
      await until('its lookup waits', () => stateOf(running).state === 'waiting')
      expect(stateOf(running).reason).toMatch(
        new RegExp(`^table ${tenants.name} waits: the schema registry at .* cannot be asked`),
      )
      await produce(scene, input.name, [{ key: ids[0]!, value: strange }])
      await produce(scene, input.name, numbered(scene, ids, 1, 1))
      await until('it waits', () => /^the schema/.test(stateOf(running).reason ?? ''))
      await sleep(1_500)
      expect(stateOf(running)).toMatchObject({
        state: 'waiting',
        reason: expect.stringMatching(/registry at .* cannot be asked/) as string,
      })
      await expect(seen(scene, `${scene.counter.name}.dlq`, 1, { limitMs: 500 })).rejects.toThrow(
        /found 0/,
      )
      proxy.switch(true)
      await expectExactlyOnce(scene, ids, 2)
      expect(stateOf(running).state).toBe('running')
      expect(await seen(scene, `${scene.counter.name}.dlq`, 1)).toHaveLength(1)
      await running.drain()
    } finally {
      proxy.close()
    }
  })
})

describe('the broker silent for twelve seconds', () => {
  it('costs no record, and each publisher is answered', { timeout: 90_000 }, async () => {
    const scene = await newScene()
    await scene.apply()
    const { name } = scene.topics.input
    await produce(scene, name, numbered(scene, ids, 400))
    const publishing = await newPublishing(scene)
    const running = await scene.run()
    try {
      await until('it works', async () => (await handledOf(scene)) > 0)
      const problems = kafkaProblems(scene.brokers, async () => {
        await running.reachable()
        return []
      })
      const told = await silentBroker(12_000, problems)
      expect(told).toEqual([`Kafka at ${scene.brokers} cannot be asked: no answer within 2 s`])
      const woken = performance.now()
      await produce(scene, name, numbered(scene, ids, 10, 400))
      const answered = publishing.acknowledged()
      await until('the publisher goes on', () => publishing.acknowledged() > answered)
      const total = ids.length * 410
      await until('all are handled', async () => (await handledOf(scene)) === total, 40_000)
      const ms = Math.round(performance.now() - woken)
      process.stderr.write(`goes on ${ms} ms after the silence\n`)
      expect(await problems()).toEqual([])
    } finally {
      await publishing.stop()
      await running.drain()
    }
    await expectExactlyOnce(scene, ids, 410)
    // Whoever waited too long was told so: written it may be all the same, but never unheard of.
    expect(publishing.unheard()).toEqual([])
    expect(publishing.refusals()).toEqual([
      'Kafka did not acknowledge the record: Error: no answer within 10000 ms',
    ])
  })
})

/** Stops the broker for so long; what is done meanwhile is what it resolves with. */
async function silentBroker<T>(ms: number, meanwhile: () => Promise<T>): Promise<T> {
  const pidFile = join(inject('stack').dataDir, 'run', 'kafka.json')
  const { pid } = JSON.parse(readFileSync(pidFile, 'utf8')) as { pid: number }
  process.kill(pid, 'SIGSTOP')
  try {
    // It stops thread by thread: an answer may still be on its way.
    await sleep(200)
    const [done] = await Promise.all([meanwhile(), sleep(ms)])
    return done
  } finally {
    process.kill(pid, 'SIGCONT')
  }
}

/** A record each 50 ms, as an HTTP edge writes them, whatever became of the one before. */
async function newPublishing({ kafka, registry, topics }: Scene) {
  const wire = newWire({ format: 'avro', registry, jsonTopics: [] })
  await wire.prepareWrite([topics.published])
  const publisher = await openPublisher(kafka, wire, 'edge:1.0.0')
  const outcomes: { reason?: string; isHeard: boolean }[] = []
  let acknowledged = 0
  const publish = () => {
    const outcome: (typeof outcomes)[number] = { isHeard: false }
    outcomes.push(outcome)
    void publisher
      .pass(topics.published, event(randomUUID(), 'published'))
      .then(() => acknowledged++)
      .catch((error: Error) => (outcome.reason = error.message))
      .finally(() => (outcome.isHeard = true))
  }
  const timer = setInterval(publish, 50)
  return {
    acknowledged: () => acknowledged,
    unheard: () => outcomes.filter(({ isHeard }) => !isHeard),
    refusals: () => [...new Set(outcomes.flatMap(({ reason }) => reason ?? []))],
    async stop() {
      clearInterval(timer)
      await until('all are answered', () => outcomes.every(({ isHeard }) => isHeard))
      await publisher.close()
    },
  }
}
