import { afterEach, describe, expect, it } from 'vitest'
import { ExampleBrowser } from '#apps/operations/example-browser'
import { examplePorts, exampleSamples } from '#apps/operations/example-ports'
import { operations, type OperationsPorts } from '#apps/operations/operations'
import { Samples } from '#apps/operations/samples'
import { listen } from '#apps/platform/http'

let stop = async (): Promise<void> => undefined
afterEach(() => stop())

/** A page as a reader sees it. */
async function read(path: string, more: Partial<OperationsPorts>): Promise<string> {
  const server = await listen(operations(examplePorts(more)), 0)
  stop = server.close
  const { status, text } = await new ExampleBrowser(server.url).get(path)
  expect(status).toBe(200)
  return text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
}

/** The keeper is behind in one partition, and lost in another. */
function behind(): Samples {
  const samples = new Samples()
  const place = { topic: 'payment.facts', beginning: 0, end: 1_500, lag: 500 }
  const partitions = [
    { ...place, partition: 0, committed: 1_000 },
    { ...place, partition: 1, committed: undefined },
    { ...place, partition: 2, committed: 1_500, lag: 0 },
  ]
  samples.add({
    atMs: 0,
    ends: new Map(),
    units: [{ unit: 'payment-keeper', members: 1, lag: 1_000, partitions }],
  })
  return samples
}
const viewOf = (samples: Samples) => ({
  view: () => ({ samples, ledgers: undefined, problems: [] }),
})

describe('the page of lags', () => {
  it('shows each partition of a unit that is behind, and what is amiss with it', async () => {
    const text = await read('/lag', viewOf(behind()))
    expect(text).toContain('payment-keeper 1,000')
    expect(text).toContain('payment.facts/0 500 1,000 1,500')
    expect(text).toContain('payment.facts/1 500 – 1,500 nothing says from where to read')
  })

  it('says that none is where none is', async () => {
    expect(await read('/lag', viewOf(exampleSamples()))).toContain('No unit lags.')
    expect(await read('/lag?unit=payment-keeper', viewOf(exampleSamples()))).toContain(
      'payment.facts/0 0',
    )
  })
})

describe('the page of circuits', () => {
  const circuit = { unit: 'debt-position-opener', sinceMs: undefined, reason: undefined }
  const process = { url: 'http://w', app: 'worker', version: '1', problems: [], units: [] }

  it('shows all of them, those that are not closed first', async () => {
    const circuits = [
      { ...circuit, party: 'a', state: 'closed' as const },
      { ...circuit, party: 'b', state: 'open' as const, sinceMs: 0, reason: 'answered 503' },
    ]
    const text = await read('/circuits', { processes: async () => [{ ...process, circuits }] })
    expect(text).toMatch(
      /b debt-position-opener open 1970.* answered 503 a debt-position-opener closed/,
    )
  })

  it('says that no process tells of any', async () => {
    expect(await read('/circuits', {})).toContain('No process tells of a circuit')
  })
})

describe('the page of configurations', () => {
  it('names processes of different versions, and what is amiss with settings', async () => {
    const process = { app: 'worker', problems: [], units: [], circuits: [] }
    const processes = async () => [
      { ...process, url: 'http://a', version: '1.0.0' },
      { ...process, url: 'http://b', version: '1.1.0' },
    ]
    const text = await read('/configuration', { processes, warnings: ['a setting is odd'] })
    expect(text).toContain('processes run different versions: 1.0.0, 1.1.0')
    expect(text).toContain('a setting is odd')
    expect(text).toContain('no public body takes payments')
  })
})

describe('the audit', () => {
  it('shows what operators did, the last first', async () => {
    const done = {
      action: 'redrive',
      operator: 'ada',
      via: 'page',
      reason: 'mended',
      unit: 'payment-keeper',
      selection: 'all',
    }
    const subjects = Array.from({ length: 7 }, (_, n) => `payment-keeper.dlq@0:${n}`)
    const text = await read('/audit', {
      audit: async () => [
        { ...done, id: '1', atMs: 0, subjects },
        { ...done, id: '2', atMs: 60_000, operator: 'bob', subjects: ['payment-1'] },
      ],
    })
    expect(text).toMatch(
      /00:01:00 UTC redrive payment-keeper bob page mended payment-1 .*00:00:00 UTC redrive payment-keeper ada/,
    )
    expect(text).toContain('payment-keeper.dlq@0:4 and 2 more')
  })
})
