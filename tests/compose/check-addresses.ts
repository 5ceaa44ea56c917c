import { parse } from 'yaml'
import { ownApps, type Project, type Service, textOf } from '#tests/compose/project'
import { apart } from '#tests/compose/check-safety'

/** Paths that every app answers; the status app's own /status is red while anything needs somebody. */
const healthPathOf = (name: string) => (name === 'operations' ? '/metrics' : '/status')

const environmentOf = (project: Project, name: string) => project.services[name]?.environment ?? {}

/** The port an app is told is the one that is published, asked for its health, scraped and watched. */
export function checkPorts(project: Project): readonly string[] {
  const apps = ownApps(project)
  const own = apps.flatMap(([name, service]) => portProblems(name, service))
  const addresses = apps.map(([name, { environment }]) => `${name}:${environment!['PORT']}`)
  const watched = environmentOf(project, 'operations')['CORRENTE_PROCESSES'] ?? ''
  const others = addresses.filter((address) => !address.startsWith('operations:'))
  return [
    ...own,
    ...apart(
      'CORRENTE_PROCESSES:',
      new Set(watched.split(',')),
      others.map((one) => `http://${one}`),
    ),
    ...apart('Prometheus:', new Set(scraped()), addresses),
  ]
}

function portProblems(name: string, service: Service): readonly string[] {
  const { ports = [], healthcheck, environment = {} } = service
  const port = environment['PORT']
  const problems = []
  if (!ports.includes(`127.0.0.1:${port}:${port}`))
    problems.push(`${name}: ${port} is not published`)
  const asked = ['CMD', 'node', 'bin/healthy.cjs', healthPathOf(name)].join(' ')
  if (healthcheck?.test?.join(' ') !== asked) problems.push(`${name}: its health is not ${asked}`)
  return problems
}

/** Targets of Prometheus. */
function scraped(): readonly string[] {
  const { scrape_configs } = parse(textOf('prometheus/prometheus.yml')) as {
    readonly scrape_configs: readonly {
      readonly static_configs: readonly { readonly targets: readonly string[] }[]
    }[]
  }
  return scrape_configs
    .flatMap(({ static_configs }) => static_configs)
    .flatMap(({ targets }) => targets)
}

/** Where an address leads, `host:port`. */
const placeOf = (url: string): string => {
  const { hostname, port, protocol } = new URL(url)
  return `${hostname}:${port || { 'http:': '80', 'https:': '443', 'postgres:': '5432' }[protocol]}`
}

const isList = (networks: Service['networks']): networks is readonly string[] =>
  Array.isArray(networks)

/** What our services are told of each other and of the engines is what those listen at. */
export function checkPlaces(project: Project): readonly string[] {
  const { services } = project
  const listener = (name: string, setting: string) => {
    const url = environmentOf(project, name)[setting] ?? ''
    return `${name}:${new URL(url).port}`
  }
  const advertised = environmentOf(project, 'kafka')['KAFKA_ADVERTISED_LISTENERS']!.split(',')
  const kafka = advertised[0]!.replace('PLAINTEXT://', '')
  const objectPort = /--port :(\d+)/.exec(services['object-store']!.command!.join(' '))?.[1]
  const networks = services['object-store']!.networks ?? []
  const aliases = isList(networks)
    ? []
    : Object.values(networks).flatMap((one) => one.aliases ?? [])
  const proxy = `payment-proxy:${environmentOf(project, 'payment-proxy')['PORT']}`
  const right: Readonly<Record<string, readonly string[]>> = {
    KAFKA_BROKERS: [kafka],
    SCHEMA_REGISTRY_URL: [listener('schema-registry', 'SCHEMA_REGISTRY_LISTENERS')],
    KSQLDB_URL: [listener('ksqldb-server', 'KSQL_LISTENERS')],
    KSQL_KSQL_SCHEMA_REGISTRY_URL: [listener('schema-registry', 'SCHEMA_REGISTRY_LISTENERS')],
    KSQL_BOOTSTRAP_SERVERS: [kafka],
    SCHEMA_REGISTRY_KAFKASTORE_BOOTSTRAP_SERVERS: [kafka],
    CORRENTE_INTERNAL_URL: [proxy],
    S3_ENDPOINT: aliases.map((alias) => `${alias}:${objectPort}`),
  }
  return Object.entries(services).flatMap(([name, { environment = {} }]) =>
    Object.entries(environment)
      .filter(([setting]) => setting in right)
      .map(([setting, value]) => ({
        setting,
        place: value.includes('://') ? placeOf(value) : value,
      }))
      .filter(({ setting, place }) => !right[setting]!.includes(place))
      .map(({ setting, place }) => `${name}: ${setting} leads to ${place}, where nobody listens`),
  )
}

/** Folders that the apps are told are what volumes are mounted at, and the bucket is one of the object store. */
export function checkFolders({ services }: Project): readonly string[] {
  const mountsOf = ({ volumes = [] }: Service) => volumes.map((volume) => volume.split(':')[1])
  const folders = ['CORRENTE_HOME', 'CORRENTE_MOVEMENTS_DIR']
  const unmounted = Object.entries(services).flatMap(([name, service]) =>
    folders
      .map((setting) => ({ setting, path: service.environment?.[setting] }))
      .filter(({ path }) => path !== undefined && !mountsOf(service).includes(path))
      .map(({ setting, path }) => `${name}: ${setting} is ${path}, where nothing is mounted`),
  )
  const buckets = mountsOf(services['object-store']!)
  const strange = Object.entries(services)
    .map(([name, { environment }]) => ({ name, bucket: environment?.['S3_BUCKET'] }))
    .filter(({ bucket }) => bucket !== undefined && !buckets.includes(`/data/${bucket}`))
    .map(({ name, bucket }) => `${name}: the object store has no bucket ${bucket}`)
  return [...unmounted, ...strange]
}
