import type { ChildSpec } from '#apps/corrente/child-app'
import { portsOf } from '#apps/corrente/place'
import { secretsOf } from '#apps/corrente/secrets'

/** Addresses of the apps of an installation. */
export const addressesOf = (portBase: number) => {
  const ports = portsOf(portBase)
  const at = (port: number) => `http://127.0.0.1:${port}`
  return {
    worker: at(ports.worker),
    paymentProxy: at(ports.paymentProxy),
    ingest: at(ports.ingest),
    examplepay: at(ports.examplepay),
    core: at(ports.core),
  }
}

interface Installation {
  readonly dataDir: string
  readonly portBase: number
  /** Where Kafka and the registry are. */
  readonly platform: Readonly<Record<string, string | undefined>>
}

/** The outside parties first, then ours: each app as a process with its environment. */
export function demoApps({ dataDir, portBase, platform }: Installation): {
  readonly sandbox: ChildSpec
  readonly own: readonly ChildSpec[]
} {
  const ports = portsOf(portBase)
  const addresses = addressesOf(portBase)
  const secrets = secretsOf(dataDir)
  const env = {
    ...process.env,
    ...platform,
    CORRENTE_HOME: dataDir,
    CORRENTE_PUBLIC_URL: addresses.paymentProxy,
    CORE_URL: addresses.core,
    CORE_USERNAME: 'corrente',
    CORE_PASSWORD: secrets.corePassword,
  }
  const sandbox: ChildSpec = {
    name: 'sandbox',
    args: [],
    env: {
      ...env,
      EXAMPLEPAY_PORT: String(ports.examplepay),
      EXAMPLEPAY_API_KEY: secrets.examplepayKey,
      EXAMPLEPAY_NOTIFY_SECRET: secrets.notifySecret,
      CORE_PORT: String(ports.core),
    },
    readyUrl: addresses.core,
  }
  const own: ChildSpec[] = [
    {
      name: 'worker',
      args: ['--from', 'earliest'],
      env: { ...env, PORT: String(ports.worker) },
      readyUrl: `${addresses.worker}/status`,
    },
    {
      name: 'payment-proxy',
      args: [],
      env: { ...env, PORT: String(ports.paymentProxy) },
      readyUrl: `${addresses.paymentProxy}/status`,
    },
    {
      name: 'ingest',
      args: [],
      env: {
        ...env,
        PORT: String(ports.ingest),
        INGEST_TOKENS: `upstream:${secrets.ingestToken}`,
      },
      readyUrl: `${addresses.ingest}/status`,
    },
  ]
  return { sandbox, own }
}
