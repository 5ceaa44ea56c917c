import { describe, expect, it } from 'vitest'
import { delimitedAnswer, exampleRows, refusal, v1Answer } from '#connectors/ksqldb/example-answers'
import {
  closing,
  cut,
  delimited,
  failure,
  rowsOf,
  scene,
  v1,
} from '#connectors/ksqldb/example-scene'
import { ksqldb, KsqlStatementError } from '#connectors/ksqldb/index'
import type { SandboxAnswer } from '#connectors/ksqldb/sandbox'
import { ksql } from '#ports/ksql-text'

describe.each(['1.1', '2'] as const)('a pull query over HTTP/%s', (http) => {
  it('is asked as ksqlDB wants it, in both forms', async () => {
    const { client, sandbox } = await scene(http, ({ path }) =>
      path === '/query'
        ? { type: v1, pieces: [v1Answer()] }
        : { type: delimited, pieces: [delimitedAnswer()] },
    )
    expect(await rowsOf({ client }, { properties: { 'a.b': true } })).toEqual(exampleRows)
    const other = ksqldb({ http, url: sandbox.url, format: 'delimited' })
    closing.push(other.close)
    expect(await rowsOf({ client: other })).toEqual(exampleRows)
    const text = "SELECT * FROM payments WHERE payment_id = 'p-0001';"
    expect(
      sandbox.requests.map(({ method, path, headers: { accept }, body }) => ({
        method,
        path,
        accept,
        body: JSON.parse(body) as unknown,
      })),
    ).toEqual([
      {
        method: 'POST',
        path: '/query',
        accept: v1,
        body: { ksql: text, streamsProperties: { 'a.b': true } },
      },
      {
        method: 'POST',
        path: '/query-stream',
        accept: delimited,
        body: { sql: text, properties: {} },
      },
    ])
  })

  it('gives the same rows however the answer is cut', async () => {
    const sizes = [1, 2, 3, 7, 64]
    const { client } = await scene(http, (_request, nth) => ({
      type: v1,
      pieces: cut(v1Answer(), sizes[nth - 1]!).flatMap((piece, at) =>
        at % 40 === 0 ? [0, piece] : [piece],
      ),
    }))
    for (const _ of sizes) expect(await rowsOf({ client })).toEqual(exampleRows)
  })
})

describe('credentials', () => {
  const basic = `Basic ${Buffer.from('ann:se:cret é').toString('base64')}`

  it.each([
    ['in the URL', (url: string) => ({ url: url.replace('//', '//ann:se%3Acret%20%C3%A9@') })],
    ['beside it', (url: string) => ({ url, username: 'ann', password: 'se:cret é' })],
  ])('%s are sent with every request', async (_name, config) => {
    for (const http of ['1.1', '2'] as const) {
      const { sandbox } = await scene(http, () => ({ type: v1, pieces: [v1Answer()] }))
      const client = ksqldb({ http, ...config(sandbox.url) })
      closing.push(client.close)
      await rowsOf({ client })
      expect(sandbox.requests[0]?.headers['authorization']).toBe(basic)
    }
  })

  it('are in no error', async () => {
    const { sandbox } = await scene('1.1', () => ({ status: 401, pieces: [refusal(40100, basic)] }))
    const client = ksqldb({ url: sandbox.url, username: 'ann', password: 'se:cret é' })
    closing.push(client.close)
    const error: unknown = await rowsOf({ client }).catch((thrown: unknown) => thrown)
    const shown = JSON.stringify(error, Object.getOwnPropertyNames(error))
    expect(shown).not.toMatch(/se:cret|ann|Basic/)
  })

  it('are said once', () => {
    expect(() => ksqldb({ url: 'http://ann:x@127.0.0.1:1', username: 'bob' })).toThrow(
      'there is one in the url already',
    )
    expect(() => ksqldb({ url: 'ftp://127.0.0.1' })).toThrow('url: ')
  })
})

describe('a statement that is no query', () => {
  const entity = { '@type': 'tables', statementText: 'SHOW TABLES;', tables: [], warnings: [] }
  const json = (value: unknown): SandboxAnswer => ({
    type: 'application/json',
    pieces: [Buffer.from(JSON.stringify(value))],
  })
  const command = (status: string) => ({
    '@type': 'currentStatus',
    statementText: 'x',
    commandId: 'table/`A/B`/create',
    commandStatus: { status, message: 'secret' },
  })

  it('gives what the server says', async () => {
    const { client, sandbox } = await scene('1.1', () => json([entity]))
    expect(await client.execute(ksql`SHOW TABLES;`)).toEqual([entity])
    expect(sandbox.requests[0]).toMatchObject({ method: 'POST', path: '/ksql' })
  })

  it('is waited for until the server has done it', async () => {
    const { client, sandbox } = await scene('1.1', ({ path }, nth) =>
      path === '/ksql'
        ? json([command('EXECUTING')])
        : json({ status: nth < 3 ? 'EXECUTING' : 'SUCCESS', message: 'x' }),
    )
    await client.execute(ksql`DROP TABLE a;`)
    expect(sandbox.requests.map(({ path }) => path)).toEqual([
      '/ksql',
      '/status/table/%60A/B%60/create',
      '/status/table/%60A/B%60/create',
    ])
  })

  it('fails where the server could not do it', async () => {
    const { client } = await scene('1.1', () => json([command('ERROR')]))
    const failed = client.execute(ksql`DROP TABLE a;`)
    await expect(failed).rejects.toThrow(KsqlStatementError)
    await expect(failed).rejects.not.toThrow('secret')
  })

  it('fails where the answer is in no known form', async () => {
    const { client } = await scene('1.1', (_request, nth) =>
      nth === 1 ? json({ ok: true }) : { type: 'application/json', pieces: [Buffer.from('[')] },
    )
    expect(await failure(client.execute(ksql`SHOW TABLES;`))).toContain('in no known form')
    expect(await failure(client.execute(ksql`SHOW TABLES;`))).toContain('no JSON')
  })

  it('asks the server what it is', async () => {
    const { client } = await scene('2', () =>
      json({ KsqlServerInfo: { version: '7.5.16', serverStatus: 'RUNNING' } }),
    )
    expect(await client.describe()).toEqual({ version: '7.5.16', status: 'RUNNING' })
  })
})
