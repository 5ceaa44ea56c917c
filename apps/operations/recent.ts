import { type LogAccess, partitionsIn } from '#apps/platform/inspection/log-access'
import type { InputRecord } from '#core/records'
import { recordsBetween } from '#core/records-between'
import type { Payment, PaymentAnomaly } from '#schemas/generated/types'
import type { AnyTopic, ValueOf } from '#schemas/topic'
import { paymentAnomalies, payments } from '#schemas/topics'

/** A payment that changed lately. */
export interface RecentPayment {
  readonly id: string
  readonly status: string
  readonly amountCents: number | null
  readonly createdAt: string
  /** When it last changed, milliseconds since the epoch. */
  readonly changedAtMs: number
}

/** Something about a payment that a person has to look at; not the words, which may quote values. */
export interface RecentAnomaly {
  readonly paymentId: string
  readonly kind: string
  readonly amountCents: number | null
  readonly atMs: number
}

/** Payments and anomalies, the newest first. */
export interface Recent {
  readonly payments: readonly RecentPayment[]
  readonly anomalies: readonly RecentAnomaly[]
}

/** So much of the end of each partition is looked at; transaction markers take a part of it. */
const offsetsRead = 100
const shownMax = 20

/** What happened to payments lately, read from the ends of their topics: a bounded number of records. */
export async function readRecent(log: LogAccess): Promise<Recent> {
  const newest = new Map<string, RecentPayment>()
  const anomalies: RecentAnomaly[] = []
  const note = (record: InputRecord) => {
    if (record.topic === payments.name) {
      const payment = valueIn(log, payments, record)
      if (payment) newest.set(payment.id, paymentIn(payment, record))
    } else {
      const anomaly = valueIn(log, paymentAnomalies, record)
      if (anomaly) anomalies.push(anomalyIn(anomaly, record))
    }
  }
  for await (const records of lastOf(log, [payments, paymentAnomalies])) {
    await log.wire.prepareRead(records.map(({ value }) => value))
    records.forEach(note)
  }
  return {
    payments: [...newest.values()]
      .toSorted((one, other) => other.changedAtMs - one.changedAtMs)
      .slice(0, shownMax),
    anomalies: anomalies.toSorted((one, other) => other.atMs - one.atMs).slice(0, shownMax),
  }
}

async function* lastOf(
  log: LogAccess,
  topics: readonly AnyTopic[],
): AsyncGenerator<readonly InputRecord[]> {
  const { kafka, offsets } = log
  const partitions = await Promise.all(topics.map(({ name }) => partitionsIn(log, name)))
  const beginnings = await offsets.beginnings(partitions.flat())
  const ends = await offsets.ends(beginnings)
  const from = beginnings.map((first, at) => ({
    ...first,
    offset: Math.max(first.offset, ends[at]!.offset - offsetsRead),
  }))
  yield* recordsBetween(kafka, { from, ends })
}

/** The value; undefined where it cannot be read: its reader has set it aside, it is among the dead letters. */
function valueIn<Topic extends AnyTopic>(
  { wire }: LogAccess,
  topic: Topic,
  { value, key }: InputRecord,
): ValueOf<Topic> | undefined {
  try {
    const decoded = wire.decode(topic, value, key)
    return decoded.kind === 'value' ? (decoded.value as ValueOf<Topic>) : undefined
  } catch {
    return undefined
  }
}

const paymentIn = (
  { id, status, payment, created_at }: Payment,
  { timestamp }: InputRecord,
): RecentPayment => ({
  id,
  status,
  amountCents: payment.amount,
  createdAt: created_at,
  changedAtMs: timestamp,
})

const anomalyIn = (
  { payment_id, kind, amount }: PaymentAnomaly,
  { timestamp }: InputRecord,
): RecentAnomaly => ({ paymentId: payment_id, kind, amountCents: amount, atMs: timestamp })
