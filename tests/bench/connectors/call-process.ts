import type {
  Call,
  CallCost,
  Calls,
  CallSpec,
  Protocol,
  Side,
} from '#tests/bench/connectors/call-spec'
import { barePut, ourPut } from '#tests/bench/connectors/rest-calls'
import { bareImport, ourImport } from '#tests/bench/connectors/soap-calls'
import { closedLoop } from '#tests/bench/payments/calls'

/** Makes calls of one side, as many to warm up as are measured, and prints what one cost, as JSON. */
const kinds: Readonly<Record<Protocol, Readonly<Record<Side, Calls>>>> = {
  rest: { ours: ourPut, bare: barePut },
  soap: { ours: ourImport, bare: bareImport },
}

/** As many as the worker has out to one party. */
const callers = 16
const { signal } = new AbortController()
const inTurn = (call: Call, from: number, callsMax: number) =>
  closedLoop({ callers, forMs: Infinity, signal, from, callsMax }, call)

const { protocol, side, port, calls } = JSON.parse(process.env['CALL'] ?? '') as CallSpec
const call = await kinds[protocol][side](`http://127.0.0.1:${port}`, 2 * calls)
await inTurn(call, 0, calls)
const before = process.cpuUsage()
await inTurn(call, calls, calls)
const { user, system } = process.cpuUsage(before)
const cost: CallCost = { microseconds: (user + system) / calls }
// Connections that are kept would keep the process.
process.stdout.write(JSON.stringify(cost), () => process.exit())
