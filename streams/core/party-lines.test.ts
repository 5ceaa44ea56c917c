import { beforeEach, describe, expect, it } from 'vitest'
import { CallLimits } from '#core/call-limits'
import { Circuits } from '#core/circuits'
import { PartyLines } from '#core/party-lines'

let nowMs: number
let limits: CallLimits
let circuits: Circuits
let lines: PartyLines
let calls: string[]

beforeEach(() => {
  nowMs = 1_000
  calls = []
  limits = new CallLimits(4, 2)
  circuits = new Circuits({ failuresMax: 1, now: () => nowMs, onChange: () => undefined })
  lines = new PartyLines(limits, circuits)
})

/** Heads that join: `bank 20` waits for the bank since 20. */
const join = (...heads: string[]) => {
  for (const head of heads) {
    const [party = '', since] = head.split(' ')
    const call = () => {
      calls.push(head)
      limits.begin(party)
      circuits.begin(party)
    }
    lines.join({ party, sinceMs: Number(since), call })
  }
}

describe('the lines of parties', () => {
  it('call who has waited longest, whatever the order in which they joined', () => {
    join('bank 30', 'bank 10', 'bank 20')
    lines.start()
    expect(calls).toEqual(['bank 10', 'bank 20'])
    limits.end('bank')
    lines.start()
    expect(calls.at(-1)).toBe('bank 30')
  })

  it('call those who have waited as long in the order in which they joined', () => {
    limits = new CallLimits(10, 10)
    lines = new PartyLines(limits, circuits)
    const seen: number[] = []
    for (const n of Array(10).keys()) {
      const call = () => void seen.push(n)
      lines.join({ party: 'bank', sinceMs: 5, call })
    }
    lines.start()
    expect(seen).toEqual([...Array(10).keys()])
  })

  it('give what is left over of the limits to the party waited for longest', () => {
    join('bank 30', 'bank 31', 'post 10', 'post 11', 'iris 20', 'iris 21')
    lines.start()
    expect(calls).toEqual(['post 10', 'post 11', 'iris 20', 'iris 21'])
  })

  it('let one probe through to a party that is away, and all once it answers', () => {
    circuits.failed('bank', 'no answer')
    join('bank 20', 'bank 10')
    lines.start()
    expect(calls).toEqual([])
    nowMs += 1_000
    lines.start()
    expect(calls).toEqual(['bank 10'])
    circuits.answered('bank')
    lines.start()
    expect(calls).toEqual(['bank 10', 'bank 20'])
  })

  it('forget who stood in them', () => {
    join('bank 10')
    lines.clear()
    lines.start()
    expect([calls, lines.turnOf('bank')]).toEqual([[], 'called'])
  })
})

describe('a record that was just read', () => {
  it('is called where there is room and nobody stands in line', () => {
    expect(lines.turnOf('bank')).toBe('called')
  })

  it('waits in its place where only its party has none: nobody else is behind it', () => {
    lines.met('bank')
    join('bank 10', 'bank 11', 'bank 12')
    lines.start()
    expect(lines.turnOf('bank')).toBe('waits')
  })

  it('is passed by where there are others, and passes nobody who stands in line for its party', () => {
    for (const party of ['bank', 'post']) lines.met(party)
    join('bank 10')
    expect(lines.turnOf('bank')).toBe('passed')
    lines.start()
    expect(lines.turnOf('bank')).toBe('called')
    limits.begin('bank')
    expect([lines.turnOf('bank'), lines.turnOf('post')]).toEqual(['passed', 'called'])
  })

  it('waits where there is no room for anybody', () => {
    for (const party of ['bank', 'post']) lines.met(party)
    join('bank 10', 'bank 11', 'post 10', 'post 11')
    lines.start()
    expect(['bank', 'post', 'iris'].map((party) => lines.turnOf(party))).toEqual(
      Array(3).fill('waits'),
    )
  })

  it('is told that its party is away', () => {
    circuits.failed('bank', 'no answer')
    expect([lines.turnOf('bank'), lines.turnOf('post')]).toEqual(['away', 'called'])
  })
})
