import { describe, expect, it } from 'vitest'
import { readEvents } from '#apps/platform/event-stream'

async function eventsOf(...parts: readonly string[]) {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) controller.enqueue(Buffer.from(part))
      controller.close()
    },
  })
  const events = []
  for await (const { event, data } of readEvents(body)) events.push(`${event}: ${data}`)
  return events
}

describe('a stream of events', () => {
  it('is read wherever it is cut', async () => {
    const text = 'event: export\ndata: {"a":"é"}\n\n: still here\n\ndata: b\n\n'
    const bytes = Buffer.from(text)
    for (let at = 1; at < bytes.length; at++) {
      const parts = [bytes.subarray(0, at), bytes.subarray(at)]
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          for (const part of parts) controller.enqueue(part)
          controller.close()
        },
      })
      const events = []
      for await (const event of readEvents(body)) events.push(event)
      expect(events).toEqual([
        { event: 'export', data: '{"a":"é"}' },
        { event: 'message', data: 'b' },
      ])
    }
  })

  it('joins the lines of one event, whatever ends them', async () => {
    expect(await eventsOf('data: a\ndata:b\n\n', 'data: c\r\ndata\r\n\r\n')).toEqual([
      'message: a\nb',
      'message: c\n',
    ])
  })

  it('has no event that did not come to its end', async () => {
    expect(await eventsOf('data: a\n\ndata: b\n')).toEqual(['message: a'])
  })

  it('is not read into memory for ever', async () => {
    await expect(eventsOf(`data: ${'x'.repeat(1_100_000)}`)).rejects.toThrow('too long a line')
  })
})
