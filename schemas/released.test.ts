import { expect, it } from 'vitest'
import { releasePath, releasedUnder } from '#schemas/released'

it('finds the released versions of a topic', () => {
  expect(releasedUnder('payments')[0]).toMatchObject({ name: 'Payment' })
  expect(releasePath('payments', 2).pathname).toMatch(/schemas\/released\/payments\/2\.avsc$/)
})

it('finds none of a topic that is new', () => {
  expect(releasedUnder('nothing.yet')).toEqual([])
})
