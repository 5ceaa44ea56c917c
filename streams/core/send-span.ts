import { errorCode } from '#core/dead-letter'
import type { Position } from '#core/records'
import { spanHere } from '#core/span-here'
import { parsedTraceparent } from '#ports/trace-context'
import type { Span } from '#ports/tracing'

type Headers = Readonly<Record<string, string>>

/**
 * Writes a record in a span of its own, which its headers name. Headers that name a trace already keep it: the story goes
 * on, and whoever asks here and now is linked. Where nothing is traced here the record is written as it is.
 */
export function withSendSpan(
  topic: string,
  headers: Headers,
  write: (headers: Headers) => Promise<Position>,
): Promise<Position> {
  const here = spanHere()
  return here ? sentWithin(here, { topic, headers, write }) : write(headers)
}

interface Sending {
  readonly topic: string
  readonly headers: Headers
  readonly write: (headers: Headers) => Promise<Position>
}

async function sentWithin(here: Span, { topic, headers, write }: Sending): Promise<Position> {
  const hasStory = parsedTraceparent(headers['traceparent']) !== undefined
  const span = here.begin({
    name: `send ${topic}`,
    kind: 'producer',
    ...(hasStory ? { parent: headers, links: [here.headers['traceparent']!] } : {}),
  })
  span.set({
    'messaging.system': 'kafka',
    'messaging.operation.name': 'send',
    'messaging.operation.type': 'send',
    'messaging.destination.name': topic,
  })
  const { traceparent: _, tracestate: __, ...others } = headers
  try {
    const at = await write({ ...others, ...span.headers })
    span.end({
      attributes: {
        'messaging.destination.partition.id': String(at.partition),
        'messaging.kafka.offset': at.offset,
      },
    })
    return at
  } catch (error) {
    span.end({ error: errorCode(error) })
    throw error
  }
}
