import { beforeEach, describe, expect, it } from 'vitest'
import { account, beganMs, PlayedDebits, tried } from '#tests/soak/debits/example-run'
import { edgeKill } from '#tests/soak/debits/judge'

const late = tried(504, '{"code":"68","reason":"late"}')
const unowned = tried(503, '{"code":"91","reason":"no-owner"}')
const broken = tried(undefined, 'fetch failed: ECONNREFUSED')
const declined = tried(409, '{"code":"51","reason":"insufficient-funds"}')
const reused = tried(422, '{"code":"30","reason":"id-reused"}')

let played: PlayedDebits
beforeEach(() => {
  played = new PlayedDebits()
})

describe('a run in which every promise was kept', () => {
  it('is judged so', () => {
    played.approved('Debit', 'a', 2_500)
    played.approved('Credit', 'b', 100)
    played.approved('Authorise', 'c', 700)
    played.wish('Debit', 'd').tries.push(declined, declined)
    expect(played.judged()).toEqual([])
  })

  it('has debits that were told to be late and given back, or never came', () => {
    played.wish('Debit', 'a').tries.push(late, late)
    played.decide('a', { booked: -300 })
    played.decide('late/1', { booked: 300, type: 'Reverse', original_id: 'a' })
    played.wish('Debit', 'b').tries.push(late)
    played.wish('Debit', 'c').tries.push(unowned)
    expect(played.judged()).toEqual([])
  })

  it('has credits of which nobody was told, and debits that a later try was told of', () => {
    played.wish('Credit', 'a').tries.push(late)
    played.decide('a', { booked: 50 })
    const debit = played.approved('Debit', 'b', 10)
    debit.tries.unshift(unowned)
    debit.tries.push(debit.tries[1]!)
    debit.others.push(reused)
    expect(played.judged()).toEqual([])
  })
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

describe('an account', () => {
  const about = (wrong: string) => `account ${account}: ${wrong}`

  it('whose statement has a gap is shown', () => {
    played.approved('Debit', 'a', 100)
    Object.assign(played.last('statements.entries'), { sequence: 3 })
    expect(played.judged()).toContain(about('line 3 of the statement where 2 is next'))
  })

  it('whose balance does not follow is shown, and by what it differs from the answers', () => {
    played.approved('Debit', 'a', 100)
    Object.assign(played.last('statements.entries'), { balance: 9_950 })
    const wrongs = played.judged({}, { booked: 9_950 })
    expect(wrongs).toContain(about('line 2 says 9950, which does not follow'))
    expect(wrongs).toContain(about('by the answers 9900, by the topics 9950'))
  })

  it('that goes below zero is shown', () => {
    played.approved('Debit', 'a', 10_001)
    expect(played.judged()).toEqual([about('line 2 is below zero: -1')])
  })

  it('of which something is held that nobody asked for is shown', () => {
    played.approved('Authorise', 'a', 100)
    const decided = played.last('debits.decisions') as { decision: { after: { held: number } } }
    decided.decision.after.held = 90
    expect(played.judged()).toContain(about('held by the answers 100, by the topics 90'))
  })

  it('whose entries owe its holder something else is shown', () => {
    played.approved('Debit', 'a', 100)
    const { postings } = played.last('ledger.entries') as { postings: { ledger_account: string }[] }
    postings[0]!.ledger_account = '2.0.0.0.02'
    const wrongs = played.judged()
    expect(wrongs).toContain(about('owed 10000, booked 9900'))
  })

  it('that has something else in Postgres is shown', () => {
    played.approved('Debit', 'a', 100)
    const other = { booked: 1, held: 2, lines: [], entries: 3, owed: 4 }
    expect(played.judged({}, other)).toEqual([
      about('booked 1 in Postgres, 9900 by the topics'),
      about('held 2 in Postgres, 0 by the topics'),
      about('lines 0 in Postgres, 2 by the topics'),
      about('entries 3 in Postgres, 2 by the topics'),
      about('owed 4 in Postgres, 9900 by the topics'),
      about('line 1 is another one in Postgres'),
    ])
  })

  it('that is not there is shown', () => {
    expect(played.judged({ shown: new Map() })).toEqual([about('not shown')])
  })
})

describe('the run', () => {
  it('shows an entry that does not add up to zero, and what its currency comes to', () => {
    played.approved('Debit', 'a', 100)
    const { postings } = played.last('ledger.entries') as { postings: { amount: number }[] }
    postings[1]!.amount = 99
    expect(played.judged()).toEqual([
      'entry of a: 100 debited, 99 credited',
      'entries in BRL add up to 1',
    ])
  })

  it('shows a dead letter', () => {
    played.records.push({ topic: 'debit-authoriser.dlq', value: {} })
    expect(played.judged()).toEqual([`a dead letter: debit-authoriser.dlq@0:3`])
  })

  it('shows an answer that was waited for too long', () => {
    played.wish('Debit', 'a').tries.push({ ...declined, tookMs: 4_001 })
    expect(played.judged()).toEqual(['a waited 4001 ms for its answer'])
  })

  it('shows a try without an answer, but where the edge was killed', () => {
    played.wish('Debit', 'a').tries.push(broken)
    const strikeOf = (atMs: number, what = edgeKill) => ({ what, atMs, untilMs: atMs + 1_000 })
    const judged = (...strike: Parameters<typeof strikeOf>) =>
      played.judged({ strikes: [strikeOf(...strike)] })
    const wrong = 'a was not answered while the edge was there: fetch failed: ECONNREFUSED'
    expect(judged(beganMs)).toEqual([])
    expect(judged(beganMs + 2_000)).toEqual([wrong])
    expect(judged(beganMs - 2_000)).toEqual([wrong])
    expect(judged(beganMs, 'kill -9 of the worker')).toEqual([wrong])
  })

  it('shows a verification that was not right, or could not be made', () => {
    const verified = [0, 1, 2].map((code) => ({ when: `as ${code}`, code, text: '' }))
    expect(played.judged({ verified })).toEqual([
      'corrente debits verify as 1: exit code 1',
      'corrente debits verify as 2: exit code 2',
    ])
  })
})
