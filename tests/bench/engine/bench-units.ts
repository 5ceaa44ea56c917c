import { TransientError } from '#core/errors'
import {
  defineProcessor,
  defineTask,
  type Processor,
  type Task,
  to,
  type Unit,
} from '#core/processor'
import { changelog, events } from '#schemas/topic'
import { counted } from '#tests/bench/engine/bench-events'

/** Partitions of every topic of the bench. */
export const partitions = 3

/** A topic of events of the bench. */
export const eventsTopic = <Name extends string>(name: Name) =>
  events(name, 'corrente.payments.PaymentAnomaly', { key: 'payment_id', partitions })

/** A topic of rows, one a payment. */
export const rowsTopic = <Name extends string>(name: Name) =>
  changelog(name, 'corrente.payments.ReportedPayment', { key: 'payment_id', partitions })

/** Events for this party cannot be delivered. */
export const absentParty = 'absent'

/** A unit of the bench by the names of its topics; with `rows` it keeps state, and it may be a task. */
export interface UnitNames {
  readonly name: string
  readonly input: string
  readonly output: string
  readonly rows?: string
  readonly isTask?: boolean
}

/** Writes each event on as a new one. */
const passing = ({ name, input, output: outputName }: UnitNames): Processor => {
  const output = eventsTopic(outputName)
  return defineProcessor({
    name,
    input: eventsTopic(input),
    outputs: [output],
    handle: (event, { position: { partition, offset } }) => [
      to(output, { ...event, transaction_id: `${partition}/${offset}` }),
    ],
  }) as Processor
}

/** The same, and counts the events of each key and adds up their cents. */
const counting = ({ name, input, output: outputName }: UnitNames, rowsName: string): Processor => {
  const output = eventsTopic(outputName)
  const rows = rowsTopic(rowsName)
  return defineProcessor({
    name,
    input: eventsTopic(input),
    outputs: [output],
    state: rows,
    handle(event, { state, position: { partition, offset } }) {
      const before = state.get(event.payment_id)?.status
      const { next, row } = counted(event, before, `${partition}/${offset}`)
      return [to(output, next), to(rows, row)]
    },
  }) as Processor
}

const hourMs = 3_600_000

/** Delivers each event to its party at once, and passes it on; what cannot be delivered is parked for an hour. */
const delivering = ({ name, input, output: outputName }: UnitNames): Task => {
  const output = eventsTopic(outputName)
  return defineTask({
    name,
    input: eventsTopic(input),
    outputs: [output],
    orderBy: ({ payment_id }) => payment_id,
    partyOf: ({ connector }) => connector ?? 'present',
    concurrency: 100,
    timeoutMs: 10_000,
    retry: { delayMsFirst: hourMs, delayMsMax: hourMs },
    async run(event, { position: { partition, offset } }) {
      // It speaks against the record alone: an open circuit would spare the tries that are to be measured.
      if (event.connector === absentParty) throw new TransientError('away', { isOfParty: false })
      return [to(output, { ...event, transaction_id: `${partition}/${offset}` })]
    },
  }) as Task
}

/** The unit of these names. */
export function benchUnit(names: UnitNames): Unit {
  if (names.isTask) return delivering(names)
  return names.rows === undefined ? passing(names) : counting(names, names.rows)
}
