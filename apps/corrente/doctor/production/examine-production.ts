import type { Admin } from 'kafkajs'
import type { Check } from '#apps/corrente/doctor/check'
import { accessFindings, knownAccess } from '#apps/corrente/doctor/production/access'
import { defaultFindings } from '#apps/corrente/doctor/production/broker-defaults'
import {
  bookkeeping,
  durabilityFindings,
  keptTopics,
  sharedFindings,
} from '#apps/corrente/doctor/production/durability'
import { checkFiles } from '#apps/corrente/doctor/production/files'
import { checkKsqldbProperties } from '#apps/corrente/doctor/production/ksqldb-properties'
import { checkMailServer } from '#apps/corrente/doctor/production/mail-server'
import { checkObjectStore } from '#apps/corrente/doctor/production/object-store'
import { checkPostgres } from '#apps/corrente/doctor/production/postgres'
import { checkRegistryMode } from '#apps/corrente/doctor/production/registry-mode'
import { transportFindings } from '#apps/corrente/doctor/production/transport'
import { secretFindings } from '#apps/corrente/doctor/production/weak-secrets'
import { brokerSettings } from '#apps/corrente/doctor/brokers'
import type { Finding } from '#apps/corrente/doctor/finding'
import type { Environment } from '#apps/corrente/installation'
import { platformPlan } from '#apps/platform/contracts'
import { declaredUnits } from '#apps/platform/declared-units'

/** What a demonstration need not be: everything that can be looked at without Kafka. */
export const productionChecks = (env: Environment, home: string): readonly Check[] => [
  ['transport', async () => transportFindings(env)],
  ['secrets', async () => secretFindings(env)],
  ['files', () => checkFiles(env, home)],
  ['Postgres', () => checkPostgres(env)],
  ['object store', () => checkObjectStore(env)],
  ['mail', () => checkMailServer(env)],
  ['ksqlDB', () => checkKsqldbProperties(env)],
]

/** The same of Kafka and the registry. */
export const productionChecksOnKafka = (
  admin: Admin,
  registry:
    { readonly url: string; readonly headers: Readonly<Record<string, string>> } | undefined,
): readonly Check[] => [
  ['durability', () => checkDurability(admin)],
  ['access', async () => accessFindings(await knownAccess(admin))],
  ...(registry
    ? [['schemas', () => checkRegistryMode(registry.url, registry.headers)] as const]
    : []),
]

async function checkDurability(admin: Admin): Promise<readonly Finding[]> {
  const plan = platformPlan(declaredUnits)
  const kept = await keptTopics(admin, [...plan.map(({ name }) => name), ...bookkeeping])
  return [
    ...durabilityFindings(kept),
    ...sharedFindings(plan, kept),
    ...defaultFindings(await brokerSettings(admin)),
  ]
}
