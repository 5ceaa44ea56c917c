import { fork } from 'node:child_process'
import { once } from 'node:events'

export interface OutsideSpec {
  readonly brokers: string
  /** Of the events it writes. */
  readonly schemaId: number
}

export type OutsideWish =
  | { readonly is: 'write'; readonly topic: string; readonly records: number }
  | { readonly is: 'commit' }

export type OutsideAnswer =
  { readonly is: 'ready'; readonly receiverUrl: string } | { readonly is: 'written' }

/** What works for the bench in a process of its own, so that its CPU is nobody's. */
export interface Outside {
  /** Takes OTLP and answers at once. */
  readonly receiverUrl: string
  /** Writes records that nobody sees before `commit`. */
  write(topic: string, records: number): Promise<void>
  commit(): void
  stop(): void
}

/** Starts it; it ends with this process. */
export async function startOutside(spec: OutsideSpec): Promise<Outside> {
  const env = { ...process.env, OUTSIDE: JSON.stringify(spec) }
  const program = 'tests/bench/observability/outside-process.ts'
  const child = fork(program, { execArgv: ['--import', 'tsx'], env })
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`who writes the records ended with ${String(code)}`)
  })
  // Told of by whoever waits for it.
  failed.catch(() => undefined)
  const answered = async () => {
    const [answer] = (await Promise.race([once(child, 'message'), failed])) as [OutsideAnswer]
    return answer
  }
  const wish = (wanted: OutsideWish) => child.send(wanted)
  const ready = await answered()
  if (ready.is !== 'ready') throw new Error(`who writes the records answered ${ready.is}`)
  return {
    receiverUrl: ready.receiverUrl,
    async write(topic, records) {
      wish({ is: 'write', topic, records })
      await answered()
    },
    commit: () => void wish({ is: 'commit' }),
    stop: () => child.disconnect(),
  }
}
