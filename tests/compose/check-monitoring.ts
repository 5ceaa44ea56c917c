import { parse } from 'yaml'
import { type Project, type Service, textOf } from '#tests/compose/project'

/** Where in the container the paths of the repository lie that are mounted, e.g. `./grafana` at `/etc/corrente`. */
const inContainer = ({ volumes = [] }: Service, path: string): string | undefined => {
  const [source, target] = volumes
    .map((volume) => volume.split(':'))
    .find(([from = '']) => from === `./${path.split('/')[0]}`) ?? ['', '']
  return source === '' ? undefined : path.replace(source!.slice(2), target!)
}

interface Providers {
  readonly providers: readonly { readonly options: { readonly path: string } }[]
}
interface Datasources {
  readonly datasources: readonly { readonly url: string }[]
}
interface Prometheus {
  readonly rule_files: readonly string[]
}

/** Prometheus finds its file and its rules, Grafana its dashboards and Prometheus. */
export function checkMonitoring({ services }: Project): readonly string[] {
  const prometheus = services['prometheus']!
  const grafana = services['grafana']!
  const { rule_files } = parse(textOf('prometheus/prometheus.yml')) as Prometheus
  const provisioning = 'grafana/provisioning'
  const { providers } = parse(textOf(`${provisioning}/dashboards/corrente.yaml`)) as Providers
  const { datasources } = parse(
    textOf(`${provisioning}/datasources/prometheus.yaml`),
  ) as Datasources
  const configured = prometheus.command?.find((word) => word.startsWith('--config.file='))
  const wanted: readonly (readonly [string, string | undefined, string | undefined])[] = [
    [
      'the file of prometheus',
      configured?.split('=')[1],
      inContainer(prometheus, 'prometheus/prometheus.yml'),
    ],
    ['its rules', rule_files[0], inContainer(prometheus, 'prometheus/rules/*.yaml')],
    [
      'the provisioning of grafana',
      grafana.environment?.['GF_PATHS_PROVISIONING'],
      inContainer(grafana, provisioning),
    ],
    ['its dashboards', providers[0]?.options.path, inContainer(grafana, 'grafana/dashboards')],
    ['what it asks', datasources[0]?.url, 'http://prometheus:9090'],
  ]
  return wanted
    .filter(([, said, right]) => said !== right)
    .map(([what, said, right]) => `${what}: ${said} is said, and ${right} is right`)
}
