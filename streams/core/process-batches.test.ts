import { describe, expect, it } from 'vitest'
import { batchRecordsMax, processBatches } from '#core/process-batches'
import type { InputRecord } from '#core/records'
import type { Session } from '#core/session'

const full = batchRecordsMax
const records = (batch: number, count: number) =>
  Array.from({ length: count }, (_, n) => ({ partition: batch, offset: n }) as InputRecord)
const settled = () => new Promise((resolve) => setTimeout(resolve, 100))

interface Given {
  readonly batches: readonly number[]
  readonly timers?: true
}

/** A session that hands out batches of these sizes and says what is done with them; commits end when they are told to. */
function sessionOf({ batches, timers }: Given) {
  const stopping = new AbortController()
  const said: string[] = []
  const rebalances: string[] = []
  const commits: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = []
  let taken = 0
  const handle = ({ partition, offset }: InputRecord) => {
    if (offset === 0) said.push(`handle ${partition}`)
    return partition
  }
  const session = {
    context: { signal: stopping.signal },
    unit: { timers },
    handler: { read: (record: InputRecord) => record },
    positions: { accepted: () => undefined },
    get isRebalancing() {
      return rebalances.length > 0
    },
    rebalance: async () => void said.push(rebalances.shift()!),
    wake: async () => void (timers && said.push('wake')),
    prepare: async () => undefined,
    async take() {
      if (taken === batches.length) stopping.abort()
      else said.push(`take ${taken}`)
      return records(taken, batches[taken++] ?? 0)
    },
    handle,
    commit(done: readonly number[]) {
      if (done.length === 0) return Promise.resolve()
      said.push(`commit ${done[0]}`)
      return new Promise<void>((resolve, reject) => commits.push({ resolve, reject }))
    },
  }
  return { session: session as unknown as Session, said, commits, rebalances }
}

describe('the loop of a processor', () => {
  it('takes and handles the next batch while a full one is committed, and commits it no sooner', async () => {
    const { session, said, commits } = sessionOf({ batches: [full, 1] })
    const running = processBatches(session)
    await settled()
    expect(said).toEqual(['take 0', 'take 1', 'handle 0', 'commit 0', 'handle 1'])
    commits[0]?.resolve()
    await settled()
    expect(said.at(-1)).toBe('commit 1')
    commits[1]?.resolve()
    await running
  })

  it('takes nothing ahead where no more waits', async () => {
    const { session, said, commits } = sessionOf({ batches: [1, 1] })
    const running = processBatches(session)
    await settled()
    expect(said).toEqual(['take 0', 'handle 0', 'commit 0'])
    commits[0]?.resolve()
    await settled()
    commits[1]?.resolve()
    await running
  })

  it('ends with a commit that fails, and commits nothing that was handled meanwhile', async () => {
    const { session, said, commits } = sessionOf({ batches: [full, 1] })
    const running = processBatches(session)
    await settled()
    commits[0]?.reject(new Error('fenced'))
    await expect(running).rejects.toThrow('fenced')
    expect(said).not.toContain('commit 1')
  })

  it('gives partitions up once the commit is through, and drops what was taken ahead', async () => {
    const { session, said, commits, rebalances } = sessionOf({ batches: [full, full, 1] })
    const running = processBatches(session)
    await settled()
    rebalances.push('revoke')
    commits[0]?.resolve()
    await settled()
    expect(said.slice(-3)).toEqual(['take 2', 'handle 1', 'commit 1'])
    commits[1]?.resolve()
    await settled()
    expect(said.at(-1)).toBe('revoke')
    await running
    expect(said).not.toContain('handle 2')
  })

  it('looks at its timers while nothing is being committed', async () => {
    const { session, said, commits } = sessionOf({ batches: [full, 1], timers: true })
    const running = processBatches(session)
    await settled()
    expect(said).toEqual(['wake', 'take 0', 'take 1', 'handle 0', 'commit 0'])
    commits[0]?.resolve()
    await settled()
    expect(said.slice(-3)).toEqual(['wake', 'handle 1', 'commit 1'])
    commits[1]?.resolve()
    await running
  })
})
