import { defineProcessor, type Processor, to } from '#core/processor'
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

/** A unit of the bench by the names of its topics; with `rows` it keeps state. */
export interface UnitNames {
  readonly name: string
  readonly input: string
  readonly output: string
  readonly rows?: string
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

/** The unit of these names. */
export const benchUnit = (names: UnitNames): Processor =>
  names.rows === undefined ? passing(names) : counting(names, names.rows)
