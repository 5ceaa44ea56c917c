import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A file of a secret that an installation needs. */
interface SecretFile {
  readonly name: string
  readonly text: string
}

const token = (bytes = 24): string => randomBytes(bytes).toString('base64url')

/** What the files of a new installation hold, by their names; those that name another's secret match it. */
function newSecrets(today: string): readonly SecretFile[] {
  const postgres = token()
  const texts = {
    'config-keys': `${today}:${randomBytes(32).toString('base64')}`,
    'card-key': randomBytes(32).toString('base64'),
    'jwt-secret': token(32),
    'core-password': token(),
    'smtp-url': 'smtp://mailpit:1025',
    'ingest-tokens': `upstream:${token()}`,
    'exports-tokens': `operator:${token()}`,
    'debits-tokens': `switch:${token()}`,
    'postgres-password': postgres,
    'database-url': `postgres://corrente:${postgres}@postgres:5432/corrente`,
    's3-access-key-id': token(12),
    's3-secret-access-key': token(30),
    'kafka-ui-password': token(),
    'grafana-password': token(),
  }
  return Object.entries(texts).map(([name, text]) => ({ name, text }))
}

/** Those that are one secret told twice: both are made, or none. */
const told = ['postgres-password', 'database-url'] as const

/**
 * Makes the secrets of an installation in containers that are not there yet, each in a file of its own; those that are there
 * stay. The folder is for its user alone (0700), the files in it for everybody (0444): the users inside the containers are
 * others. Returns the names of what was made. Throws a sentence where one of two files that hold the same secret is missing,
 * or the folder cannot be written.
 */
export function makeSecretFiles(folder: string, now: Date): readonly string[] {
  const isThere = (name: string) => existsSync(join(folder, name))
  const [password, url] = told
  if (isThere(password) !== isThere(url)) {
    const [kept, lost] = isThere(password) ? [password, url] : [url, password]
    throw new Error(
      `${join(folder, lost)} is not there and ${kept} is, which has the same password in it: write it, or remove both`,
    )
  }
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o700)
  const missing = newSecrets(now.toISOString().slice(0, 10)).filter(({ name }) => !isThere(name))
  for (const { name, text } of missing) write(join(folder, name), text)
  return missing.map(({ name }) => name)
}

function write(path: string, text: string): void {
  // Aside first: half a file would be no secret for ever.
  const aside = `${path}.${process.pid}`
  writeFileSync(aside, text, { mode: 0o444 })
  renameSync(aside, path)
}
