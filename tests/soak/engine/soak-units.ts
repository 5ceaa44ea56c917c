import type { AnyTopic, Unit } from '#core/processor'
import { defineProcessor, defineTask, to, wakeAt } from '#core/processor'
import type { PaymentAnomaly } from '#schemas/generated/types'
import { changelog, events } from '#schemas/topic'
import { counted, sequenceOf } from '#tests/bench/engine/bench-events'

/** Passes events on; counts them; calls the outside with each; or sets a timer for each. */
export type UnitKind = 'stateless' | 'stateful' | 'task' | 'timers'

/** A unit of the soak, and by it the names of its topics. */
export interface UnitSpec {
  readonly kind: UnitKind
  /** Tells the units of one scenario from those of another. */
  readonly suffix: string
  readonly partitions: number
}

/** One try of a record at the outside. */
export interface EffectCall {
  readonly place: string
  readonly key: string
  readonly sequence: number
  readonly party: string
  readonly signal: AbortSignal
}
export type Effect = (call: EffectCall) => Promise<void>

export const nameOf = ({ kind, suffix }: UnitSpec): string => `soak-${kind}-${suffix}`

export const topicsOf = (spec: UnitSpec) => {
  const { partitions } = spec
  const name = nameOf(spec)
  const options = { key: 'payment_id', partitions } as const
  return {
    input: events(`${name}.in`, 'corrente.payments.PaymentAnomaly', options),
    output: events(`${name}.out`, 'corrente.payments.PaymentAnomaly', options),
    rows: changelog(`${name}.rows`, 'corrente.payments.ReportedPayment', options),
  }
}

/** The topics of a unit that are there before it is. */
export const declaredTopics = (spec: UnitSpec): readonly AnyTopic[] => {
  const { input, output, rows } = topicsOf(spec)
  return spec.kind === 'stateful' ? [input, output, rows] : [input, output]
}

export const parties = 3
/** The outside party of a key; `keyOf` begins with its number. */
export const partyOf = (key: string): string =>
  `party-${Number.parseInt(key.slice(0, 8), 16) % parties}`

interface Position {
  readonly partition: number
  readonly offset: number
}
const placeOf = ({ partition, offset }: Position) => `${partition}/${offset}`

const passing = (spec: UnitSpec): Unit => {
  const { input, output } = topicsOf(spec)
  return defineProcessor({
    name: nameOf(spec),
    input,
    outputs: [output],
    handle: (event, { position }) => [to(output, { ...event, transaction_id: placeOf(position) })],
  }) as Unit
}

const counting = (spec: UnitSpec): Unit => {
  const { input, output, rows } = topicsOf(spec)
  return defineProcessor({
    name: nameOf(spec),
    input,
    outputs: [output],
    state: rows,
    handle(event, { state, position }) {
      const before = state.get(event.payment_id)?.status
      const { next, row } = counted(event, before, placeOf(position))
      return [to(output, next), to(rows, row)]
    },
  }) as Unit
}

const calling = (spec: UnitSpec, effect: Effect, hasParties: boolean): Unit => {
  const { input, output } = topicsOf(spec)
  return defineTask({
    name: nameOf(spec),
    input,
    outputs: [output],
    orderBy: ({ payment_id }: PaymentAnomaly) => payment_id,
    ...(hasParties ? { partyOf: ({ payment_id }: PaymentAnomaly) => partyOf(payment_id) } : {}),
    concurrency: 64,
    timeoutMs: 5_000,
    retry: { delayMsFirst: 50, delayMsMax: 500 },
    async run(event: PaymentAnomaly, { position, signal }) {
      const { payment_id: key, message } = event
      const place = placeOf(position)
      const sequence = sequenceOf(message)
      await effect({ place, key, sequence, party: partyOf(key), signal })
      return [to(output, { ...event, transaction_id: place })]
    },
  }) as Unit
}

const timerMs = (sequence: number) => 500 + (sequence % 20) * 100

/** Each event is written once more to the input after half a second to two and a half, and passed on from there. */
const waking = (spec: UnitSpec): Unit => {
  const { input, output } = topicsOf(spec)
  return defineProcessor({
    name: nameOf(spec),
    input,
    outputs: [output],
    timers: true,
    handle(event, { now, position }) {
      if (event.kind === 'woken') return [to(output, event)]
      const { event_id: _, event_version: __, event_created_at: ___, app_id: ____, ...rest } = event
      const instant = new Date(now.getTime() + timerMs(sequenceOf(event.message)))
      return [wakeAt(instant, { ...rest, kind: 'woken', transaction_id: placeOf(position) })]
    },
  }) as Unit
}

/** The unit; `effect` is what a task does outside. */
export function soakUnit(spec: UnitSpec, effect: Effect, hasParties = false): Unit {
  switch (spec.kind) {
    case 'stateless':
      return passing(spec)
    case 'stateful':
      return counting(spec)
    case 'task':
      return calling(spec, effect, hasParties)
    case 'timers':
      return waking(spec)
  }
}
