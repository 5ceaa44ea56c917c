import { describe, expect, it } from 'vitest'
import { Problem, problemOf } from '#apps/platform/problem'
import { RejectedError, TransientError } from '#core/errors'

describe('Problem', () => {
  it('is RFC 9457 as JSON', () => {
    const problem = new Problem(422, '/amount is missing', { members: { pointer: '/amount' } })
    expect(problem.toJson('/applications')).toEqual({
      type: 'about:blank',
      title: 'Unprocessable Entity',
      status: 422,
      detail: '/amount is missing',
      instance: '/applications',
      pointer: '/amount',
    })
  })

  it('lets no member take the place of its own', () => {
    const problem = new Problem(409, 'no', { members: { status: 200 } })
    expect(problem.toJson('/')).toMatchObject({ status: 409 })
  })
})

describe('problemOf', () => {
  it('leaves a problem as it is', () => {
    const problem = new Problem(418, 'no coffee')
    expect(problemOf(problem)).toBe(problem)
  })

  it('asks to come back where the world was not ready', () => {
    const problem = problemOf(new TransientError('Kafka did not acknowledge the record'))
    expect(problem).toMatchObject({ status: 503, headers: { 'retry-after': '5' } })
  })

  it('passes the code of a refusal on', () => {
    const problem = problemOf(new RejectedError('bad-notification', 'no'))
    expect(problem).toMatchObject({ status: 422, members: { code: 'bad-notification' } })
  })

  it('keeps the status of a body parser and not its words, which repeat the body', () => {
    const error = Object.assign(new SyntaxError('Unexpected token "PRVLCU85M15X000R"'), {
      status: 400,
    })
    expect(problemOf(error)).toMatchObject({ status: 400, detail: 'the request cannot be read' })
  })

  it.each([new TypeError('x is undefined'), 'thrown text', undefined])(
    'takes anything else for ours: %s',
    (error) => {
      const problem = problemOf(error)
      expect(problem.status).toBe(500)
      expect(problem.detail).not.toContain('undefined')
    },
  )
})
