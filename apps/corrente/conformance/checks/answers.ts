import type { Answered } from '#apps/corrente/conformance/observed'
import { shownUrl } from '#apps/corrente/conformance/read-event'

export const isDone = ({ status }: Answered): boolean => status >= 200 && status < 300

/** What was asked and answered, in a sentence. */
export const answerText = ({ asked, status }: Answered): string => `${asked} answered ${status}`

/** The body as JSON; undefined where it is none. */
export function jsonOf({ body }: Answered): unknown {
  try {
    return JSON.parse(Buffer.from(body, 'latin1').toString('utf8'))
  } catch {
    return undefined
  }
}

/** Whether the page that asked may read the answer. */
export const isAllowedFor = ({ headers, origin }: Answered): boolean =>
  origin !== undefined && ['*', origin].includes(headers['access-control-allow-origin'] ?? '')

/** Where a redirect leads; undefined where it is none, or leads to no web address. */
export function leadsTo({ status, headers, asked }: Answered): string | undefined {
  const location = headers['location']
  if (status < 300 || status >= 400 || location === undefined) return undefined
  const from = asked.split(' ')[1]
  if (!URL.canParse(location, from)) return undefined
  const url = new URL(location, from)
  return /^https?:$/.test(url.protocol) ? url.href : undefined
}

/** What came of a redirect, without the query of where it leads. */
export function redirectText(answer: Answered): string {
  const url = leadsTo(answer)
  return url === undefined ? answerText(answer) : `${answerText(answer)}, to ${shownUrl(url)}`
}

export const isPdf = ({ body }: Answered): boolean => body.startsWith('%PDF-')

/** What came in the place of a document. */
export const documentText = (answer: Answered): string =>
  `${answerText(answer)}, ${answer.headers['content-type'] ?? 'of no type'}`
