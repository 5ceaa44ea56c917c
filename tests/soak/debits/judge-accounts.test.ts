import { beforeEach, describe, expect, it } from 'vitest'
import { account, PlayedDebits } from '#tests/soak/debits/example-run'

let played: PlayedDebits
beforeEach(() => {
  played = new PlayedDebits()
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
