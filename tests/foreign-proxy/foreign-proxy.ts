import { randomUUID } from 'node:crypto'
import kafkajs from 'kafkajs'
import type { Fault } from '#tests/foreign-proxy/payments'
import { type ForeignProxy, serveForeignProxy } from '#tests/foreign-proxy/serve'
import { strangersKafka } from '#tests/log-watch'

export type { ForeignProxy }

interface ForeignOptions {
  readonly brokers: string
  readonly name: string
  /** What it does wrong. */
  readonly faults?: readonly Fault[]
}

/** Starts it; resolves once it reads what is written from now on. */
export async function startForeignProxy(options: ForeignOptions): Promise<ForeignProxy> {
  const { brokers, name, faults = [] } = options
  const kafka = strangersKafka({ brokers })
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
  const consumer = kafka.consumer({ groupId: `${name}-${randomUUID()}`, maxWaitTimeInMs: 100 })
  await Promise.all([producer.connect(), consumer.connect()])
  const write = async (key: string, value: string) =>
    void (await producer.send({ topic: 'payments', messages: [{ key, value }] }))
  const proxy = await serveForeignProxy({ name, faults, write })

  const joined = new Promise<void>((resolve) =>
    consumer.on(consumer.events.GROUP_JOIN, () => resolve()),
  )
  await consumer.subscribe({ topics: ['payments'], fromBeginning: false })
  await consumer.run({
    eachMessage: async ({ message: { value } }) => {
      if (value) await proxy.take(value.toString('utf8'))
    },
  })
  await joined
  return {
    ...proxy,
    stop: async () =>
      void (await Promise.all([consumer.disconnect(), producer.disconnect(), proxy.stop()])),
  }
}
