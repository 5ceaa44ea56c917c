import { describe, expect, it } from 'vitest'
import { keptAnswers } from '#schemas/values/kept-answers'

const asked = (max: number) => {
  const questions: number[] = []
  const double = keptAnswers(max, (question: number) => {
    questions.push(question)
    if (question < 0) throw new RangeError('below 0')
    return question * 2
  })
  return { double, questions }
}

describe('kept answers', () => {
  it('answer what was asked before without asking again', () => {
    const { double, questions } = asked(10)
    expect([double(1), double(2), double(1)]).toEqual([2, 4, 2])
    expect(questions).toEqual([1, 2])
  })

  it('are at most so many', () => {
    const { double, questions } = asked(2)
    expect([double(1), double(2), double(3), double(3), double(1)]).toEqual([2, 4, 6, 6, 2])
    expect(questions).toEqual([1, 2, 3, 1])
  })

  it('do not keep what was refused', () => {
    const { double, questions } = asked(2)
    expect(() => double(-1)).toThrow('below 0')
    expect(() => double(-1)).toThrow('below 0')
    expect(questions).toEqual([-1, -1])
  })
})
