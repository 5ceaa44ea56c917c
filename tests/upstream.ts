import { randomUUID } from 'node:crypto'
import kafkajs, { type Producer } from 'kafkajs'
import { readSample } from '#schemas/samples/sample'
import { independentAvro } from '#tests/independent-avro'
import { type LogPlace, strangersKafka } from '#tests/log-watch'

/** An application in plain JSON, as the Core writes it. */
export type ApplicationJson = Readonly<Record<string, unknown>> & {
  readonly id: string
  readonly service_id: string
  readonly event_id: string
  readonly data: object
  readonly payment_data: Readonly<Record<string, unknown>>
}

/** Who asks, and for how much. */
export interface Asked {
  readonly coreUrl: string
  readonly tenant_id: string
  readonly service_id: string
  /** Decimal text, "42.50"; its cents may be magic. */
  readonly amount: string
}

const validityMs = 90 * 24 * 3_600_000
const isoOf = (instant: Date) => instant.toISOString().replace(/\.\d+Z$/, '+00:00')

/** A fictional citizen's application that waits to be paid, with an id of its own. */
export function newApplication({ coreUrl, tenant_id, service_id, amount }: Asked): ApplicationJson {
  const id = randomUUID()
  const now = new Date()
  const sample = readSample('application') as ApplicationJson
  return {
    ...sample,
    id,
    tenant_id,
    service_id,
    payment_data: {
      ...sample.payment_data,
      amount,
      reason: `Fictional fee ${id.slice(0, 8)}`,
      expire_at: isoOf(new Date(now.getTime() + validityMs)),
      split: [{ code: 'c_1', amount, meta: {} }],
      notify: { url: `${coreUrl}/api/applications/${id}/payment`, method: 'POST' },
      landing: { url: `${coreUrl}/it/pratiche/${id}/detail`, method: 'GET' },
    },
    event_id: randomUUID(),
    event_created_at: isoOf(now),
  }
}

/** The same told again: a new event of the same application. */
export const toldAgain = (application: ApplicationJson): ApplicationJson => ({
  ...application,
  event_id: randomUUID(),
})

// The contract carries free-form members as JSON text.
const avroForm = ({ data, payment_data, ...rest }: ApplicationJson) => ({
  ...rest,
  data: JSON.stringify(data),
  payment_data: {
    ...payment_data,
    split: (payment_data['split'] as readonly { readonly meta: unknown }[]).map((share) => ({
      ...share,
      meta: JSON.stringify(share.meta),
    })),
  },
})

/** Where a record came to lie. */
export interface Place {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

/** Another system that writes to the log with its own client. */
export interface Upstream {
  applications(applications: readonly ApplicationJson[]): Promise<Place>
  bytes(topic: string, key: string, value: Buffer): Promise<Place>
  encode(topic: string, value: unknown): Promise<Buffer>
  close(): Promise<void>
}

const batchMax = 500

export async function openUpstream(place: LogPlace): Promise<Upstream> {
  const avro = independentAvro(place.registryUrl)
  const producer: Producer = strangersKafka(place).producer({
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  })
  await producer.connect()
  const send = async (topic: string, messages: readonly { key: string; value: Buffer }[]) => {
    const [first] = await producer.send({ topic, messages: [...messages] })
    return { topic, partition: first!.partition, offset: Number(first!.baseOffset) }
  }
  return {
    async applications(applications) {
      let last: Place | undefined
      for (let i = 0; i < applications.length; i += batchMax) {
        const messages = applications.slice(i, i + batchMax).map(async (application) => ({
          key: application.service_id,
          value: await avro.encode('applications', avroForm(application)),
          headers: { 'correlation-id': application.event_id },
        }))
        last = await send('applications', await Promise.all(messages))
      }
      if (!last) throw new Error('no application was given')
      return last
    },
    bytes: (topic, key, value) => send(topic, [{ key, value }]),
    encode: (topic, value) => avro.encode(topic, value),
    close: () => producer.disconnect(),
  }
}
