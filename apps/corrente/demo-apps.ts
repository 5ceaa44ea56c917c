import type { AppSpec } from '#apps/corrente/app-process'
import { exportsEnvOf, exportsStoreOf } from '#apps/corrente/demo-exports'
import type { Environment } from '#apps/corrente/installation'
import { operatorsFileOf } from '#apps/corrente/own-operators'
import { portsOf, sandboxPortsOf, smtpPortOf } from '#apps/corrente/place'
import { cardKeyOf, configKeysOf, secretsOf } from '#apps/corrente/secrets'
import { workerEnvironment } from '#apps/platform/worker-environment'
import { workerNodeOptions } from '#apps/platform/worker-node-options'
import { webhookScenes } from '#connectors/webhook/sandbox'

/** Addresses of the apps of an installation. */
export const addressesOf = (portBase: number) => {
  const addresses = Object.entries(portsOf(portBase)).map(([name, port]) => [name, at(port)])
  return Object.fromEntries(addresses) as Readonly<Record<keyof ReturnType<typeof portsOf>, string>>
}

const at = (port: number) => `http://127.0.0.1:${port}`

/** The apps of one demonstration, on loopback. */
export interface Installation {
  readonly dataDir: string
  readonly portBase: number
  /** The environment of its processes; says where Kafka and the registry are. */
  readonly platform: Environment
}

const watchedOf = (addresses: ReturnType<typeof addressesOf>, platform: Environment) => {
  const { worker, paymentProxy, ingest, poller, debitEdge, debitProjector, exportsApi } = addresses
  const projectors = hasDatabase(platform) ? [debitProjector] : []
  return [worker, paymentProxy, ingest, poller, debitEdge, exportsApi, ...projectors].join(',')
}

/** Who may sign in to the status app, by any name of this machine. */
const signInOf = (dataDir: string, platform: Environment) => ({
  OPERATIONS_USERS_FILE: platform['OPERATIONS_USERS_FILE'] || operatorsFileOf(dataDir),
  OPERATIONS_PUBLIC_URL: '',
})

/** Whether there is a Postgres: without one, neither the stand-in of ksqlDB nor the projector is among the apps. */
export const hasDatabase = (platform: Environment): boolean => Boolean(platform['DATABASE_URL'])

/** The outside parties first, then ours: each app as a process with its environment. */
export function demoApps({ dataDir, portBase, platform }: Installation): {
  readonly sandbox: AppSpec
  readonly own: readonly AppSpec[]
} {
  const ports = portsOf(portBase)
  const addresses = addressesOf(portBase)
  const secrets = secretsOf(dataDir)
  const ksqldb = hasDatabase(platform) ? { KSQLDB_URL: addresses.ksqldb } : {}
  const env = {
    ...platform,
    HOST: '127.0.0.1',
    CORRENTE_HOME: dataDir,
    CORRENTE_PUBLIC_URL: addresses.paymentProxy,
    CORRENTE_INTERNAL_URL: addresses.paymentProxy,
    CORRENTE_CONFIG_KEYS: configKeysOf(dataDir),
    CORE_URL: addresses.core,
    CORE_USERNAME: 'corrente',
    CORE_PASSWORD: secrets.corePassword,
    ...exportsStoreOf(dataDir, platform),
  }
  const sandbox = sandboxOf(portBase, secrets, env)
  const app = (name: string, port: number, more: Partial<AppSpec> = {}): AppSpec => ({
    name,
    args: [],
    claims: [{ port, wantedBy: `the ${name}` }],
    readyUrl: `${at(port)}/status`,
    ...more,
    env: { ...env, PORT: String(port), ...more.env },
  })
  const notified = { ...mailOf(portBase, platform), ...webhooksOf(portBase, platform, secrets) }
  const own = [
    app('worker', ports.worker, {
      args: ['--from', 'earliest'],
      nodeOptions: workerNodeOptions,
      env: { ...workerEnvironment, ...notified },
    }),
    app('payment-proxy', ports.paymentProxy, { env: accessOf(addresses.core, secrets) }),
    app('ingest', ports.ingest, {
      env: {
        INGEST_TOPICS: 'applications,users',
        INGEST_TOKENS: `upstream:${secrets.ingestToken}`,
      },
    }),
    app('payments-poller', ports.poller, { env: { ...ksqldb, POLLER_HOSTS: '127.0.0.1' } }),
    app('debit-edge', ports.debitEdge, { env: { DEBITS_CARD_KEY: cardKeyOf(dataDir) } }),
    app('exports-api', ports.exportsApi, {
      env: exportsEnvOf(addresses.exportsApi, secrets, platform),
    }),
    ...(hasDatabase(platform)
      ? [app('debit-projector', ports.debitProjector), app('ksql-standin', ports.ksqldb)]
      : []),
    app('operations', ports.operations, {
      // Its status is red while anything needs somebody: that is no reason not to start.
      readyUrl: addresses.operations,
      env: { CORRENTE_PROCESSES: watchedOf(addresses, platform), ...signInOf(dataDir, platform) },
    }),
  ]
  return { sandbox, own }
}

/** The outside parties, in one process. */
function sandboxOf(
  portBase: number,
  secrets: ReturnType<typeof secretsOf>,
  env: Environment & { readonly CORRENTE_INTERNAL_URL: string },
): AppSpec {
  const ports = sandboxPortsOf(portBase)
  const claims = Object.entries({ ...ports, smtp: smtpPortOf(portBase) }).map(([name, port]) => {
    return { port, wantedBy: `the sandbox of ${name}` }
  })
  const told = {
    ...env,
    EXAMPLEPAY_PORT: String(ports.examplepay),
    EXAMPLEPAY_API_KEY: secrets.examplepayKey,
    EXAMPLEPAY_NOTIFY_SECRET: secrets.notifySecret,
    EXTERNAL_PAGE_PORT: String(ports.externalPage),
    EXTERNAL_PAGE_SECRET: secrets.pageSecret,
    GOVPAY_PORT: String(ports.govpay),
    GOVPAY_PASSWORD: secrets.govpayPassword,
    GOVPAY_NOTIFY_PASSWORD: secrets.govpayNotifyPassword,
    GOVPAY_NOTIFY_URL: `${env.CORRENTE_INTERNAL_URL}/govpay/notify`,
    MYPAY_PORT: String(ports.mypay),
    MYPAY_PASSWORD: secrets.mypayPassword,
    MYPAY_NOTIFY_SECRET: secrets.mypaySecret,
    // It has one address for all dues, given when the body was registered there.
    MYPAY_NOTIFY_URL: `${env.CORRENTE_INTERNAL_URL}/mypay/notify`,
    IRIS_PORT: String(ports.iris),
    IRIS_PASSWORD: secrets.irisPassword,
    IRIS_NOTIFY_URL: `${env.CORRENTE_INTERNAL_URL}/iris/notify`,
    IRIS_NOTIFY_PASSWORD: secrets.irisNotifyPassword,
    CORE_PORT: String(ports.core),
    MAIL_PORT: String(ports.mail),
    SMTP_PORT: String(smtpPortOf(portBase)),
    WEBHOOK_PORT: String(ports.webhook),
    WEBHOOK_SECRET: secrets.webhookSecret,
  }
  return { name: 'sandbox', args: [], claims, env: told, readyUrl: at(ports.core) }
}

/** Who may configure: the Core's page, with tokens of the installation's own. Payers stay on this machine. */
const accessOf = (core: string, { tokenSecret }: ReturnType<typeof secretsOf>) => ({
  CORRENTE_ALLOWED_HOSTS: '127.0.0.1',
  CORRENTE_ALLOWED_ORIGINS: core,
  CORRENTE_JWT_SECRET: tokenSecret,
})

/** Mails go to the sandbox, unless the environment names a mail server. */
const mailOf = (portBase: number, platform: Environment): Environment =>
  platform['SMTP_URL']
    ? {}
    : {
        SMTP_URL: `smtp://127.0.0.1:${smtpPortOf(portBase)}`,
        SMTP_TLS: 'off',
        SMTP_FROM: 'Corrente <no-reply@body.example>',
      }

/** The addresses of the sandbox of webhooks, each by the name of what it plays, unless the environment names others. */
const webhooksOf = (
  portBase: number,
  platform: Environment,
  { webhookSecret }: ReturnType<typeof secretsOf>,
): Environment => {
  if (platform['NOTIFICATION_WEBHOOKS']) return {}
  const url = addressesOf(portBase).webhook
  const scenes = Object.keys(webhookScenes)
  return {
    NOTIFICATION_WEBHOOKS: scenes.map((scene) => `${scene}=${url}/${scene}`).join(','),
    NOTIFICATION_WEBHOOK_SECRETS: scenes.map((scene) => `${scene}:${webhookSecret}`).join(','),
  }
}
