import { describe, expect, it } from 'vitest'
import { askTogether } from '#core/ask-together'

/** Somebody who is asked, and answers when told to. */
const asked = () => {
  const questions: (readonly string[])[] = []
  const settle: { answer: () => void; fail: () => void }[] = []
  const ask = askTogether<string, string>(
    (name) => name,
    (names) => {
      const nth = questions.push(names)
      return new Promise((resolve, reject) =>
        settle.push({
          answer: () => resolve(names.map((name) => `${name}, answer ${nth}`)),
          fail: () => reject(new Error(`no answer to ${nth}`)),
        }),
      )
    },
  )
  return { ask, questions, settle }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('one question for all who ask', () => {
  it('at the same time, each thing once; each gets its own, in its order', async () => {
    const { ask, questions, settle } = asked()
    const answers = Promise.all([ask(['a', 'b']), ask(['c', 'a'])])
    await settled()
    expect(questions).toEqual([['a', 'b', 'c']])
    settle[0]!.answer()
    expect(await answers).toEqual([
      ['a, answer 1', 'b, answer 1'],
      ['c, answer 1', 'a, answer 1'],
    ])
  })

  it('who comes while one is out shares the next, and is given nothing older', async () => {
    const { ask, questions, settle } = asked()
    const first = ask(['a'])
    await settled()
    const later = Promise.all([ask(['a']), ask(['b'])])
    await settled()
    expect(questions).toEqual([['a']])
    settle[0]!.answer()
    expect(await first).toEqual(['a, answer 1'])
    await settled()
    expect(questions).toEqual([['a'], ['a', 'b']])
    settle[1]!.answer()
    expect(await later).toEqual([['a, answer 2'], ['b, answer 2']])
  })

  it('what fails fails for those who share it, and the next is asked anew', async () => {
    const { ask, settle } = asked()
    const first = ask(['a'])
    await settled()
    const next = ask(['a'])
    settle[0]!.fail()
    await expect(first).rejects.toThrow('no answer to 1')
    await settled()
    settle[1]!.answer()
    expect(await next).toEqual(['a, answer 2'])
  })
})
