import { type Finding, findingsOf } from '#apps/corrente/doctor/finding'
import type { Environment } from '#apps/corrente/installation'

const { ok, warning } = findingsOf('transport')

const isLoopback = (host: string): boolean =>
  /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[?::1\]?)$/i.test(host)

/** Services that are spoken to by a URL, and the schemes that hide nothing. */
const addresses: readonly (readonly [name: string, what: string])[] = [
  ['SCHEMA_REGISTRY_URL', 'the schema registry'],
  ['KSQLDB_URL', 'ksqlDB'],
  ['S3_ENDPOINT', 'the object store'],
  ['CORE_URL', 'the Core'],
  ['CORRENTE_PUBLIC_URL', 'the payment proxy, where payers go'],
  ['OBJECT_STORE_URL', 'the links to exports'],
]

/** Whatever is said in the clear to another machine, by the setting that says so. No URL is shown. */
export function transportFindings(env: Environment): readonly Finding[] {
  const found = [
    ...kafkaFindings(env),
    ...addresses.flatMap(([name, what]) => {
      const url = URL.canParse(env[name] ?? '') ? new URL(env[name]!) : undefined
      if (!url || url.protocol !== 'http:' || isLoopback(url.hostname)) return []
      return [warning(`${name}: ${what} is spoken to in the clear; let it be https`)]
    }),
    ...databaseFindings(env),
    ...mailFindings(env),
    ...webhookFindings(env),
  ]
  return found.length > 0 ? found : [ok('nothing is said in the clear to another machine')]
}

function kafkaFindings(env: Environment): readonly Finding[] {
  const brokers = (env['KAFKA_BROKERS'] || env['KAFKA_BOOTSTRAP_SERVERS'] || '').split(',')
  const hosts = brokers.map((broker) => broker.trim().replace(/:\d+$/, ''))
  const away = hosts.filter((host) => host !== '' && !isLoopback(host))
  const protocol = env['KAFKA_SECURITY_PROTOCOL'] || 'plaintext'
  if (away.length === 0) return []
  return [
    !protocol.endsWith('ssl') &&
      warning(
        `KAFKA_SECURITY_PROTOCOL is ${protocol}: records, and passwords with them, go in the clear to ${away[0]}; ` +
          'set it to sasl_ssl',
      ),
    !protocol.startsWith('sasl') &&
      warning(
        `KAFKA_SECURITY_PROTOCOL is ${protocol}: the brokers cannot tell our processes apart, so that no access list holds; ` +
          'set it to sasl_ssl, with KAFKA_SASL_MECHANISM, KAFKA_USERNAME and KAFKA_PASSWORD of each process',
      ),
    protocol === 'sasl_plaintext' &&
      env['KAFKA_SASL_MECHANISM'] === 'PLAIN' &&
      warning('KAFKA_SASL_MECHANISM is PLAIN without TLS: whoever listens has the password'),
  ].filter((finding) => finding !== false)
}

function databaseFindings(env: Environment): readonly Finding[] {
  return ['DATABASE_URL', 'CORRENTE_MOVEMENTS_DATABASE_URL'].flatMap((name) => {
    const url = URL.canParse(env[name] ?? '') ? new URL(env[name]!) : undefined
    if (!url || isLoopback(url.hostname)) return []
    const mode = url.searchParams.get('sslmode') ?? env['PGSSLMODE']
    if (mode !== undefined && mode !== 'disable' && mode !== 'no-verify') return []
    return [
      warning(
        `${name}: Postgres is spoken to in the clear, or its certificate is not looked at; add sslmode=verify-full`,
      ),
    ]
  })
}

function mailFindings(env: Environment): readonly Finding[] {
  const url = URL.canParse(env['SMTP_URL'] ?? '') ? new URL(env['SMTP_URL']!) : undefined
  if (!url || env['SMTP_TLS'] !== 'off' || isLoopback(url.hostname)) return []
  return [warning('SMTP_TLS is off: mails go in the clear; leave it out')]
}

function webhookFindings(env: Environment): readonly Finding[] {
  const plain = (env['NOTIFICATION_WEBHOOKS'] ?? '')
    .split(',')
    .map((part) => part.trim().split('=', 2) as [string, string?])
    .filter(([, url]) => url?.startsWith('http:') && !isLoopback(new URL(url).hostname))
  return plain.map(([name]) =>
    warning(`NOTIFICATION_WEBHOOKS: ${name} is told in the clear; let it be https`),
  )
}
