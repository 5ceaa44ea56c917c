/** One event of a stream of server-sent events. */
export interface StreamEvent {
  /** `message` where the stream does not say. */
  readonly event: string
  readonly data: string
}

/** A line, or what comes of one, is no longer; who sends more is no stream of events. */
const charactersMax = 1024 * 1024

/** The events of a body of `text/event-stream`, as they come; ends with it. Leaving the loop ends the request. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<StreamEvent, undefined> {
  const decoder = new TextDecoder()
  let waiting = ''
  // The types of the platform do not know that it can be iterated.
  for await (const bytes of body as unknown as AsyncIterable<Uint8Array>) {
    waiting += decoder.decode(bytes, { stream: true })
    if (waiting.length > charactersMax) throw new Error('the stream of events has too long a line')
    const blocks = waiting.split(/\r\n\r\n|\n\n|\r\r/)
    waiting = blocks.pop()!
    for (const block of blocks) {
      const event = eventIn(block)
      if (event) yield event
    }
  }
  return undefined
}

/** Undefined where a block only has comments, or no data. */
function eventIn(block: string): StreamEvent | undefined {
  const fields = block.split(/\r\n|\n|\r/).map(fieldOf)
  const valuesOf = (name: string) => fields.flatMap(([key, value]) => (key === name ? [value] : []))
  const data = valuesOf('data')
  if (data.length === 0) return undefined
  return { event: valuesOf('event').at(-1) || 'message', data: data.join('\n') }
}

function fieldOf(line: string): readonly [name: string, value: string] {
  const colon = line.indexOf(':')
  if (colon < 0) return [line, '']
  return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')]
}
