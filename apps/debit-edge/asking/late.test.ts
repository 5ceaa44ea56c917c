import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  account_id,
  creditOf,
  debitOf,
  exampleAsking,
  type ExampleAsking,
  exampleFolder,
  inMs,
} from '#apps/debit-edge/asking/example-asking'
import { decidedOf } from '#apps/debit-edge/example-log'
import { TransientError } from '#core/errors'

let folder: ReturnType<typeof exampleFolder>
let one: ExampleAsking
beforeEach(() => {
  folder = exampleFolder()
  one = exampleAsking(folder.directory)
})
afterEach(() => {
  one.asking.close()
  folder.remove()
})

const undecided = () => undefined

describe('what is not decided in time', () => {
  it('is given back, behind it in the log, before whoever waits is told', async () => {
    one.log.script = ({ type }) => (type === 'Debit' ? undefined : {})
    const deadline = inMs(60)
    const told = one.asking.ask(debitOf(), deadline).then((what) => [what, one.appended()])
    expect(await told).toEqual([{ kind: 'late' }, ['Debit order:1', 'Reverse order:1']])
    expect(Date.now()).toBeGreaterThanOrEqual(deadline - 1)
    expect(one.log.appended[1]).toMatchObject({ account_id, deadline_at: 0 })
    expect(one.late).toEqual(['Debit'])
    await expect.poll(folder.left).toEqual([])
  })

  it('waits to be decided as what gives it back does, until the log says that each is', async () => {
    one.log.script = undecided
    await one.asking.ask(debitOf(), inMs(10))
    const ids = one.log.appended.map(({ event_id }) => event_id)
    expect(ids).toHaveLength(2)
    expect(one.backlog.added).toEqual(ids)
    expect(one.backlog.decided).toEqual([])
    one.asking.take(one.log.appended.map((event) => decidedOf(event)))
    expect(one.backlog.decided).toEqual(ids)
  })

  it('changes nothing when its decision comes after all', async () => {
    one.log.script = undecided
    await one.asking.ask(debitOf(), inMs(10))
    one.asking.take([decidedOf(one.log.appended[0]!)])
    expect(one.appended()).toEqual(['Debit order:1', 'Reverse order:1'])
  })

  it('is given back again and again until Kafka has it, and open until then', async () => {
    one.log.script = undecided
    let failures = 3
    one.log.fails = () => new TransientError('no answer')
    await one.asking.ask(debitOf(), inMs(10))
    expect(folder.left()).toEqual(['order:1'])
    one.log.fails = () => (failures-- > 0 ? new TransientError('no answer') : undefined) as Error
    await expect.poll(folder.left).toEqual([])
    expect(new Set(one.appended().slice(1))).toEqual(new Set(['Reverse order:1']))
  })

  it('lets no further one be asked while the log does not take back what there is of it', async () => {
    one.asking.close()
    one = exampleAsking(folder.directory, {}, 2)
    one.log.fails = () => new TransientError('no answer')
    for (const id of ['order:1', 'order:2']) await one.asking.ask(debitOf(id), inMs(5))
    expect(one.asking.givingBack).toBe(2)
    expect(await one.asking.ask(debitOf('order:3'), inMs(5))).toEqual({ kind: 'away' })
    expect(one.appended()).not.toContain('Debit order:3')
    one.log.fails = undefined
    await expect.poll(() => one.asking.givingBack).toBe(0)
    expect(await one.asking.ask(debitOf('order:3'), inMs(5_000))).toMatchObject({ kind: 'decided' })
  })

  it('is left to be asked about where it cannot be undone', async () => {
    one.log.script = undecided
    expect(await one.asking.ask(creditOf(), inMs(10))).toEqual({ kind: 'late' })
    expect(one.appended()).toEqual(['Credit order:1'])
    await expect.poll(folder.left).toEqual([])
  })

  it('is not given back where it was decided that it is too late: it was not taken', async () => {
    one.log.script = () => ({ code: '68', reason: 'late', amount: 0 })
    expect(await one.asking.ask(debitOf(), inMs(5_000))).toEqual({ kind: 'late' })
    expect(one.appended()).toEqual(['Debit order:1'])
    expect(folder.left()).toEqual([])
  })

  it('is what cannot be noted as answered, too: the next process would give it back', async () => {
    one = exampleAsking(folder.directory, {
      close: () => {
        throw new Error('ENOSPC')
      },
    })
    expect(await one.asking.ask(debitOf(), inMs(5_000))).toEqual({ kind: 'late' })
    expect(one.appended()).toEqual(['Debit order:1', 'Reverse order:1'])
  })
})

describe('a process that follows one that was killed', () => {
  it('gives back what that one had asked and not answered', async () => {
    one.log.script = undecided
    void one.asking.ask(debitOf('order:1'), inMs(60_000))
    void one.asking.ask(debitOf('order:2'), inMs(60_000))
    one.asking.take([decidedOf(one.log.appended[1]!)])
    one = exampleAsking(folder.directory)
    one.asking.giveBackLeft()
    expect(one.appended()).toEqual(['Reverse order:1'])
    await expect.poll(folder.left).toEqual([])
  })

  it('leaves it to the one after it, where it is killed before Kafka has that', async () => {
    one.log.script = undecided
    void one.asking.ask(debitOf(), inMs(60_000))
    one = exampleAsking(folder.directory)
    one.log.fails = () => new TransientError('no answer')
    one.asking.giveBackLeft()
    one.asking.close()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(folder.left()).toEqual(['order:1'])
  })
})
