import { join } from 'node:path'
import { checkBrokers, checkBrokerSettings, checkNamedBrokers } from '#apps/corrente/doctor/brokers'
import { all, type Check } from '#apps/corrente/doctor/check'
import { checkBrokerClock, checkServerClock } from '#apps/corrente/doctor/clocks'
import { checkCompatibility, checkSchemas, checkTopics } from '#apps/corrente/doctor/contracts'
import { examined, type Finding, findingsOf } from '#apps/corrente/doctor/finding'
import { checkKsqldb } from '#apps/corrente/doctor/ksqldb'
import { checkDisk, checkNode, checkTools } from '#apps/corrente/doctor/machine'
import { checkMovements } from '#apps/corrente/doctor/movements'
import {
  productionChecks,
  productionChecksOnKafka,
} from '#apps/corrente/doctor/production/examine-production'
import { checkSignIn } from '#apps/corrente/doctor/production/sign-in'
import { versionFindings } from '#apps/corrente/doctor/production/versions'
import { checkDeadLetters, checkUnits } from '#apps/corrente/doctor/units'
import { type Environment, installed, ownKafkaSetting } from '#apps/corrente/installation'
import { dataDirOf, portBaseOf, portsOf, root } from '#apps/corrente/place'
import { withAdmin } from '#apps/platform/admin'
import { withLog } from '#apps/platform/inspection/log-access'
import { askProcess, needsOfProcesses } from '#apps/platform/inspection/processes'
import { platformSettings, type PlatformSettings } from '#apps/platform/settings'
import { assertPortsFree, stackPorts } from '#compose/embedded/ports'
import { appVersion } from '#core/version'

/** What is looked at. */
export interface Examination {
  readonly portBaseText: string | undefined
  /** Base URLs of the processes. */
  readonly urls: readonly string[]
  /** Also what a demonstration need not be. */
  readonly isProduction: boolean
}

/** Everything an operator would look at, side by side; what cannot be reached is told and what hangs on it left out. */
export async function examine(examination: Examination): Promise<readonly Finding[]> {
  const { portBaseText, urls, isProduction } = examination
  const portBase = portBaseOf(portBaseText)
  const isEmbedded = ownKafkaSetting() === undefined
  const own = process.env['CORRENTE_HOME'] || join(root, '.corrente')
  const home = isEmbedded ? dataDirOf(portBase) : own
  const machine: Check[] = [
    ['machine', async () => checkNode(process.version, process.env['UV_THREADPOOL_SIZE'])],
    ['machine', () => checkDisk(home)],
    ...(isEmbedded ? [['machine', checkTools] as const] : []),
  ]
  const services = async () => {
    let env: Environment
    try {
      env = await installed(portBaseText)
    } catch (error) {
      const ports = await examined('ports', () => freePorts(portBase))
      return [findingsOf('brokers').problem((error as Error).message), ...ports]
    }
    const settings = platformSettings(env)
    const more = isProduction ? productionChecks(env, home) : []
    const found = await Promise.all([examineServices(settings, env, isProduction), all(more)])
    return found.flat()
  }
  const found = await Promise.all([
    all(machine),
    examined('settings', services),
    examined('movements', () => checkMovements(process.env)),
    examined('processes', () => checkProcesses(urls)),
  ])
  return found.flat()
}

async function examineServices(
  settings: PlatformSettings,
  env: Environment,
  isProduction: boolean,
): Promise<readonly Finding[]> {
  const { kafka, wire } = settings
  const registry: Check[] = [['schemas', () => checkSchemas(wire, env['SCHEMA_REGISTRY_URL'])]]
  const url = env['SCHEMA_REGISTRY_URL']
  if (wire.format === 'avro' && url) {
    registry.push(['schemas', () => checkCompatibility(url, credentialsIn(env))])
    registry.push(['clocks', () => checkServerClock('the schema registry', url)])
  }
  const named = await checkNamedBrokers(kafka)
  if (named.every(({ level }) => level === 'problem')) return [...named, ...(await all(registry))]
  const refused = await examined('brokers', () => checkSignIn(kafka))
  if (refused.length > 0) return [...named, ...refused, ...(await all(registry))]
  const registered = url ? { url, headers: credentialsIn(env) } : undefined
  const onKafka = () =>
    withLog(settings, (log) =>
      withAdmin(kafka, (admin) =>
        all([
          ['brokers', () => checkBrokers(kafka, admin)],
          ['brokers', () => checkBrokerSettings(admin)],
          ['topics', () => checkTopics(kafka)],
          ...registry,
          ['clocks', () => checkBrokerClock(log)],
          ['units', () => checkUnits(log, admin)],
          ['dead letters', () => checkDeadLetters(log)],
          ['ksqlDB', () => checkKsqldb(env, kafka, admin)],
          ...(isProduction ? productionChecksOnKafka(admin, registered) : []),
        ]),
      ),
    )
  return examined('brokers', onKafka)
}

function credentialsIn(env: Environment): Readonly<Record<string, string>> {
  const { SCHEMA_REGISTRY_USERNAME: user, SCHEMA_REGISTRY_PASSWORD: password = '' } = env
  if (user === undefined) return {}
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` }
}

/** Where nothing runs yet, the ports of an installation are free. */
async function freePorts(portBase: number): Promise<readonly Finding[]> {
  const claims = Object.entries({ ...stackPorts(portBase), ...portsOf(portBase) })
  await assertPortsFree(claims.map(([name, port]) => ({ port, wantedBy: name })))
  return [findingsOf('ports').ok(`the ports from ${portBase} on are free`)]
}

async function checkProcesses(urls: readonly string[]): Promise<readonly Finding[]> {
  const { ok, advice, problem } = findingsOf('processes')
  if (urls.length === 0) {
    return [advice('no process is known here: corrente start runs them, or name yours by --url')]
  }
  const processes = await Promise.all(urls.map(askProcess))
  const needs = needsOfProcesses(processes, Date.now()).map(problem)
  const clocks = await Promise.all(
    processes
      .filter(({ app }) => app !== undefined)
      .map(({ app, url }) => checkServerClock(`the ${app}`, `${url}/status`)),
  )
  const well = processes
    .filter(({ app, problems }) => app !== undefined && problems.length === 0)
    .map(({ app, url }) => ok(`${app} at ${url} is well`))
  const versions = versionFindings(processes, appVersion)
  return [...well, ...needs, ...versions, ...clocks.flat().filter(({ level }) => level !== 'ok')]
}
