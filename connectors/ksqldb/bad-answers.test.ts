import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { exampleRows, refusal, v1Answer } from '#connectors/ksqldb/example-answers'
import { closing, failure, rowsOf, scene, v1 } from '#connectors/ksqldb/example-scene'
import { ksqldb } from '#connectors/ksqldb/index'
import type { SandboxAnswer } from '#connectors/ksqldb/sandbox'

describe.each(['1.1', '2'] as const)('a pull query over HTTP/%s', (http) => {
  it.each([
    ['nothing', { ending: 'cut' }, 'KsqlUnavailable'],
    [
      'a connection cut within the rows',
      { type: v1, pieces: [v1Answer().subarray(0, -40)], ending: 'cut' },
      'KsqlUnavailable: ksqlDB',
    ],
    [
      'an end within the rows',
      { type: v1, pieces: [v1Answer().subarray(0, -40)] },
      'KsqlUnavailable: ksqlDB',
    ],
    ['no body', { type: v1, pieces: [] }, "KsqlUnavailable: ksqlDB's answer was cut short"],
    [
      'a page with 200',
      { type: 'text/html; charset=utf-8', pieces: [Buffer.from('<html>it works</html>')] },
      "KsqlUnavailable: ksqlDB's address answered 200 with text/html",
    ],
    [
      'a page with 404',
      { status: 404, type: 'text/html', pieces: [Buffer.from('<html>nothing</html>')] },
      'KsqlUnavailable: ksqlDB answered 404, and not in its own form',
    ],
    [
      'a redirect',
      { status: 302, headers: { location: 'http://elsewhere.example/' } },
      'KsqlUnavailable: ksqlDB answered 302, and not in its own form',
    ],
    [
      'JSON of another kind',
      { type: 'application/json', pieces: [Buffer.from('{}')] },
      'KsqlUnavailable: ksqlDB',
    ],
    ['406', { status: 406 }, 'KsqlUnavailable: ksqlDB answered 406, and not in its own form'],
    [
      'starting',
      { status: 503, pieces: [refusal(50302)] },
      'KsqlUnavailable: ksqlDB answered 503 (50302)',
    ],
    [
      'broken',
      { status: 500, pieces: [refusal(50000)] },
      'KsqlUnavailable: ksqlDB answered 500 (50000)',
    ],
    [
      'too many requests',
      { status: 429, pieces: [refusal(42900)] },
      'KsqlUnavailable: ksqlDB answered 429 (42900)',
    ],
    [
      'no store yet',
      {
        status: 400,
        pieces: [refusal(40001, 'Materialized data for key x is not available yet.')],
      },
      'KsqlUnavailable: ksqlDB has not loaded the table yet',
    ],
    [
      'no owner yet',
      {
        status: 400,
        pieces: [refusal(40001, 'Cannot determine which host contains the required')],
      },
      'KsqlUnavailable: ksqlDB has not loaded the table yet',
    ],
    [
      'wrong credentials',
      { status: 401, pieces: [refusal(40100)] },
      'KsqlUnauthorized: ksqlDB does not take the username and password',
    ],
    [
      'no right',
      { status: 403, pieces: [refusal(40300)] },
      'KsqlUnauthorized: ksqlDB gives these credentials no right to this',
    ],
    [
      'a wrong statement',
      { status: 400, pieces: [refusal(40001, 'line 1: secret')] },
      'KsqlStatementError: ksqlDB refuses the statement (40001)',
    ],
    [
      'no registry',
      { status: 428, pieces: [refusal(42801)] },
      'KsqlStatementError: ksqlDB refuses the statement (42801)',
    ],
  ] as [string, SandboxAnswer, string][])(
    'says what a bad answer means: %s',
    async (_name, answer, expected) => {
      const { client } = await scene(http, () => answer)
      expect(await failure(rowsOf({ client }))).toContain(expected)
    },
  )

  it('goes on with the next one after a bad answer', async () => {
    const { client } = await scene(http, (_request, nth) =>
      nth === 1 ? { ending: 'cut' } : { type: v1, pieces: [v1Answer()] },
    )
    expect(await failure(rowsOf({ client }))).toContain('KsqlUnavailable')
    expect(await rowsOf({ client })).toEqual(exampleRows)
  })

  it('is refused where nobody listens', async () => {
    const { client, sandbox } = await scene(http, () => ({}))
    await sandbox.stop()
    closing.splice(closing.indexOf(sandbox.stop), 1)
    expect(await failure(rowsOf({ client }))).toMatch(/KsqlUnavailable: .*ECONNREFUSED/)
  })

  it('is given up where the connection is not made in time', async () => {
    // It takes the connection and never says a word of TLS.
    const mute = createServer().listen(0, '127.0.0.1')
    await once(mute, 'listening')
    const { port } = mute.address() as AddressInfo
    const client = ksqldb({ http, url: `https://127.0.0.1:${port}`, connect_ms: 100 })
    closing.push(async () => void mute.close(), client.close)
    expect(await failure(rowsOf({ client }))).toBe(
      'KsqlUnavailable: ksqlDB gave no whole answer (connect-timeout)',
    )
  })
})
