import { AsyncLocalStorage } from 'node:async_hooks'
import type { Span } from '#ports/tracing'

const spans = new AsyncLocalStorage<Span>()

/** Does a piece of work; what is asked or written meanwhile, and because of it, belongs to the span. */
export const withinSpan = <Done>(span: Span, work: () => Done): Done => spans.run(span, work)

/** The span of what is done here and now; undefined where none is, as always where nothing is traced. */
export const spanHere = (): Span | undefined => spans.getStore()

/** Does what is nobody's work in particular, such as emptying a queue, in no span. */
export const outsideSpans = <Done>(work: () => Done): Done => spans.exit(work)
