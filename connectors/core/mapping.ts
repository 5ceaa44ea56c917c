import { z } from 'zod'
import { RejectedError, TransientError } from '#core/errors'
import type { CoreAnswer } from '#connectors/core/client'
import type { OutcomeAnswer } from '#ports/application-register'

// Statuses came as numbers and as numeric text.
const Application = z.object({
  status: z.union([z.int(), z.string().regex(/^\d{1,6}$/)]).transform(Number),
})

// The Core answers in a sentence, as a list of text, or says what is wrong, as a problem with a type and a title.
const Sentence = z.tuple([z.string().min(1)])
const Refusal = z.union([Sentence, z.object({ type: z.string(), title: z.string() })])

// 401 and 403 are ours to mend, the others of these say "not now".
const tryLaterStatuses: readonly number[] = [401, 403, 408, 425, 429]

/**
 * How the Core took an outcome; throws as `ApplicationRegister` says. A 422 counts whatever its body: the status of
 * the application is asked for next.
 */
export const toAnswer = (answer: CoreAnswer): OutcomeAnswer => {
  if (answer.status === 422) return 'not-waiting'
  check(answer)
  if (Sentence.safeParse(answer.json).success) return 'accepted'
  throw new TransientError('the Core answered 200 with something that is not its own')
}

/** The numeric status of an application; throws as `ApplicationRegister` says. */
export const statusOf = (answer: CoreAnswer): number => {
  check(answer)
  const application = Application.safeParse(answer.json)
  if (application.success) return application.data.status
  throw new TransientError('the Core answered with an application that has no status')
}

// Only 200 is success here, and only the Core itself refuses: whoever stands in between answers with 4xx, too.
const check = ({ status, json }: CoreAnswer): void => {
  if (status === 200) return
  const isLate = status < 400 || status >= 500 || tryLaterStatuses.includes(status)
  if (isLate || !Refusal.safeParse(json).success) {
    throw new TransientError(`the Core answered ${status}`)
  }
  throw new RejectedError(`core-${status}`, `the Core refused (${status})`)
}

/**
 * The address as it will be called, and where its tenant signs in. Events come from outside: credentials go
 * nowhere but below `baseUrl`. Throws RejectedError('foreign-url').
 */
export const urlsOf = (baseUrl: string, url: string): { auth: string; target: string } => {
  const base = new URL(baseUrl)
  const folder = base.pathname.replace(/\/*$/, '/')
  const { origin, pathname, search } = URL.canParse(url) ? new URL(url) : nowhere
  const [tenant, application] = pathname.split('/api/applications/')
  if (origin !== base.origin || !pathname.startsWith(folder) || !application) {
    throw new RejectedError('foreign-url', 'the address is not one of an application of our Core')
  }
  return { auth: `${origin}${tenant}/api/auth`, target: origin + pathname + search }
}

const nowhere = { origin: '', pathname: '', search: '' }
