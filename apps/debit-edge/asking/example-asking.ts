import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Asking } from '#apps/debit-edge/asking/ask'
import { type Journal, openJournal } from '#apps/debit-edge/asking/journal'
import { type Wanted, wantedOf } from '#apps/debit-edge/asking/wanted'
import { exampleLog } from '#apps/debit-edge/example-log'
import { silentLog } from '#core/log'

export const account_id = 'kR3vY1mBq0aZ8sD7fG2hJw'
const terms = { account_id, request_id: 'order:1', requested_at: 1_764_450_000_000 }
const sum = { amount: 5_025, currency: 'BRL', text: null }

export const debitOf = (request_id = 'order:1'): Wanted =>
  wantedOf({
    ...terms,
    request_id,
    type: 'Debit',
    debit: { ...sum, card_id: account_id, allows_partial: false },
  })
export const creditOf = (): Wanted => wantedOf({ ...terms, type: 'Credit', credit: sum })

/** A process that asks, before a log whose decisions a test writes. */
export function exampleAsking(
  directory: string,
  changes: Partial<Journal> = {},
  givingBackMax?: number,
) {
  const log = exampleLog()
  const seen: number[] = []
  const late: string[] = []
  const owners = { isMissing: false }
  const backlog = { isTooLong: false, added: [] as string[], decided: [] as string[] }
  const asking = new Asking({
    journal: { ...openJournal(directory), ...changes },
    owners: {
      isMissing: () => owners.isMissing,
      seen: (partition) => void seen.push(partition),
    },
    backlog: {
      isTooLong: () => backlog.isTooLong,
      add: (eventId) => void backlog.added.push(eventId),
      decided: (eventId) => void backlog.decided.push(eventId),
    },
    append: log.append,
    log: silentLog,
    onLate: (type) => void late.push(type),
    retryMs: 5,
    ...(givingBackMax === undefined ? {} : { givingBackMax }),
  })
  log.onDecided = (decided) => asking.take(decided)
  /** What was appended, each as its type and the request it is about. */
  const appended = () =>
    log.appended.map((event) => {
      const about = event.type === 'Reverse' ? event.reverse.original_id : event.request_id
      return `${event.type} ${about}`
    })
  return { asking, log, owners, backlog, seen, late, appended }
}
export type ExampleAsking = ReturnType<typeof exampleAsking>

/** A folder for processes that follow each other; none after `remove`. */
export function exampleFolder() {
  const directory = mkdtempSync(join(tmpdir(), 'asking-'))
  return {
    directory,
    /** What the next process of the folder would find: looked at in a copy, as it would begin a file of its own. */
    left() {
      const copy = join(directory, 'copy')
      cpSync(join(directory, 'open-requests'), join(copy, 'open-requests'))
      const next = openJournal(copy)
      next.end()
      return next.left.map(({ request_id }) => request_id)
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}

/** Now and so many milliseconds. */
export const inMs = (ms: number): number => Date.now() + ms
