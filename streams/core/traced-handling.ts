import { TransientError } from '#core/errors'
import {
  attempted,
  handled,
  type Outcome,
  type Surroundings,
  type Trying,
} from '#core/handle-record'
import type { Processor, Task } from '#core/processor'
import type { InputRecord } from '#core/records'
import { withinSpan } from '#core/span-here'

/** One record through a pure unit, in a span where traces are on. */
export function tracedHandling(
  processor: Processor,
  record: InputRecord,
  value: unknown,
  given: Surroundings,
): Outcome {
  const { tracing } = given
  if (!tracing) return handled(processor, record, value, given)
  const span = tracing.begin(record)
  return tracing.handled(span, record, handled(processor, record, value, given))
}

/** One try of a task, in a span where traces are on: whatever it asks of others belongs to it. */
export async function tracedTry(
  task: Task,
  record: InputRecord,
  value: unknown,
  given: Trying,
): Promise<Outcome | TransientError> {
  const { tracing, attempt, signal } = given
  const trying = () => attempted(task, record, value, given)
  if (!tracing) return trying()
  const span = tracing.begin(record, attempt)
  const result = await (span ? withinSpan(span, trying) : trying())
  const isTransient = result instanceof TransientError
  if (!isTransient && !signal.aborted) return tracing.handled(span, record, result)
  // What comes after the try was given up is nobody's outcome any more.
  tracing.inVain(span, record, isTransient ? result : new TransientError('it came too late'))
  return result
}
