import { expect, it } from 'vitest'
import { scene, select, v1 } from '#connectors/ksqldb/example-scene'
import { heldBytes } from '#tests/held-memory'

const rowsAtOnce = 1_000

function* millionRows() {
  yield Buffer.from('[{"header":{"queryId":"query_1","schema":"`ID` STRING KEY, `N` BIGINT"}}')
  const rows = Buffer.from(',\n{"row":{"columns":["p-1",9007199254740993]}}'.repeat(rowsAtOnce))
  for (let given = 0; given < 1_000; given += 1) yield rows
  yield Buffer.from(']')
}

it('a million rows pass in the memory of a few', async () => {
  const { client } = await scene('1.1', () => ({ type: v1, pieces: millionRows() }))
  let [count, sum, most] = [0, 0n, 0]
  const before = heldBytes()
  for await (const { N } of client.pull(select)) {
    count += 1
    sum += N as bigint
    if (count % 50_000 === 0) most = Math.max(most, heldBytes() - before)
  }
  expect(count).toBe(1_000_000)
  expect(sum).toBe(9007199254740993n * 1_000_000n)
  // All of them would take several hundred.
  expect(most / 2 ** 20).toBeLessThan(20)
}, 120_000)
