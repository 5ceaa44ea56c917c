import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url))
const installMsMax = 120_000

/** What a Python program is run with, or why it cannot be. */
export type PythonPackages =
  { readonly python: string; readonly folder: string } | { readonly missing: string }

/** The pinned packages in a folder of the cache, installed there at first use. */
export async function pythonPackages(): Promise<PythonPackages> {
  const python = 'python3'
  const asked = 'import sys; print("%d.%d" % sys.version_info[:2])'
  const version = await run(python, ['-c', asked]).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  )
  if (version === undefined) return { missing: 'python3 is not installed' }
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major !== 3 || minor < 9) return { missing: `python3 is ${version}; 3.9 or newer is needed` }

  const folder = folderOf(version)
  if (existsSync(folder)) return { python, folder }
  const draft = `${folder}.${process.pid}`
  const options = ['--quiet', '--disable-pip-version-check', '--no-input', '--only-binary=:all:']
  try {
    mkdirSync(draft, { recursive: true })
    const install = ['-m', 'pip', 'install', ...options, '--target', draft, '-r', requirements]
    await run(python, install, { timeout: installMsMax })
    renameSync(draft, folder)
    return { python, folder }
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (existsSync(folder)) return { python, folder }
    const [reason] = String((error as Error).message)
      .split('\n')
      .slice(-2)
    return { missing: `python3 -m pip cannot install the client: ${reason}` }
  }
}

function folderOf(version: string): string {
  const chosen = process.env['XDG_CACHE_HOME'] ?? ''
  const cache = join(isAbsolute(chosen) ? chosen : join(homedir(), '.cache'), 'corrente')
  const pins = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)
  return join(cache, `python-${version}-${process.arch}-${pins}`)
}
