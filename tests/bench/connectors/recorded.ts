import type { AddressInfo } from 'node:net'
import { answering, type CameCall } from '#tests/bench/connectors/call-answers'
import type { Calls } from '#tests/bench/connectors/call-spec'

/** What the first call of a kind asks, as it comes to a server. */
export async function recorded(calls: Calls): Promise<CameCall> {
  const came: CameCall[] = []
  const server = await answering(0, (call) => came.push(call))
  try {
    const call = await calls(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 1)
    await call(0)
    return came[0]!
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
