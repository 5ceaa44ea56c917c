import { RejectedError } from '#core/errors'
import { defineProcessor, to } from '#core/processor'
import { topicsOf } from '#tests/engine/counter'
import { unstamped } from '#tests/engine/waker'

/** Counts the events of each payment, and refuses those of kind `reject` until it is mended. */
export const rejecterOf = (suffix: string, partitions: number, { isMended = false } = {}) => {
  const { input, output, counts } = topicsOf(suffix, partitions)
  return defineProcessor({
    name: `rejecter-${suffix}`,
    input,
    outputs: [output],
    state: counts,
    handle(value, { state, newId, position }) {
      const event = unstamped(value)
      const { payment_id } = event
      if (event.kind === 'reject' && !isMended) throw new RejectedError('not-yet', 'not yet')
      const status = String(Number(state.get(payment_id)?.status ?? 0) + 1)
      const transaction_id = `${position.partition}/${position.offset}`
      return [
        to(output, { ...event, status, transaction_id, fact_event_id: newId() }),
        to(counts, { payment_id, status }),
      ]
    },
  })
}
