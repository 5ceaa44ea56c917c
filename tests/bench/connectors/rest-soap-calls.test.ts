import { expect, it } from 'vitest'
import { recorded } from '#tests/bench/connectors/recorded'
import { barePut, ourPut } from '#tests/bench/connectors/rest-calls'
import { bareImport, ourImport } from '#tests/bench/connectors/soap-calls'

// What it accepts each SOAP client says in its own words.
const asked = ['authorization', 'content-type', 'content-length', 'soapaction']

it.each([
  ['axios', barePut, ourPut],
  ['soap', bareImport, ourImport],
])('a bare call of %s asks what ours does, byte by byte', async (_name, bare, our) => {
  const [one, other] = [await recorded(bare), await recorded(our)]
  expect(one.text).toBe(other.text)
  expect([one.method, one.path]).toEqual([other.method, other.path])
  for (const name of asked) expect([name, one.headers[name]]).toEqual([name, other.headers[name]])
})
