import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { interpolated, type Variables } from '#tests/compose/interpolation'

/** What is looked at of a service; all of it is in the compose specification. */
export interface Service {
  readonly image?: string
  readonly build?: unknown
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly ports?: readonly string[]
  readonly volumes?: readonly string[]
  readonly tmpfs?: readonly string[]
  readonly secrets?: readonly (string | { readonly source: string; readonly target: string })[]
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean }
  readonly networks?: readonly string[] | Readonly<Record<string, { aliases?: readonly string[] }>>
  readonly restart?: string
  readonly read_only?: boolean
  readonly init?: boolean
  readonly cap_drop?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly deploy?: { readonly resources?: { readonly limits?: Readonly<Record<string, unknown>> } }
}

/** Compose files read as one. */
export interface Project {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, { readonly file: string }>>
}

export const composeFolder = 'compose'

/** The files a user starts, by what they are called; that of developers is apart. */
export const userFiles = [
  'compose.yaml',
  'compose.observability.yaml',
  'compose.mailpit.yaml',
  'compose.analysts.yaml',
] as const
export const developerFile = 'compose.build.yaml'

export const textOf = (file: string): string => readFileSync(join(composeFolder, file), 'utf8')

/** The text with its variables, parsed. Throws a sentence that names the variable that is missing. */
export const documentOf = (text: string, variables: Variables): unknown =>
  parse(interpolated(text, variables), { merge: true, maxAliasCount: -1 })

/** The files in the order in which they are given to compose: maps are joined member by member, lists are lengthened. */
export const projectOf = (texts: readonly string[], variables: Variables): Project => {
  const none = { services: {}, volumes: {}, secrets: {} }
  return texts.map((text) => documentOf(text, variables)).reduce(joined, none) as Project
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function joined(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other))
    return [...(one as unknown[]), ...(other as unknown[])]
  if (!isMap(one) || !isMap(other)) return other
  const members = Object.entries(other).map(([name, value]) => {
    return [name, name in one ? joined(one[name], value) : value]
  })
  return { ...one, ...(Object.fromEntries(members) as object) }
}

/** Services that run our image, with the command that each is. */
export const ownServices = ({ services }: Project): readonly (readonly [string, Service])[] => {
  const { image } = services['worker']!
  return Object.entries(services).filter((entry) => entry[1].image === image)
}

/** Those of them that stay up and listen. */
export const ownApps = (project: Project): readonly (readonly [string, Service])[] =>
  ownServices(project).filter(([, { environment }]) => environment?.['PORT'] !== undefined)
