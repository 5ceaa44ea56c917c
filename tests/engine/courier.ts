import { defineTask, type Exhausted, to } from '#core/processor'
import { topicsOf } from '#tests/engine/counter'
import { unstamped } from '#tests/engine/waker'
import type { PaymentAnomaly } from '#schemas/generated/types'

interface Given {
  readonly call: (party: string, message: string) => Promise<void>
  readonly attemptsMax?: number
  /** What it means that the tries are used up: the kind of the event passed on. */
  readonly exhausted?: (attempts: number, reason: string) => Promise<string>
}

/** Passes events on by a call to the party their `connector` names. */
export const courierOf = (suffix: string, partitions: number, given: Given) => {
  const { input, output } = topicsOf(suffix, partitions)
  const { call, attemptsMax, exhausted } = given
  const partyOf = ({ connector }: Pick<PaymentAnomaly, 'connector'>) => connector ?? 'nobody'
  const onExhausted =
    exhausted &&
    (async (value: PaymentAnomaly, { attempts, reason }: Exhausted) => [
      to(output, { ...unstamped(value), kind: await exhausted(attempts, reason) }),
    ])
  return defineTask({
    name: `courier-${suffix}`,
    input,
    outputs: [output],
    orderBy: ({ payment_id }) => payment_id,
    partyOf,
    concurrency: 10,
    concurrencyPerParty: 1,
    timeoutMs: 2_000,
    retry: { delayMsFirst: 50, delayMsMax: 200, ...(attemptsMax ? { attemptsMax } : {}) },
    async run(value) {
      await call(partyOf(value), value.message)
      // What comes of a record that is too large to be parked must not be too large to be written.
      const message = value.message.slice(0, 100)
      return [to(output, { ...unstamped(value), message, kind: 'called' })]
    },
    ...(onExhausted ? { onExhausted } : {}),
  })
}
