import { spawn } from 'node:child_process'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { vi } from 'vitest'
import { dispatch } from '#apps/corrente/dispatch'

/** A command as it ended. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

interface Surroundings {
  readonly env: NodeJS.ProcessEnv
  readonly input?: string
  /** A copy of the project; this one where absent. */
  readonly cwd?: string
}

/** Starts `corrente` as a person would, in an environment of its own. */
export function startCommand(
  args: readonly string[],
  { env, input = '', cwd = '.' }: Surroundings,
) {
  const child = spawn(process.execPath, ['bin/corrente.cjs', ...args], { env, cwd })
  child.stdin.end(input)
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const ended = Promise.all([exit, text(child.stdout), text(child.stderr)]).then(
    ([code, out, err]): Ended => ({ code, out, err }),
  )
  return { child, ended }
}

/** Runs `corrente` in this process and environment, one at a time: seconds sooner than a process of its own. */
export async function runCommand(args: readonly string[], input = ''): Promise<Ended> {
  const told = { out: '', err: '' }
  const keep = (name: keyof typeof told) => (chunk: string | Uint8Array) => {
    told[name] += String(chunk)
    return true
  }
  const stdin = Readable.from([input]) as unknown as typeof process.stdin
  const spies = [
    vi.spyOn(process, 'stdin', 'get').mockReturnValue(stdin),
    vi.spyOn(process.stdout, 'write').mockImplementation(keep('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(keep('err')),
  ]
  try {
    return { code: await dispatch(args), ...told }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}
