import { type OpenLoop, startOpenLoop } from '#tests/bench/open-loop'
import { benchEvent, eventBytes, keyNumberOf, keyOf } from '#tests/bench/engine/bench-events'
import type { BenchStack } from '#tests/bench/engine/bench-stack'
import { fewKeys } from '#tests/bench/engine/loads'

/** Writes events of the bench at a steady pace; begins at once, with event 0. */
export const startGenerator = (
  { kafka, event }: BenchStack,
  topic: string,
  perSecond: number,
): Promise<OpenLoop> =>
  startOpenLoop(kafka, {
    topic,
    perSecond,
    content(sequence) {
      const key = keyOf(keyNumberOf(sequence, fewKeys))
      return { key, value: eventBytes(event.id, benchEvent(sequence, key)) }
    },
  })
