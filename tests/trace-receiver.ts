import { once } from 'node:events'
import { createServer } from 'node:http'
import type { TestStack } from '#tests/stack'

/** A span as a receiver of OTLP is told of it. */
export interface ReceivedSpan {
  /** Who told it, `service.name`. */
  readonly service: string
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  /** Empty where nothing caused it. */
  readonly parentSpanId: string
  /** 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number
  readonly attributes: Readonly<Record<string, unknown>>
}

type Values = readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[]

interface Told {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: Values }
    readonly scopeSpans: readonly {
      readonly spans: readonly (Omit<ReceivedSpan, 'service' | 'attributes'> & {
        readonly attributes: Values
      })[]
    }[]
  }[]
}

const valuesOf = (values: Values): Record<string, unknown> =>
  Object.fromEntries(values.map(({ key, value }) => [key, Object.values(value)[0]]))

const spansIn = ({ resourceSpans }: Told): readonly ReceivedSpan[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(valuesOf(resource.attributes)['service.name'])
    return scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        ...span,
        service,
        parentSpanId: span.parentSpanId ?? '',
        attributes: valuesOf(span.attributes),
      })),
    )
  })

const portOf = ({ portBase }: Pick<TestStack, 'portBase'>): number => portBase + 96

/**
 * Where apps of a stack tell their spans, and which: those of traces that somebody else began and records. The receiver is
 * away until a test opens it, as it may be anywhere.
 */
export const tracesOf = (stack: Pick<TestStack, 'portBase'>) => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${portOf(stack)}`,
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  OTEL_TRACES_SAMPLER: 'parentbased_always_off',
  OTEL_BSP_SCHEDULE_DELAY: '100',
})

/** A receiver of OTLP over HTTP in JSON. */
export async function openReceiver(stack: TestStack) {
  const received: ReceivedSpan[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      received.push(...spansIn(JSON.parse(Buffer.concat(parts).toString()) as Told))
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  server.listen(portOf(stack), '127.0.0.1')
  await once(server, 'listening')
  return {
    /** What was told of a trace so far. */
    spansOf: (traceId: string): readonly ReceivedSpan[] =>
      received.filter((span) => span.traceId === traceId),
    async close(): Promise<void> {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
