import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { portsOf } from '#apps/corrente/place'
import { workerNodeOptions } from '#apps/platform/worker-node-options'
import type { CallCost, CallSpec, Protocol, Side } from '#tests/bench/connectors/call-spec'
import { startNode, threadPoolSize } from '#tests/bench/engine/engine-side'
import type { PaymentsBench, PaymentsGroup } from '#tests/bench/payments/payments-bench'
import type { RowPlan, Sample } from '#tests/bench/row'
import { builtProgram } from '#tests/built'

const bar = { of: 'ratio', is: 'at most', value: 1.3 } as const

const plans: Readonly<Record<Protocol, RowPlan>> = {
  rest: {
    id: 'rest.cpu',
    what: 'CPU of opening a debt at GovPay: composed, asked for, read',
    unit: 'µs',
    rival: 'axios',
    bar,
  },
  soap: {
    id: 'soap.cpu',
    what: 'CPU of opening a due at MyPay: composed, asked for, read',
    unit: 'µs',
    rival: 'soap',
    bar,
  },
}

const groupOf = (protocol: Protocol): PaymentsGroup => ({
  rows: [plans[protocol]],
  sizes: ['calls', 'pairs'],
  async measure(bench) {
    const { stack, sizes } = bench
    const port = portsOf(stack.portBase).examplepay
    const server = startNode('../connectors/answering-process.ts', { PORT: String(port) })
    try {
      await server.printed('listening')
      const samples: Sample[] = []
      for (let pair = 0; pair < sizes.pairs; pair++) {
        const cost = (side: Side) => costOf(bench, { protocol, side, port, calls: sizes.calls })
        // Whoever comes second must not always be the same.
        const first = pair % 2 === 0 ? 'ours' : 'bare'
        const one = await cost(first)
        const two = await cost(first === 'ours' ? 'bare' : 'ours')
        const [ours, rival] = first === 'ours' ? [one, two] : [two, one]
        stack.report(`${protocol}: ${ours.toFixed(0)} µs, bare ${rival.toFixed(0)} µs a call`)
        samples.push({ ours, rival })
      }
      return new Map([[plans[protocol].id, samples]])
    } finally {
      await server.stop()
    }
  },
})

/** What a call costs, and a bare one of the same bytes. */
export const calls: readonly PaymentsGroup[] = [groupOf('rest'), groupOf('soap')]

const run = promisify(execFile)

/** CPU of one call of one side, microseconds: a process of its own, so that no side runs the other's code warm or cold. */
async function costOf({ stack }: PaymentsBench, spec: CallSpec): Promise<number> {
  const program = builtProgram(new URL('call-process.ts', import.meta.url))
  const { stdout } = await run(process.execPath, [...workerNodeOptions, program], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      UV_THREADPOOL_SIZE: threadPoolSize,
      CALL: JSON.stringify(spec),
    },
    signal: stack.signal,
  })
  const { microseconds } = JSON.parse(stdout) as CallCost
  return microseconds
}
