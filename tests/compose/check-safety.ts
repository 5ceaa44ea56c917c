import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { composeFolder, ownServices, type Project, type Service } from '#tests/compose/project'

type Services = readonly (readonly [string, Service])[]

const all = ({ services }: Project): Services => Object.entries(services)

const told = (services: Services, problemOf: (service: Service) => string | undefined) =>
  services.flatMap(([name, service]) => {
    const problem = problemOf(service)
    return problem === undefined ? [] : [`${name}: ${problem}`]
  })

/** An image has an exact version, so that tomorrow's start is today's. */
export const checkImages = (project: Project): readonly string[] =>
  told(all(project), ({ image, build }) => {
    if (build !== undefined) return 'it is built: a user has no sources'
    const exact = /^[a-z0-9./-]+:v?\d+\.\d+(\.\d+)?(-[a-z0-9.-]+)?$/
    return image !== undefined && exact.test(image) ? undefined : `${image} is no exact version`
  })

/** Nothing gains rights, nothing takes the whole machine, and what is ours writes nowhere but where it is let. */
export const checkRights = (project: Project): readonly string[] => [
  ...told(all(project), ({ cap_drop, security_opt, deploy }) => {
    if (!cap_drop?.includes('ALL')) return 'it keeps capabilities'
    if (!security_opt?.includes('no-new-privileges:true')) return 'it may gain privileges'
    const { memory, pids } = deploy?.resources?.limits ?? {}
    return memory === undefined || pids === undefined
      ? 'it has no limit of memory or pids'
      : undefined
  }),
  ...told(ownServices(project), ({ read_only, tmpfs, init }) => {
    if (read_only !== true || !tmpfs?.some((one) => one.startsWith('/tmp'))) {
      return 'its root is not read-only with a /tmp'
    }
    return init === true ? undefined : 'nothing passes signals to it'
  }),
]

/** What is published is published on this machine. */
export const checkPublished = (project: Project): readonly string[] =>
  told(all(project), ({ ports = [] }) => {
    const open = ports.find((port) => !/^127\.0\.0\.1:\d+:\d+$/.test(port))
    return open === undefined ? undefined : `${open} is published beyond this machine`
  })

const isBound = (source: string) => source.startsWith('.') || source.startsWith('/')

/** Volumes and secrets are declared where they are used, used where they are declared, and what is mounted is there. */
export function checkMounts(project: Project): readonly string[] {
  const mounts = all(project).flatMap(([name, { volumes = [] }]) =>
    volumes.map((volume) => ({ name, source: volume.split(':')[0]! })),
  )
  const bound = mounts.filter(({ source }) => isBound(source))
  const named = new Set(mounts.map(({ source }) => source).filter((source) => !isBound(source)))
  const secrets = new Set(
    all(project).flatMap(([, { secrets = [] }]) =>
      secrets.map((one) => (typeof one === 'string' ? one : one.source)),
    ),
  )
  return [
    ...bound
      .filter(({ source }) => !existsSync(resolve(composeFolder, source)))
      .map(({ name, source }) => `${name}: ${source} is not there`),
    ...apart('volume', named, Object.keys(project.volumes)),
    ...apart('secret', secrets, Object.keys(project.secrets)),
  ]
}

/** Where two lists differ that are to be the same. */
export function apart(
  what: string,
  used: ReadonlySet<string>,
  declared: readonly string[],
): readonly string[] {
  return [
    ...[...used].filter((one) => !declared.includes(one)).map((one) => `${what} ${one} is unknown`),
    ...declared.filter((one) => !used.has(one)).map((one) => `${what} ${one} is used by nobody`),
  ]
}
