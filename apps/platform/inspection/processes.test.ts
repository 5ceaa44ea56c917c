import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { startExampleApp } from '#apps/platform/example-app'
import {
  askProcess,
  circuitMsMax,
  needsOfProcesses,
  type ProcessStatus,
} from '#apps/platform/inspection/processes'

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})
const processOf = (more: Partial<ProcessStatus> = {}): ProcessStatus => ({
  url: 'http://127.0.0.1:1',
  app: 'worker',
  version: '0.1.0',
  problems: [],
  units: [],
  circuits: [],
  ...more,
})
const nowMs = Date.parse('2026-01-15T12:00:00Z')

describe('a process that is asked how it is', () => {
  it('tells of its units, circuits and problems, red or not', async () => {
    const units = [{ unit: 'keeper', state: 'stopped', reason: 'its offsets are lost' }]
    const circuit = { unit: 'opener', party: 'examplepay', state: 'open', reason: '503' }
    const circuits = [{ ...circuit, since: '2026-01-15T12:00:00Z' }]
    const problems = ['keeper stopped: its offsets are lost']
    const details = { units, circuits }
    const app = await startExampleApp(
      () => undefined,
      () => ({ problems, details }),
    )
    stops.push(app.close)
    expect(await askProcess(app.url)).toEqual({
      url: app.url,
      app: 'example',
      version: expect.any(String) as string,
      problems,
      units,
      circuits: [{ ...circuit, sinceMs: nowMs }],
    })
  })

  it('is named where it does not answer, or is another program', async () => {
    const gone = await askProcess('http://127.0.0.1:1')
    expect(gone.problems).toEqual([
      expect.stringMatching(/^no process answers at http:\/\/127\.0\.0\.1:1 \(.+\): start it/),
    ])
    const server: Server = createServer((_, response) => response.end('<html>'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    stops.push(() => server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    expect((await askProcess(url)).problems).toEqual([
      `what answers at ${url}/status is no process of Corrente`,
    ])
  })
})

describe('what processes need somebody for', () => {
  it('is what they say, and a party that is away for long', () => {
    const circuit = { unit: 'opener', party: 'examplepay', state: 'open', reason: '503' } as const
    const circuits = [
      { ...circuit, sinceMs: nowMs - circuitMsMax - 1 },
      { ...circuit, party: 'other', sinceMs: nowMs - circuitMsMax },
      { ...circuit, party: 'third', state: 'closed', sinceMs: 0 } as const,
    ]
    const found = needsOfProcesses(
      [
        processOf({ problems: ['keeper stopped: its offsets are lost'], circuits }),
        processOf({ app: undefined, problems: ['no process answers at http://x'] }),
        processOf({ app: 'ingest' }),
      ],
      nowMs,
    )
    expect(found).toEqual([
      'worker: keeper stopped: its offsets are lost',
      'no process answers at http://x',
      'examplepay has not answered opener since 2026-01-15T11:54:59.999Z (503): ask them; what waits is parked',
    ])
  })
})
