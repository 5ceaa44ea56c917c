import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
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

describe('whoever asks', () => {
  it('is told what was decided on his event, which carries his deadline', async () => {
    const deadline = inMs(5_000)
    const told = await one.asking.ask(debitOf(), deadline)
    expect(told).toMatchObject({ kind: 'decided', decided: { decision: { code: '00' } } })
    expect(one.log.appended).toMatchObject([{ type: 'Debit', deadline_at: deadline }])
    expect(one.asking.open).toBe(0)
    expect(one.seen).toEqual([0])
  })

  it('is not told what was decided on the event of another', async () => {
    one.log.script = undecided
    const first = one.asking.ask(debitOf('order:1'), inMs(5_000))
    const other = one.asking.ask(debitOf('order:1'), inMs(5_000))
    const [earlier, later] = one.log.appended
    one.asking.take([decidedOf(later!, { isRepeat: true })])
    expect(await other).toMatchObject({ decided: { is_repeat: true } })
    expect(one.asking.open).toBe(1)
    one.asking.take([decidedOf(earlier!)])
    expect(await first).toMatchObject({ decided: { is_repeat: false } })
  })

  it('has his request in the journal before it is in the log, and no longer once he is told', async () => {
    let inJournal: string[] = []
    one.log.script = () => {
      inJournal = folder.left()
      return {}
    }
    await one.asking.ask(debitOf(), inMs(5_000))
    expect(inJournal).toEqual(['order:1'])
    expect(folder.left()).toEqual([])
  })

  it('is told at once, and nothing is asked, where nobody decides', async () => {
    one.owners.isMissing = true
    expect(await one.asking.ask(debitOf(), inMs(5_000))).toEqual({ kind: 'unowned' })
    expect(one.log.appended).toEqual([])
    expect(folder.left()).toEqual([])
  })

  it('is told at once, and nothing is asked, where too much waits to be decided', async () => {
    one.backlog.isTooLong = true
    expect(await one.asking.ask(debitOf(), inMs(5_000))).toEqual({ kind: 'busy' })
    expect(one.log.appended).toEqual([])
    expect(folder.left()).toEqual([])
  })

  it('is told at once, and nothing is asked, where it cannot be noted', async () => {
    one = exampleAsking(folder.directory, {
      open: () => {
        throw new Error('ENOSPC')
      },
    })
    expect(await one.asking.ask(debitOf(), inMs(5_000))).toEqual({ kind: 'unnoted' })
    expect(one.log.appended).toEqual([])
  })

  it('still waits where Kafka did not acknowledge: the log may have it', async () => {
    one.log.fails = () => new TransientError('no answer')
    const told = one.asking.ask(debitOf(), inMs(5_000))
    await new Promise((resolve) => setTimeout(resolve, 20))
    one.asking.take([decidedOf(one.log.appended[0]!)])
    expect(await told).toMatchObject({ kind: 'decided' })
  })

  it('is told of a mistake of ours, which left nothing behind', async () => {
    one.log.fails = () => new TypeError('cannot be encoded')
    await expect(one.asking.ask(debitOf(), inMs(5_000))).rejects.toThrow('cannot be encoded')
    expect(folder.left()).toEqual([])
  })
})
