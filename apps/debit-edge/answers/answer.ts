import type { ServerResponse } from 'node:http'
import { decisionMembers } from '#apps/debit-edge/answers/decision-members'
import { mensagemOf, sentenceOf } from '#apps/debit-edge/answers/sentences'
import { codeOfStatus, statusOf } from '#apps/debit-edge/answers/status'
import { Problem } from '#apps/platform/problem'
import type { DebitDecision } from '#schemas/generated/types'
import { mayHoldCardNumber } from '#schemas/values/card-number'

/** An answer, whole: the same text each time the same is told. */
export interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}

export const jsonAnswer = (status: number, body: string): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body,
})

/** How a kind of routes tells what is refused. */
export type Words = (problem: Problem) => Readonly<Record<string, unknown>>

/** The response code of a refusal; undefined where it is none of DE 39, such as of a path nothing is served at. */
export const codeOf = ({ status, members: { code } }: Problem): string | undefined =>
  typeof code === 'string' ? code : codeOfStatus(status)

/** As our own routes tell it: `code` and `reason`. */
export const ownWords: Words = (problem) => {
  const code = codeOf(problem)
  return code === undefined ? problem.members : { ...problem.members, code }
}

/** As the routes of the source tell it: `codigo` and `mensagem`. */
export const sourceWords: Words = (problem) => {
  const { code: _, ...members } = problem.members
  const code = codeOf(problem)
  if (code === undefined) return members
  return { codigo: code, mensagem: mensagemOf(code), ...members }
}

// A path may be anything, also the number of a card.
const shown = (path: string): string =>
  path
    .split('/')
    .map((part) => (mayHoldCardNumber(part) ? '***' : part))
    .join('/')

const ofSource: readonly string[] = ['/conta', '/debito']

/** The words in which refusals are told at a path. */
export const wordsAt = (path: string): Words => (ofSource.includes(path) ? sourceWords : ownWords)

/** A refusal as `application/problem+json`. */
export function problemAnswer(problem: Problem, path: string, words = wordsAt(path)): Answer {
  const { status, title, detail } = problem
  const told = new Problem(status, detail, { title, members: words(problem) })
  const body = JSON.stringify(told.toJson(shown(path)))
  return { status, type: 'application/problem+json; charset=utf-8', body }
}

/** A decision as our own routes tell it: what was done, or why not as a problem. */
export function decidedAnswer(decision: DebitDecision, path: string): Answer {
  const { code, reason } = decision
  const members = decisionMembers(decision)
  const status = statusOf(code)
  if (status === 200) return jsonAnswer(200, JSON.stringify(members))
  return problemAnswer(new Problem(status, sentenceOf(reason), { members }), path, ownWords)
}

/** Nothing else is written of an answer than this. */
export function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.statusCode = status
  response.setHeader('content-type', type)
  response.setHeader('content-length', Buffer.byteLength(body))
  response.end(body)
}
