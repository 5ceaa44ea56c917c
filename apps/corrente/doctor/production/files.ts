import { existsSync } from 'node:fs'
import { mkdtemp, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Finding, findingsOf } from '#apps/corrente/doctor/finding'
import type { Environment } from '#apps/corrente/installation'

const { ok, advice, warning, problem } = findingsOf('files')

const others = 0o077
const syncs = 20
const syncMsMax = 50

/** Files of secrets that the environment names (`…_FILE`); certificates are none. */
const secretFilesIn = (env: Environment): readonly (readonly [name: string, path: string])[] =>
  Object.entries(env).flatMap(([name, path]) =>
    path && /(PASSWORD|SECRETS?|TOKENS?|KEYS?|USERS|URL)_FILE$/.test(name)
      ? [[name, path] as const]
      : [],
  )

/** Files and folders that others of this machine may read, though they hold secrets or names of persons. */
export async function checkFiles(env: Environment, home: string): Promise<readonly Finding[]> {
  const secrets = await Promise.all(
    secretFilesIn(env).map(([name, path]) => secretFile(name, path)),
  )
  return [...secrets.flat(), ...(await openFolders(home)), ...(await syncFinding(home))]
}

async function secretFile(name: string, path: string): Promise<readonly Finding[]> {
  const found = await stat(path).catch(
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  )
  if (typeof found === 'string') {
    return [problem(`${name}: the file cannot be read (${found})`)]
  }
  if ((found.mode & 0o004) !== 0) {
    return [warning(`${name}: every account of this machine may read the file; chmod 400`)]
  }
  return [ok(`${name}: not everybody may read the file`)]
}

/** Folders below CORRENTE_HOME that hold what persons are called. */
async function openFolders(home: string): Promise<readonly Finding[]> {
  const names = ['state', 'lookups', 'debit-edge'].filter((name) => existsSync(join(home, name)))
  const open = []
  for (const name of names) {
    const { mode } = await stat(join(home, name))
    if ((mode & others) !== 0) open.push(name)
  }
  if (open.length > 0) {
    return [
      warning(
        `${open.join(', ')} below ${home}: other accounts may enter, and there are names of persons in it; chmod 700`,
      ),
    ]
  }
  const bare = names.length === 0 && existsSync(home) && (await readdir(home)).length === 0
  return bare ? [advice(`${home} is empty: where a worker runs, its state is read anew`)] : []
}

/** How long a write takes to be on the disk, where state lies. */
async function syncFinding(home: string): Promise<readonly Finding[]> {
  if (!existsSync(home)) return []
  const folder = await mkdtemp(join(home, '.doctor-')).catch(() => undefined)
  if (folder === undefined) {
    return [problem(`${home} cannot be written to: units keep their state there`)]
  }
  try {
    return [syncsFinding(home, await syncMsIn(folder))]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function syncMsIn(folder: string): Promise<number> {
  const file = await open(join(folder, 'written'), 'w')
  const taken: number[] = []
  try {
    for (let at = 0; at < syncs; at++) {
      await file.write(Buffer.alloc(4_096, at))
      const began = performance.now()
      await file.datasync()
      taken.push(performance.now() - began)
    }
  } finally {
    await file.close()
  }
  return taken.sort((a, b) => a - b)[Math.floor(syncs / 2)]!
}

export function syncsFinding(home: string, medianMs: number): Finding {
  const text = `4 KiB are on the disk below ${home} after ${medianMs.toFixed(1)} ms`
  return medianMs <= syncMsMax
    ? ok(text)
    : advice(`${text}: checkpoints of state wait for it; a local disk is quicker`)
}
