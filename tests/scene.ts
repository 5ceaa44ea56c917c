import type { Admin } from 'kafkajs'
import { setTimeout as sleep } from 'node:timers/promises'
import { demoService, demoTenant } from '#apps/corrente/demo-application'
import { addressesOf } from '#apps/corrente/demo-apps'
import { secretsOf } from '#apps/corrente/secrets'
import { isHandled, type LogWatch, openLogWatch } from '#tests/log-watch'
import { type SeenRecord, strangersKafka } from '#tests/log-watch'
import { coreAt, intermediaryAt } from '#tests/outside-parties'
import type { TestStack } from '#tests/stack'
import { type ApplicationJson, newApplication, openUpstream, type Place } from '#tests/upstream'
import type { Upstream } from '#tests/upstream'

/** What a test looks at in a version of a payment. Amounts are decimal text. */
export interface PaymentVersion extends Record<string, unknown> {
  readonly id: string
  readonly remote_id: string
  readonly status: string
  readonly event_id: string
  readonly app_id: string
  readonly payment: Readonly<Record<string, unknown>> & { readonly amount: string }
  readonly links: Readonly<Record<string, { readonly url: string | null }>> & {
    readonly notify: readonly { readonly sent_at: string | null }[] | undefined
  }
}

export type Version = SeenRecord & { readonly value: PaymentVersion }

const topics = [
  'payments',
  'payment.facts',
  'payment.openings',
  'payment.anomalies',
  'payment.dues-requests',
  'payments.current',
  'payments.open',
  'payments.by-service-day',
  'application-updates',
  'notifications',
] as const
const units = [
  'payment-dispatcher',
  'payment-intake',
  'debt-position-opener',
  'payment-keeper',
  'payment-index',
  'payments-by-service-day',
  'payment-updater',
  'application-notifier',
  'dues-requester',
  'dues-importer',
  'payment-notifications',
  'notification-sender',
] as const

export type UnitName = (typeof units)[number]
export type TopicName = (typeof topics)[number] | `${UnitName}.dlq`
export const watchedTopics: readonly TopicName[] = [
  ...topics,
  ...units.map((unit) => `${unit}.dlq` as const),
]

/** Whether the Core was told, and the payment says so. */
export const isTold = ({ value }: Version): boolean =>
  value.links.notify?.some(({ sent_at }) => sent_at !== null) ?? false

/** Everything runs, an independent reader watches, another system writes. */
export class Scene {
  readonly addresses: ReturnType<typeof addressesOf>
  readonly secrets: ReturnType<typeof secretsOf>
  readonly core: ReturnType<typeof coreAt>
  readonly intermediary: ReturnType<typeof intermediaryAt>
  readonly watch: LogWatch
  readonly upstream: Upstream
  readonly #records: readonly SeenRecord[]
  readonly #admin: Admin

  constructor(
    { portBase, dataDir }: TestStack,
    clients: {
      readonly watch: LogWatch
      readonly records: readonly SeenRecord[]
      readonly upstream: Upstream
      readonly admin: Admin
    },
  ) {
    this.addresses = addressesOf(portBase)
    this.secrets = secretsOf(dataDir)
    this.core = coreAt(this.addresses.core)
    this.intermediary = intermediaryAt(this.addresses.examplepay)
    this.watch = clients.watch
    this.upstream = clients.upstream
    this.#records = clients.records
    this.#admin = clients.admin
  }

  /** An application nobody has told of yet; of the seeded body and service unless said otherwise. */
  application(amount = '42.50', body = { tenant_id: demoTenant, service_id: demoService }) {
    return newApplication({ coreUrl: this.addresses.core, amount, ...body })
  }

  /** The Core has the application and tells of it, in Avro. */
  async apply(application: ApplicationJson): Promise<Place> {
    await this.core.register(application.id)
    return this.upstream.applications([application])
  }

  on(topic: TopicName, is: (record: SeenRecord) => boolean = () => true): readonly SeenRecord[] {
    return this.#records.filter((record) => record.topic === topic && is(record))
  }

  /** Records of a topic about one payment. */
  about = (topic: TopicName, paymentId: string) => this.on(topic, ({ key }) => key === paymentId)

  versionsOf(applicationId: string): readonly Version[] {
    const isOf = ({ value }: SeenRecord) => (value as PaymentVersion)?.remote_id === applicationId
    return this.on('payments', isOf) as readonly Version[]
  }

  /** Waits for a version of the application's payment. */
  seen(applicationId: string, what: string, is: (version: Version) => boolean): Promise<Version> {
    return this.watch.until(`${what} of the payment of ${applicationId}`, () =>
      this.versionsOf(applicationId).find(is),
    )
  }

  reached = (applicationId: string, status: string): Promise<Version> =>
    this.seen(applicationId, status, ({ value }) => value.status === status)

  /** Waits for an anomaly about a payment. */
  anomalies = (paymentId: string, count = 1): Promise<readonly Record<string, unknown>[]> =>
    this.watch.until(`${count} anomalies of ${paymentId}`, () => {
      const found = this.about('payment.anomalies', paymentId)
      return found.length >= count
        ? found.map(({ value }) => value as Record<string, unknown>)
        : undefined
    })

  /** Dead letters of a record that were read so far. */
  letters(unit: UnitName, { topic, partition, offset }: Place): readonly SeenRecord[] {
    const at = [topic, partition, offset].join('/')
    return this.on(
      `${unit}.dlq`,
      ({ headers }) =>
        [headers['dlq.topic'], headers['dlq.partition'], headers['dlq.offset']].join('/') === at,
    )
  }

  /** Waits for the dead letter of a record. */
  deadLetter = (unit: UnitName, place: Place): Promise<SeenRecord> =>
    this.watch.until(
      `the dead letter of ${unit} for ${place.topic}/${place.partition}/${place.offset}`,
      () => this.letters(unit, place).at(0),
    )

  /** Waits until a unit has committed past a record, and all it wrote by then was read. */
  async handled(unit: UnitName, place: Place): Promise<void> {
    const deadline = performance.now() + 20_000
    while (!(await isHandled(this.#admin, unit, place))) {
      if (performance.now() > deadline) {
        throw new Error(`${unit} has not handled ${place.topic}/${place.partition}/${place.offset}`)
      }
      await sleep(50)
    }
    await this.watch.caughtUp()
  }
}

/** A scene on apps that run. */
export async function openScene(
  stack: TestStack,
): Promise<{ readonly scene: Scene; close(): Promise<void> }> {
  const records: SeenRecord[] = []
  const admin = strangersKafka(stack).admin()
  await admin.connect()
  const watch = await openLogWatch(stack, watchedTopics, (record) => records.push(record))
  const upstream = await openUpstream(stack)
  return {
    scene: new Scene(stack, { watch, records, upstream, admin }),
    close: async () => {
      await Promise.all([watch.close(), upstream.close(), admin.disconnect()])
    },
  }
}
