import { describe, expect, it } from 'vitest'
import { exampleTracing, foreignTrace } from '#apps/platform/tracing/example-tracing'
import { TransientError } from '#core/errors'
import { withSendSpan } from '#core/send-span'
import { withinSpan } from '#core/span-here'
import { parsedTraceparent } from '#ports/trace-context'

const at = { topic: 'payment.facts', partition: 1, offset: 7 }
const story = { 'correlation-id': 'story', ...foreignTrace() }

/** What a request writes: the headers of the record, and what is told of it. */
async function sentBy(headers: Readonly<Record<string, string>>, error?: Error) {
  const { tracing, told } = exampleTracing()
  const server = tracing.begin({ name: 'POST', kind: 'server' })
  let written: Readonly<Record<string, string>> = {}
  const sending = withinSpan(server, () =>
    withSendSpan('payment.facts', headers, async (given) => {
      written = given
      if (error) throw error
      return at
    }),
  )
  await sending.catch(() => undefined)
  const [sent] = await told()
  return { written, sent: sent!, server: parsedTraceparent(server.headers['traceparent'])! }
}

describe('withSendSpan', () => {
  it('writes a record as it is where nothing is traced', async () => {
    const place = await withSendSpan('payment.facts', story, async (headers) => {
      expect(headers).toBe(story)
      return at
    })
    expect(place).toBe(at)
  })

  it('names the span that wrote a record in its headers', async () => {
    const { written, sent, server } = await sentBy({ 'correlation-id': 'story' })
    expect(written).toEqual({
      'correlation-id': 'story',
      traceparent: `00-${server.traceId}-${sent.spanId}-01`,
    })
    expect(sent).toMatchObject({
      name: 'send payment.facts',
      kind: 'producer',
      parent: server.spanId,
      attributes: { 'messaging.destination.partition.id': '1', 'messaging.kafka.offset': 7 },
    })
  })

  it('goes on with the story a record belongs to, linked to whoever asked', async () => {
    const { written, sent, server } = await sentBy(story)
    expect(sent.traceId).toBe('4bf92f3577b34da6a3ce929d0e0e4736')
    expect(sent.links).toEqual([server.spanId])
    expect(parsedTraceparent(written['traceparent'])?.spanId).toBe(sent.spanId)
  })

  it('tells that a record was not acknowledged', async () => {
    const { sent } = await sentBy({}, new TransientError('late'))
    expect(sent.attributes['error.type']).toBe('TransientError')
  })
})
