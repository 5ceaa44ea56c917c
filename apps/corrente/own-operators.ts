import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '#apps/corrente/installation'
import { secretsOf } from '#apps/corrente/secrets'
import { changeOperators, readOperators } from '#apps/platform/operators/operators-file'
import { isPassword, passwordHash } from '#apps/platform/operators/password-hash'

const login = 'operator'

/** Where an installation keeps who may sign in to its status app. */
export const operatorsFileOf = (dataDir: string): string => join(dataDir, 'operators.json')

/** Makes the installation's first operator where it has none, with the password among its secrets. */
export async function keepOperators(
  dataDir: string,
  report: (line: string) => void = () => undefined,
): Promise<void> {
  const path = operatorsFileOf(dataDir)
  if (existsSync(path)) return
  const password = await passwordHash(secretsOf(dataDir).operationsPassword)
  changeOperators(path, (known) => ({
    ...known,
    operators: [...known.operators, { login, role: 'operator', password }],
  }))
  report(`made ${path}: who may sign in to the status app; corrente operators changes it`)
}

/** How to sign in to the status app of an installation, for the terminal of who started it. */
export async function signInHint(dataDir: string, env: Environment = process.env): Promise<string> {
  if (env['OPERATIONS_USERS_FILE']) return others
  const { operationsPassword } = secretsOf(dataDir)
  const own = readOperators(operatorsFileOf(dataDir)).operators.find((one) => one.login === login)
  return own && (await isPassword(operationsPassword, own.password))
    ? `sign in as ${login} with ${operationsPassword}`
    : others
}

const others = 'sign in as one of those that corrente operators list names'
