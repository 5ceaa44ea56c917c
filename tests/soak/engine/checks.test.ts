import { describe, expect, it } from 'vitest'
import { centsOf, keyNumberOf, keyOf, rowText } from '#tests/bench/engine/bench-events'
import { AnswersCheck } from '#tests/soak/engine/check-answers'
import { EffectsCheck } from '#tests/soak/engine/check-effects'
import { RowsCheck } from '#tests/soak/engine/check-rows'
import { Violations } from '#tests/soak/engine/scenario'

const flow = { sent: 4, keys: 2 }

describe('the check of effects', () => {
  const judged = (lines: readonly string[]) => {
    const check = new EffectsCheck(flow)
    for (const line of lines) check.add(line)
    return check.found('task').flatMap(({ violations }) => violations)
  }
  const all = ['0', '1', '2', '3'].flatMap((n) => [`begun 0/${n} key ${n}`, `done 0/${n} key ${n}`])

  it('finds nothing where each was done, also where some were done twice', () => {
    expect(judged([...all, ...all.slice(4)])).toEqual([])
  })

  it('finds an event without an effect', () => {
    expect(judged(all.slice(0, 7))).toEqual(['1 events had no effect, the first is 3'])
  })

  it('finds one that was begun before the one before it had passed: what was lost has not', () => {
    const lost = all.map((line) => (line === 'done 0/0 key 0' ? 'lost 0/0 key 0' : line))
    expect(judged([...lost, 'begun 0/0 key 0', 'done 0/0 key 0'])).toEqual([
      'event 2 of key 0 was begun before 0 was done',
    ])
  })
})

describe('the check of rows', () => {
  const row = (sequence: number, count: number, cents: number) => {
    const key = keyOf(keyNumberOf(sequence, flow.keys))
    return { partition: 0, offset: 0, key, value: { status: rowText(count, cents, '') }, at: 0 }
  }
  const judged = (...rows: readonly ReturnType<typeof row>[]) => {
    const check = new RowsCheck()
    for (const one of rows) check.add(one)
    return check.found('unit', flow).violations
  }
  const rows = [row(0, 2, centsOf(0) + centsOf(2)), row(1, 2, centsOf(1) + centsOf(3))] as const

  it('finds nothing where the last rows are the sums', () => {
    expect(judged(row(0, 1, centsOf(0)), ...rows)).toEqual([])
  })

  it('finds a row that is missing, one that is wrong and one of nobody', () => {
    expect(judged(rows[0])).toHaveLength(1)
    expect(judged(...rows, row(0, 1, centsOf(0)))).toHaveLength(1)
    expect(judged(...rows, { ...rows[0], key: 'nobody' })).toEqual(['a row of nobody'])
  })
})

describe('the check of answers', () => {
  const check = (...doubled: readonly number[]) =>
    new AnswersCheck(flow.sent, {
      writerOf: () => 'unit:1.0.0',
      isDoubledByBroker: (sequence) => doubled.includes(sequence),
      earlierWriterOf: (sequence) => (doubled.includes(sequence) ? 'unit:2.0.0' : undefined),
    })

  it('finds nothing where who wrote an output answers once', () => {
    const answers = check()
    answers.add(0, '1.0.0')
    expect(answers.found('unit').violations).toEqual([])
  })

  it('finds an answer of somebody else, and a second one', () => {
    const answers = check()
    answers.add(0, '2.0.0')
    answers.add(0, '1.0.0')
    expect(answers.found('unit').violations).toEqual([
      '2.0.0 answered event 0, which unit:1.0.0 wrote',
      'event 0 was answered more than 1 times',
    ])
  })

  it('bears one of each writer where the broker forgot what it had acknowledged, and no third', () => {
    const answers = check(0)
    for (const version of ['2.0.0', '1.0.0', '1.0.0']) answers.add(0, version)
    expect(answers.found('unit').violations).toEqual(['event 0 was answered more than 2 times'])
  })
})

describe('violations', () => {
  it('are counted and not all kept', () => {
    const violations = new Violations()
    for (let n = 0; n < 12; n++) violations.add(String(n))
    expect(violations.list().slice(-2)).toEqual(['9', 'and 2 more'])
  })
})
