import { z } from 'zod'
import type { IntermediaryConnector } from '#ports/intermediary'
import type { ConfigurationLevel } from '#schemas/generated/types'
import { parseCents } from '#schemas/values/cents'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { splitCents } from '#schemas/values/split'
import { ServiceMembers, TenantMembers } from '#streams/payments/configuration-members'

/** A member of a configuration that is wrong: where (RFC 6901), and one sentence that repeats no value. */
export interface Fault {
  readonly pointer: string
  readonly detail: string
}

/** A configuration as its form allows it, members in the form's order. */
export type ValidConfig = Readonly<Record<string, unknown>> & { readonly id: string }

export type Validated =
  | { readonly config: ValidConfig; readonly faults?: undefined }
  | { readonly config?: undefined; readonly faults: readonly Fault[] }

/** The whole form of a level: what every intermediary is given, then the connector's own. Undefined where it has none. */
export function wholeForm(
  { forms }: Pick<IntermediaryConnector, 'forms'>,
  level: ConfigurationLevel,
): z.ZodObject | undefined {
  const own = level === 'TENANT' ? forms.tenant : forms.service
  const standard: z.ZodObject = level === 'TENANT' ? TenantMembers : ServiceMembers
  return own && standard.extend(own.shape)
}

/**
 * Holds a configuration against the form of its level: a member nobody knows is a fault, too. What a connector says
 * of several members together counts once each of them is right.
 */
export function validateConfiguration(
  connector: Pick<IntermediaryConnector, 'forms'>,
  level: ConfigurationLevel,
  input: unknown,
): Validated {
  const form = wholeForm(connector, level)
  const own = level === 'TENANT' ? connector.forms.tenant : connector.forms.service
  if (!form || !own) return { faults: [{ pointer: '', detail: 'there is nothing to configure' }] }
  const parsed = form.safeParse(input)
  if (!parsed.success) return { faults: faultsOf(parsed.error) }
  const together = own.safeParse(parsed.data)
  if (!together.success) return { faults: faultsOf(together.error) }
  const config = parsed.data as ValidConfig
  const faults = level === 'SERVICE' ? splitFaults(config as Split) : []
  return faults.length > 0 ? { faults } : { config }
}

interface Split {
  readonly amount?: number
  readonly split?: readonly { readonly split_amount?: number }[]
}

/** The shares of an amount add up to it. Where the amount comes with each payment, they are held against that one. */
function splitFaults({ amount, split = [] }: Split): readonly Fault[] {
  const shares = split.map(({ split_amount }) =>
    split_amount === undefined ? null : parseCents(split_amount),
  )
  const negative = shares.findIndex((share) => share !== null && share < 0)
  if (negative >= 0) {
    return [{ pointer: `/split/${negative}/split_amount`, detail: 'is below zero' }]
  }
  if (amount === undefined) return []
  try {
    splitCents(parseCents(amount), shares)
    return []
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error
    return [{ pointer: '/split', detail: error.reason }]
  }
}

const faultsOf = ({ issues }: z.ZodError): readonly Fault[] =>
  issues.flatMap((issue): Fault[] => {
    const at = pointerOf(issue.path)
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        pointer: at + pointerOf([key]),
        detail: 'is no member of this form',
      }))
    }
    const isMissing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined')
    return [{ pointer: at, detail: isMissing ? 'is missing' : issue.message }]
  })

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
