import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { workerEnvironment } from '#apps/platform/worker-environment'
import { workerNodeOptions } from '#apps/platform/worker-node-options'
import { secretSettings, withSecretFiles } from '#apps/platform/secret-files'
import { makeSecretFiles } from '#apps/corrente/secret-files'
import { appReaders, readBy, wordsOf } from '#tests/compose/app-readers'
import { ownServices, type Project, type Service } from '#tests/compose/project'

/** What the program around an app reads, and not the app. */
const ofTheRuntime: Readonly<Record<string, string>> = {
  ...workerEnvironment,
  NODE_OPTIONS: workerNodeOptions.join(' '),
}

const mount = '/run/secrets/'

/**
 * Each of our services is given what it reads: its own parsers take the environment that compose gives it, with secrets as
 * `corrente secrets init` makes them, and every name that is given is one that they ask for.
 */
export async function checkAppSettings(project: Project): Promise<readonly string[]> {
  return withSecrets(async (folder) => {
    const problems: string[] = []
    for (const [name, service] of ownServices(project)) {
      problems.push(...(await problemsOf(service, folder)).map((text) => `${name}: ${text}`))
    }
    return problems
  })
}

/** Every setting that any of our services asks for. */
export const settingsRead = (project: Project): Promise<ReadonlySet<string>> =>
  withSecrets(async (folder) => {
    const services = ownServices(project).map(([, service]) => service)
    const read: string[] = []
    for (const service of services) read.push(...(await readByApp(service, folder)))
    return new Set(read)
  })

async function withSecrets<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'corrente-compose-'))
  try {
    makeSecretFiles(folder, new Date())
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function problemsOf(service: Service, folder: string): Promise<readonly string[]> {
  const { environment = {}, command, secrets = [] } = service
  if (!(wordsOf(command) in appReaders)) {
    return [`${command?.join(' ')} is neither an app nor a command that is known here`]
  }
  const mounted = new Set(secrets.map((one) => (typeof one === 'string' ? one : one.target)))
  const needed = Object.values(environment).filter((value) => value.startsWith(mount))
  const absent = needed.map((path) => path.slice(mount.length)).filter((one) => !mounted.has(one))
  if (absent.length > 0) return absent.map((one) => `the secret ${one} is not among its secrets`)
  try {
    const read = await readByApp(service, folder)
    return [...runtimeProblems(environment), ...vain(Object.keys(own(environment)), read)]
  } catch (error) {
    return [(error as Error).message]
  }
}

/** Without what the program around the app reads. */
const own = (environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !(name in ofTheRuntime)))

function readByApp({ environment = {}, command }: Service, folder: string) {
  const resolved = Object.entries(own(environment)).map(([name, value]) => {
    return [name, value.startsWith(mount) ? join(folder, value.slice(mount.length)) : value]
  })
  const env = withSecretFiles(Object.fromEntries(resolved) as Record<string, string>)
  return readBy(appReaders[wordsOf(command)]!.readers, env)
}

const vain = (given: readonly string[], read: ReadonlySet<string>): readonly string[] => {
  const settingOf = (name: string) => {
    const setting = name.replace(/_FILE$/, '')
    return name !== setting && secretSettings.includes(setting) ? setting : name
  }
  return given
    .filter((name) => !read.has(settingOf(name)))
    .map((name) => `${name} is set, and nothing of the app reads it`)
}

const runtimeProblems = (environment: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(ofTheRuntime)
    .filter(([name, value]) => name in environment && environment[name] !== value)
    .map(([name, value]) => `${name} is not ${value}, which is what the figures are of`)
