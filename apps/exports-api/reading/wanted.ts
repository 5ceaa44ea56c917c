import { z } from 'zod'
import { isTenantId } from '#apps/exports-api/holders'
import { Notify, spokenTo, type WantedNotify } from '#apps/exports-api/reading/notify'
import { memberError, refusal } from '#apps/exports-api/refusal'
import type { Problem } from '#apps/platform/problem'
import type { ExportTerms } from '#schemas/generated/types'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { jsonTextOf } from '#schemas/values/json-text'

/** What is exported: terms, but for the state of the movements, which the source tells, and perhaps the version of the template. */
export type WantedTerms = Omit<ExportTerms, 'data_version'>

/** What somebody asks for, and who is to be told what comes of it, which is no part of what is exported. */
export interface Wanted {
  readonly terms: WantedTerms
  readonly notify: WantedNotify | null
}

export const lifetimeMinutes = { least: 1, usual: 240, most: 1_440 } as const
export const toleratedFailuresMax = 1_000_000
export const filterCharactersMax = 4_096
export const sourcePattern = '^[a-z0-9][a-z0-9-]{0,39}$'
export const batchPattern = '^[^\\p{Cc}\\p{Cs}]{1,128}$'
export const templatePattern = '^[a-z][a-z0-9-]{0,39}(@[1-9][0-9]{0,3})?$'

const unless = (otherwise: string) => (issue: { readonly input?: unknown }) =>
  issue.input === undefined ? 'is missing' : otherwise
const text = () => z.string({ error: unless('must be text') })
const wholeNumber = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`
  return z.int({ error }).min(least, { error }).max(most, { error })
}

const Language = text().transform((tag, context) => {
  try {
    const [canonical] = Intl.getCanonicalLocales(tag)
    if (canonical !== undefined && canonical.length <= 35) return canonical
  } catch {
    // It is told below.
  }
  context.addIssue({ code: 'custom', message: 'must be a language of BCP 47, such as es-CO' })
  return z.NEVER
})

const Filter = z
  .unknown()
  .optional()
  .transform((filter, context): string | null => {
    if (filter === undefined || filter === null) return null
    try {
      const kept = isObject(filter) ? jsonTextOf(sorted(filter)) : undefined
      if (kept !== undefined && kept.length <= filterCharactersMax) return kept
      const message = `must be a JSON object of at most ${filterCharactersMax} characters`
      context.addIssue({ code: 'custom', message })
    } catch (error) {
      if (!(error instanceof InvalidValueError)) throw error
      context.addIssue({ code: 'custom', message: error.reason })
    }
    return z.NEVER
  })

const Body = z.strictObject(
  {
    tenant_id: text().refine(isTenantId, 'must be letters, digits and characters of . _ -'),
    source: text().regex(new RegExp(sourcePattern), 'must be the name of a source'),
    batch_id: text().regex(new RegExp(batchPattern, 'u'), 'must be 1 to 128 characters'),
    filter: Filter,
    output: z.enum(['CSV', 'PDF'], { error: unless('must be CSV or PDF') }),
    template: z
      .string({ error: 'must be text' })
      .regex(
        new RegExp(templatePattern),
        'must be a template, such as receipt@1, or receipt for its current version',
      )
      .nullish(),
    language: Language,
    tolerated_failures: wholeNumber(0, toleratedFailuresMax).default(0),
    tolerated_percent: wholeNumber(0, 100).default(0),
    lifetime_minutes: wholeNumber(lifetimeMinutes.least, lifetimeMinutes.most).default(
      lifetimeMinutes.usual,
    ),
    notify: Notify,
  },
  { error: 'the body is no JSON object' },
)

/** What a body asks for. Problem 422 naming the member that cannot be meant so, without its value. */
export function wantedIn(body: unknown): Wanted {
  const read = Body.safeParse(body)
  if (!read.success) throw problemOf(read.error.issues[0]!)
  const { template = null, filter, notify, ...wanted } = read.data
  if (wanted.output === 'PDF' && template === null) {
    throw memberError('template', 'is missing: documents are made from one, such as receipt@1')
  }
  if (wanted.output === 'CSV' && template !== null) {
    throw memberError('template', 'is given, and a CSV is made from none')
  }
  return {
    terms: { ...wanted, filter, template },
    notify: spokenTo(notify, wanted.language),
  }
}

function problemOf(issue: z.core.$ZodIssue): Problem {
  if (issue.code === 'unrecognized_keys') {
    const [name = ''] = issue.keys
    // A name may be anything, also something personal.
    const named = /^[a-z_]{1,40}$/i.test(name) ? name : 'a member'
    return refusal(422, { code: 'unknown-member', detail: `${named} is not known here` })
  }
  if (issue.path.length > 0) return memberError(issue.path.join('/'), issue.message)
  return refusal(422, { code: 'invalid-body', detail: issue.message, pointer: '' })
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The same object whatever order its members came in, so that the same filter is the same text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isObject(value)) return value
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]))
}
