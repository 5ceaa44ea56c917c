import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Asking } from '#apps/debit-edge/asking/ask'
import { type Journal, openJournal } from '#apps/debit-edge/asking/journal'
import { type Wanted, wantedOf } from '#apps/debit-edge/asking/wanted'
import { decidedOf, exampleLog, type ExampleLog } from '#apps/debit-edge/example-log'
import { TransientError } from '#core/errors'
import { silentLog } from '#core/log'

const account_id = 'kR3vY1mBq0aZ8sD7fG2hJw'
const debit = (request_id = 'order:1'): Wanted =>
  wantedOf({
    type: 'Debit',
    account_id,
    request_id,
    requested_at: 1_764_450_000_000,
    debit: {
      amount: 5_025,
      currency: 'BRL',
      card_id: account_id,
      allows_partial: false,
      text: null,
    },
  })
const credit = (): Wanted =>
  wantedOf({
    type: 'Credit',
    account_id,
    request_id: 'order:1',
    requested_at: 1_764_450_000_000,
    credit: { amount: 5_025, currency: 'BRL', text: null },
  })
const undecided = () => undefined
const inMs = (ms: number) => Date.now() + ms

let directory = ''
let log: ExampleLog
let journal: Journal
let isMissing: boolean
let seen: number[]
let late: string[]
let asking: Asking

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'asking-'))
  begin()
})
afterEach(() => {
  asking.close()
  rmSync(directory, { recursive: true, force: true })
})

/** A process of the folder. */
function begin(changes: Partial<Journal> = {}) {
  log = exampleLog()
  journal = { ...openJournal(directory), ...changes }
  isMissing = false
  seen = []
  late = []
  asking = new Asking({
    journal,
    owners: { isMissing: () => isMissing, seen: (partition) => void seen.push(partition) },
    append: log.append,
    log: silentLog,
    onLate: (type) => void late.push(type),
    retryMs: 5,
  })
  log.onDecided = (decided) => asking.take(decided)
}

/** What the next process of the folder would find: looked at in a copy, as it would begin a file of its own. */
const left = () => {
  const copy = `${directory}/copy`
  cpSync(join(directory, 'open-requests'), join(copy, 'open-requests'))
  const next = openJournal(copy)
  next.end()
  return next.left.map(({ request_id }) => request_id)
}
const appended = () => log.appended.map(({ type, request_id }) => `${type} ${request_id}`)

describe('whoever asks', () => {
  it('is told what was decided on his event, which carries his deadline', async () => {
    const deadline = inMs(5_000)
    const told = await asking.ask(debit(), deadline)
    expect(told).toMatchObject({ kind: 'decided', decided: { decision: { code: '00' } } })
    expect(log.appended).toMatchObject([{ type: 'Debit', deadline_at: deadline }])
    expect(asking.open).toBe(0)
    expect(seen).toEqual([0])
  })

  it('is not told what was decided on the event of another', async () => {
    log.script = undecided
    const one = asking.ask(debit('order:1'), inMs(5_000))
    const other = asking.ask(debit('order:1'), inMs(5_000))
    const [first, second] = log.appended
    asking.take([decidedOf(second!, { isRepeat: true })])
    expect(await other).toMatchObject({ decided: { is_repeat: true } })
    expect(asking.open).toBe(1)
    asking.take([decidedOf(first!)])
    expect(await one).toMatchObject({ decided: { is_repeat: false } })
  })

  it('has his request in the journal before it is in the log, and no longer once he is told', async () => {
    let inJournal: string[] = []
    log.script = () => {
      inJournal = left()
      return {}
    }
    await asking.ask(debit(), inMs(5_000))
    expect(inJournal).toEqual(['order:1'])
    expect(left()).toEqual([])
  })

  it('is told at once, and nothing is asked, where nobody decides', async () => {
    isMissing = true
    expect(await asking.ask(debit(), inMs(5_000))).toEqual({ kind: 'unowned' })
    expect(log.appended).toEqual([])
    expect(left()).toEqual([])
  })

  it('is told at once, and nothing is asked, where it cannot be noted', async () => {
    begin({
      open: () => {
        throw new Error('ENOSPC')
      },
    })
    expect(await asking.ask(debit(), inMs(5_000))).toEqual({ kind: 'unnoted' })
    expect(log.appended).toEqual([])
  })

  it('still waits where Kafka did not acknowledge: the log may have it', async () => {
    log.fails = () => new TransientError('no answer')
    const told = asking.ask(debit(), inMs(5_000))
    await new Promise((resolve) => setTimeout(resolve, 20))
    asking.take([decidedOf(log.appended[0]!)])
    expect(await told).toMatchObject({ kind: 'decided' })
  })

  it('is told of a mistake of ours, which left nothing behind', async () => {
    log.fails = () => new TypeError('cannot be encoded')
    await expect(asking.ask(debit(), inMs(5_000))).rejects.toThrow('cannot be encoded')
    expect(left()).toEqual([])
  })
})

describe('what is not decided in time', () => {
  it('is given back, behind it in the log, before whoever waits is told', async () => {
    log.script = ({ type }) => (type === 'Debit' ? undefined : {})
    const deadline = inMs(60)
    const told = asking.ask(debit(), deadline).then((what) => [what, appended()])
    expect(await told).toEqual([{ kind: 'late' }, ['Debit order:1', 'Reverse late/order:1']])
    expect(Date.now()).toBeGreaterThanOrEqual(deadline - 1)
    expect(log.appended[1]).toMatchObject({ account_id, deadline_at: 0 })
    expect(late).toEqual(['Debit'])
    await expect.poll(left).toEqual([])
  })

  it('changes nothing when its decision comes after all', async () => {
    log.script = undecided
    await asking.ask(debit(), inMs(10))
    asking.take([decidedOf(log.appended[0]!)])
    expect(appended()).toEqual(['Debit order:1', 'Reverse late/order:1'])
  })

  it('is given back again and again until Kafka has it, and open until then', async () => {
    log.script = undecided
    let failures = 3
    log.fails = () => new TransientError('no answer')
    await asking.ask(debit(), inMs(10))
    expect(left()).toEqual(['order:1'])
    log.fails = () => (failures-- > 0 ? new TransientError('no answer') : undefined) as Error
    await expect.poll(left).toEqual([])
    expect(new Set(appended().slice(1))).toEqual(new Set(['Reverse late/order:1']))
  })

  it('is left to be asked about where it cannot be undone', async () => {
    log.script = undecided
    expect(await asking.ask(credit(), inMs(10))).toEqual({ kind: 'late' })
    expect(appended()).toEqual(['Credit order:1'])
    await expect.poll(left).toEqual([])
  })

  it('is not given back where it was decided that it is too late: it was not taken', async () => {
    log.script = () => ({ code: '68', reason: 'late', amount: 0 })
    expect(await asking.ask(debit(), inMs(5_000))).toEqual({ kind: 'late' })
    expect(appended()).toEqual(['Debit order:1'])
    expect(left()).toEqual([])
  })

  it('is what cannot be noted as answered, too: the next process would give it back', async () => {
    begin({
      close: () => {
        throw new Error('ENOSPC')
      },
    })
    expect(await asking.ask(debit(), inMs(5_000))).toEqual({ kind: 'late' })
    expect(appended()).toEqual(['Debit order:1', 'Reverse late/order:1'])
  })
})

describe('a process that follows one that was killed', () => {
  it('gives back what that one had asked and not answered', async () => {
    log.script = undecided
    void asking.ask(debit('order:1'), inMs(60_000))
    void asking.ask(debit('order:2'), inMs(60_000))
    asking.take([decidedOf(log.appended[1]!)])
    begin()
    asking.giveBackLeft()
    expect(appended()).toEqual(['Reverse late/order:1'])
    await expect.poll(left).toEqual([])
  })

  it('leaves it to the one after it, where it is killed before Kafka has that', async () => {
    log.script = undecided
    void asking.ask(debit(), inMs(60_000))
    begin()
    log.fails = () => new TransientError('no answer')
    asking.giveBackLeft()
    asking.close()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(left()).toEqual(['order:1'])
  })
})
