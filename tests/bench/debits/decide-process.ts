import { Decider } from '#tests/bench/debits/decider'
import { roundsOfAll, toldAt } from '#tests/bench/debits/decide-story'
import { decide } from '#streams/debits/decide'

/** What the rules of debits cost: decisions a CPU second of this process, its threads that collect garbage included. */
export interface DecideFigures {
  /** What is kept of the account is at hand, and nothing is done with what was decided. */
  readonly alone: number
  /** With the rows read and kept in memory, and all records made that the authoriser writes. */
  readonly whole: number
}

export interface DecideSpec {
  readonly accounts: number
  readonly decisions: number
}

/** Decides and prints what it cost, as JSON. Told by its environment: DECIDE. */
const { accounts, decisions } = JSON.parse(process.env['DECIDE'] ?? '') as DecideSpec
const fromMs = Date.parse('2026-01-15T09:00:00Z')
const decider = new Decider()
const spent = { alone: 0, whole: 0 }

function timed(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** A request of each account: none of them is about what another one changes. */
function round(number: number): void {
  const told = Array.from({ length: accounts }, (_, n) =>
    toldAt(number * accounts + n, accounts, fromMs),
  )
  decider.wake(told[0]!.atMs)
  const questions = told.map((each) => decider.found(each))
  let decided = 0
  spent.alone += timed(() => {
    for (const { known, request, moment } of questions) {
      if (decide(known, request, moment).decision) decided += 1
    }
  })
  if (decided !== accounts) throw new Error(`${decided} of ${accounts} requests were decided`)
  spent.whole += timed(() => {
    for (const each of told) decider.handle(each)
  })
}

for (let number = 0; number < roundsOfAll; number++) round(number)
Object.assign(spent, { alone: 0, whole: 0 })
const rounds = Math.ceil(decisions / accounts)
for (let number = 0; number < rounds; number++) round(roundsOfAll + number)

const figures: DecideFigures = {
  alone: (rounds * accounts) / spent.alone,
  whole: (rounds * accounts) / spent.whole,
}
process.stdout.write(JSON.stringify(figures))
