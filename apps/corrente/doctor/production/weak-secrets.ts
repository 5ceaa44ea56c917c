import { type Finding, findingsOf } from '#apps/corrente/doctor/finding'
import type { Environment } from '#apps/corrente/installation'

const { ok, warning } = findingsOf('secrets')

const isSecret = (name: string): boolean =>
  /(^|_)(PASSWORD|SECRET|SECRETS|TOKEN|TOKENS|KEY|KEYS)$/.test(name) &&
  /^(KAFKA|SCHEMA_REGISTRY|KSQLDB|S3|CORE|CORRENTE|INGEST|EXPORTS|DEBITS|NOTIFICATION|OBJECT_STORE|OPERATIONS|SMTP)_/.test(
    name,
  )

const urls: readonly string[] = ['DATABASE_URL', 'CORRENTE_MOVEMENTS_DATABASE_URL', 'SMTP_URL']

/** Words of examples and first installations. */
const telling =
  /^(admin|root|guest|test|demo|example|default|minio(admin)?|postgres|corrente|kafka|letmein|\d+)$|change.?me|pass(word|wd)|secret|replace|insert|your[-_ ]|xxx|123456/i

const charactersMin = 12
/** One character again and again, or the alphabet, is long and no secret. */
const differentMin = 6

interface Secret {
  readonly name: string
  readonly value: string
}

/** What is secret in the environment, each part of a list by itself. */
function secretsIn(env: Environment): readonly Secret[] {
  const listed = Object.entries(env).flatMap(([name, text]) => {
    if (!text || !isSecret(name)) return []
    const isList = /S$/.test(name)
    const parts = isList ? text.split(',').map((part) => part.trim()) : [text]
    return parts.map((part) => {
      const [, label, value] = (isList && /^([\w.*-]{1,60}):(.+)$/.exec(part)) || []
      return { name: label === undefined ? name : `${name} (${label})`, value: value ?? part }
    })
  })
  const inUrls = urls.flatMap((name) => {
    const url = URL.canParse(env[name] ?? '') ? new URL(env[name]!) : undefined
    return url?.password ? [{ name, value: decoded(url.password) }] : []
  })
  return [...listed, ...inUrls]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Secrets that others know or guess, or that open two doors. By their names: none is shown. */
export function secretFindings(env: Environment): readonly Finding[] {
  const secrets = secretsIn(env)
  if (secrets.length === 0) return []
  const found = [
    ...secrets
      .filter(({ value }) => telling.test(value))
      .map(({ name }) =>
        warning(`${name} is a word of an example: make one by openssl rand -base64 32`),
      ),
    ...secrets
      .filter(({ value }) => !telling.test(value) && isGuessed(value))
      .map(({ name }) =>
        warning(
          `${name} is short or simple enough to be guessed: make one by openssl rand -base64 32`,
        ),
      ),
    ...twice(secrets),
  ]
  return found.length > 0 ? found : [ok(`${secrets.length} secrets are long and all different`)]
}

const isGuessed = (value: string) =>
  value.length < charactersMin || new Set(value).size < differentMin

function twice(secrets: readonly Secret[]): readonly Finding[] {
  return secrets.flatMap(({ name, value }, at) => {
    const former = secrets.slice(0, at).find((one) => one.value === value && one.name !== name)
    if (!former) return []
    return [warning(`${name} is the same as ${former.name}: who has one has both; make another`)]
  })
}
