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
  const folder = mkdtempSync(join(tmpdir(), 'corrente-compose-'))
  try {
    makeSecretFiles(folder, new Date())
    const problems: string[] = []
    for (const [name, service] of ownServices(project)) {
      problems.push(...(await problemsOf(service, folder)).map((text) => `${name}: ${text}`))
    }
    return problems
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function problemsOf(service: Service, folder: string): Promise<readonly string[]> {
  const { environment = {}, command, secrets = [] } = service
  const app = appReaders[wordsOf(command)]
  if (!app) return [`${command?.join(' ')} is neither an app nor a command that is known here`]
  const mounted = new Set(secrets.map((one) => (typeof one === 'string' ? one : one.target)))
  const needed = Object.values(environment).filter((value) => value.startsWith(mount))
  const absent = needed.map((path) => path.slice(mount.length)).filter((one) => !mounted.has(one))
  if (absent.length > 0) return absent.map((one) => `the secret ${one} is not among its secrets`)
  const given = Object.fromEntries(
    Object.entries(environment).filter(([name]) => !(name in ofTheRuntime)),
  )
  const resolved = Object.entries(given).map(([name, value]) => {
    return [name, value.startsWith(mount) ? join(folder, value.slice(mount.length)) : value]
  })
  try {
    const env = withSecretFiles(Object.fromEntries(resolved) as Record<string, string>)
    const read = await readBy(app.readers, env)
    return [...runtimeProblems(environment), ...vain(Object.keys(given), read)]
  } catch (error) {
    return [(error as Error).message]
  }
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
