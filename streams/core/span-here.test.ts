import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { exampleTracing } from '#apps/platform/tracing/example-tracing'
import { outsideSpans, spanHere, withinSpan } from '#core/span-here'

const span = exampleTracing().tracing.begin({ name: 'process in', kind: 'consumer' })

it('a span is there for all that is done because of it, and nowhere else', async () => {
  const seen = withinSpan(span, async () => {
    await sleep(1)
    return spanHere()
  })
  expect(spanHere()).toBeUndefined()
  expect(await seen).toBe(span)
})

it('what is nobody’s work in particular is in no span', async () => {
  const seen = withinSpan(span, () =>
    outsideSpans(async () => {
      await sleep(1)
      return spanHere()
    }),
  )
  expect(await seen).toBeUndefined()
})
