import type { Body } from '#apps/payment-proxy/configuration/read-body'
import type {
  ConfigurationDesk,
  CurrentConfiguration,
} from '#apps/payment-proxy/configuration/desk'
import { Problem } from '#apps/platform/problem'
import { secretPlace } from '#apps/platform/secret-keys'
import { secretsIn } from '#ports/configuration-form'
import { isSealed } from '#schemas/values/sealed'
import { mask } from '#streams/payments/masked-configuration'
import {
  type Fault,
  type ValidConfig,
  validateConfiguration,
  wholeForm,
} from '#streams/payments/validate-configuration'

/** A configuration as somebody wants it, ready to be kept. */
export interface Composed {
  readonly config: ValidConfig
  readonly active: boolean
}

/**
 * Holds what was given against its form and seals its secrets. A secret that is left out, or given as the mask it is
 * shown by, stays as it is. Problem 422 with a JSON pointer for each member that is wrong.
 */
export function composed(
  desk: ConfigurationDesk,
  id: string,
  given: Body,
  current: CurrentConfiguration | undefined,
): Composed {
  const { active = true, ...members } = given
  const secrets = secretsOf(desk)
  const faults = [
    ...activeFaults(active),
    ...idFaults(members['id'], id),
    ...sealedFaults(members, secrets),
  ]
  if (faults.length > 0) throw invalid(faults)
  const whole = { ...members, id, ...keptSecrets(members, secrets, current) }
  const validated = validateConfiguration(desk.connector, desk.level, whole)
  if (!validated.config) throw invalid(validated.faults)
  const config = sealed(desk, validated.config, secrets, current)
  return { config, active: active as boolean }
}

/** Names of the secret members of the level's form. */
export const secretsOf = ({ connector, level }: ConfigurationDesk): readonly string[] =>
  secretsIn(wholeForm(connector, level))

/** Problem 422: what is wrong with each member. */
export function invalid(faults: readonly Fault[]): Problem {
  const [first] = faults
  return new Problem(422, `${first?.pointer} ${first?.detail}`.trim(), {
    members: { pointer: first?.pointer, errors: faults },
  })
}

const activeFaults = (active: unknown): Fault[] =>
  typeof active === 'boolean' ? [] : [{ pointer: '/active', detail: 'is neither true nor false' }]

function idFaults(given: unknown, id: string): Fault[] {
  const isSame = given === undefined || (typeof given === 'string' && given.toLowerCase() === id)
  return isSame ? [] : [{ pointer: '/id', detail: 'differs from the id in the path' }]
}

/** Only what was sealed here may be taken for sealed. */
const sealedFaults = (members: Body, secrets: readonly string[]): Fault[] =>
  secrets
    .filter((name) => isSealed(members[name]))
    .map((name) => ({ pointer: `/${name}`, detail: 'is no secret, but one that was sealed' }))

const keptSecrets = (
  members: Body,
  secrets: readonly string[],
  current: CurrentConfiguration | undefined,
): Body =>
  Object.fromEntries(
    secrets
      .filter((name) => members[name] === undefined || members[name] === mask)
      .map((name) => [name, current?.config[name]]),
  )

function sealed(
  { connector, level, access: { keys } }: ConfigurationDesk,
  config: ValidConfig,
  secrets: readonly string[],
  current: CurrentConfiguration | undefined,
): ValidConfig {
  const sealedOf = (name: string, value: string): string => {
    const place = secretPlace(connector.name, level, config.id, name)
    if (isSealed(value))
      return keys.isNewest(value) ? value : keys.seal(keys.unseal(value, place), place)
    const known = current?.config[name]
    return isSealed(known) && isSame(() => keys.unseal(known, place), value) && keys.isNewest(known)
      ? known
      : keys.seal(value, place)
  }
  const entries = Object.entries(config).map(([name, value]) =>
    secrets.includes(name) && typeof value === 'string'
      ? [name, sealedOf(name, value)]
      : [name, value],
  )
  return Object.fromEntries(entries) as ValidConfig
}

/** What cannot be read any more is not the same. */
function isSame(read: () => string, value: string): boolean {
  try {
    return read() === value
  } catch {
    return false
  }
}
