import { beforeEach, describe, expect, it } from 'vitest'
import { account, PlayedDebits, told, tried } from '#tests/soak/debits/example-run'

const { late, unowned, broken, declined, reused } = told

let played: PlayedDebits
beforeEach(() => {
  played = new PlayedDebits()
})

describe('a request', () => {
  const about = (id: string, wrong: string, kind = 'Debit') =>
    `${kind} ${id} of ${account}: ${wrong}`

  it('that was approved and not booked is shown', () => {
    played.wish('Debit', 'a').tries.push(played.approval('a', 100))
    expect(played.judged()).toContain(about('a', 'approved for -100, booked 0'))
  })

  it('that was booked twice is shown', () => {
    played.approved('Debit', 'a', 100)
    played.decide('a', { booked: -100 })
    const wrongs = played.judged()
    expect(wrongs).toContain(about('a', '2 lines on the statement'))
    expect(wrongs).toContain(about('a', 'took effect 2 times'))
  })

  it('that was booked for another amount than its client was told is shown', () => {
    played.wish('Debit', 'a').tries.push(played.approval('a', 100))
    played.decide('a', { booked: -99 })
    expect(played.judged()).toContain(about('a', 'approved for -100, booked -99'))
  })

  it('that has a line and no entry is shown', () => {
    played.approved('Debit', 'a', 100)
    played.records.splice(
      played.records.findLastIndex(({ topic }) => topic === 'ledger.entries'),
      1,
    )
    expect(played.judged()).toContain(about('a', 'lines at 0:1, entries at '))
  })

  it('that was approved and given back as too late is shown', () => {
    played.approved('Debit', 'a', 100)
    played.decide('late/1', { booked: 100, type: 'Reverse', original_id: 'a' })
    expect(played.judged()).toContain(about('a', 'approved, and given back as too late'))
  })

  it.each([
    ['late', late],
    ['that nobody decides', unowned],
    ['nothing', broken],
  ])('of which its client was told %s and which stands is shown', (_, answer) => {
    played.wish('Debit', 'a').tries.push(answer)
    played.decide('a', { booked: -100 })
    const wrong = 'nobody was told that it was taken, and -100 stands'
    expect(played.judged()).toContain(about('a', wrong))
  })

  it('of which nobody was told and which goes on to hold money is shown', () => {
    played.wish('Authorise', 'a').tries.push(late)
    played.decide('a', { held: 100 })
    const wrong = 'nobody was told that it is held, and 100 is'
    expect(played.judged()).toEqual([about('a', wrong, 'Authorise')])
  })

  it('that was approved to hold other than it holds is shown', () => {
    played.wish('Authorise', 'a').tries.push(played.approval('a', 100, 100))
    played.decide('a', { held: 90 })
    expect(played.judged()).toContain(about('a', 'approved to hold 100, held 90', 'Authorise'))
  })

  it('that was declined and booked is shown', () => {
    played.wish('Debit', 'a').tries.push(declined)
    played.decide('a', { booked: -100 })
    expect(played.judged()).toContain(about('a', 'declined, and took effect'))
  })

  it('whose second answer differs by a byte is shown', () => {
    const { tries } = played.approved('Debit', 'a', 100)
    const text = `${tries[0]!.text} `
    tries.push({ ...tries[0]!, text })
    expect(played.judged()).toEqual([
      about('a', `answered in 2 ways: 200 ${tries[0]!.text} | 200 ${text}`),
    ])
  })

  it('that was approved though it had been undone before it came is shown', () => {
    Object.assign(played.approved('Debit', 'a', 100), { isForestalled: true })
    expect(played.judged()).toEqual([
      about('a', 'approved, though it had been undone before it came'),
    ])
  })

  it('whose id was taken for something else is shown', () => {
    const debit = played.approved('Debit', 'a', 100)
    debit.others.push(debit.tries[0]!)
    const wrong = `another content under its id: 200 ${debit.tries[0]!.text}`
    expect(played.judged()).toEqual([about('a', wrong)])
  })

  it.each([
    ['breaks', tried(500, '{"code":"96"}')],
    ['is not of a shape that is documented', tried(200, '{"code":"00"}')],
    ['refuses its own id', reused],
  ])('whose answer %s is shown', (_, answer) => {
    played.wish('Debit', 'a').tries.push(answer)
    expect(played.judged()).toEqual([about('a', `answered ${answer.status} ${answer.text}`)])
  })
})
