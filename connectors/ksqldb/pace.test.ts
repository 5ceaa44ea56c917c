import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { exampleRows, v1Answer } from '#connectors/ksqldb/example-answers'
import { cut, failure, rowsOf, scene, select, until, v1 } from '#connectors/ksqldb/example-scene'
import type { KsqlRow } from '#ports/ksqldb'

describe.each(['1.1', '2'] as const)('a pull query over HTTP/%s', (http) => {
  it('is broken off at the server when the loop is left, and by the signal', async () => {
    const { client, sandbox } = await scene(http, () => ({
      type: v1,
      pieces: cut(v1Answer(), 50).slice(0, -1),
      ending: 'never',
    }))
    for await (const row of client.pull(select)) {
      expect(row).toEqual(exampleRows[0])
      break
    }
    await until(() => sandbox.left() === 1)
    const stopping = new AbortController()
    const reading = failure(rowsOf({ client }, { signal: stopping.signal }))
    await until(() => sandbox.requests.length === 2)
    stopping.abort(new Error('enough'))
    expect(await reading).toBe('Error: enough')
    await until(() => sandbox.left() === 2)
    expect(await failure(rowsOf({ client }, { signal: stopping.signal }))).toBe('Error: enough')
    expect(sandbox.requests).toHaveLength(2)
  })

  it('is read no faster than its rows are taken', async () => {
    let given = 0
    const row = '["p-0001","SETTLED",1050,10.50,"x",null]'
    const [header, rest] = [v1Answer([row]).subarray(0, -1), `,\n{"row":{"columns":${row}}}`]
    const many = Buffer.from(rest.repeat(500))
    function* pieces() {
      yield header
      for (; given < 2_000; given += 1) yield many
      yield Buffer.from(']')
    }
    const { client } = await scene(http, () => ({ type: v1, pieces: pieces() }))
    const rows = client.pull(select)
    for (let taken = 0; taken < 10; taken += 1) await rows.next()
    await sleep(300)
    const before = given
    expect(before).toBeLessThan(600)
    for (let taken = 0; given === before && taken < 1_000_000; taken += 1) await rows.next()
    expect(given).toBeGreaterThan(before)
    await rows.return()
  })

  it('is given up where no row comes, or none any more, in time', async () => {
    const beginning = v1Answer().subarray(0, 700)
    const { client, sandbox } = await scene(
      http,
      (_request, nth) =>
        nth === 1
          ? { type: v1, pieces: [3_000, beginning] }
          : { type: v1, pieces: [beginning], ending: 'never' },
      { first_row_ms: 1_000, idle_ms: 500 },
    )
    expect(await failure(rowsOf({ client }))).toBe('KsqlUnavailable: ksqlDB gave nothing in time')
    expect(await failure(rowsOf({ client }))).toBe('KsqlUnavailable: ksqlDB gave nothing in time')
    await until(() => sandbox.left() === 2)
  })

  it('is not hurried by whoever takes its rows slowly', async () => {
    const { client } = await scene(http, () => ({ type: v1, pieces: cut(v1Answer(), 300) }), {
      first_row_ms: 2_000,
      idle_ms: 100,
    })
    const rows: KsqlRow[] = []
    for await (const row of client.pull(select)) {
      await sleep(150)
      rows.push(row)
    }
    expect(rows).toEqual(exampleRows)
  })

  it('runs alone; others wait in line, and only so many', async () => {
    const { client, sandbox } = await scene(
      http,
      () => ({ type: v1, pieces: [v1Answer().subarray(0, 400), 30, v1Answer().subarray(400)] }),
      { waiting_max: 3 },
    )
    const asked = Array.from({ length: 6 }, () => failure(rowsOf({ client })))
    const outcomes = await Promise.all(asked)
    expect(outcomes.filter((one) => one === 'no failure')).toHaveLength(4)
    expect(outcomes.filter((one) => one.includes('3 pull queries wait already'))).toHaveLength(2)
    expect(sandbox.atOnce()).toBe(1)
    expect(sandbox.requests).toHaveLength(4)
  })

  it('gives up its place in the line with its signal', async () => {
    const { client, sandbox } = await scene(http, () => ({
      type: v1,
      pieces: [100, v1Answer()],
    }))
    const first = rowsOf({ client })
    const waiting = failure(rowsOf({ client }, { signal: AbortSignal.timeout(20) }))
    const third = rowsOf({ client })
    expect(await waiting).toContain('TimeoutError')
    expect(await first).toEqual(exampleRows)
    expect(await third).toEqual(exampleRows)
    expect(sandbox.requests).toHaveLength(2)
  })
})
