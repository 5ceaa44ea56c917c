import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

/** A command as it ended. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Starts `corrente` as a person would, in an environment of its own. */
export function startCommand(
  args: readonly string[],
  { env, input = '' }: { readonly env: NodeJS.ProcessEnv; readonly input?: string },
) {
  const child = spawn(process.execPath, ['bin/corrente.cjs', ...args], { env })
  child.stdin.end(input)
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const ended = Promise.all([exit, text(child.stdout), text(child.stderr)]).then(
    ([code, out, err]): Ended => ({ code, out, err }),
  )
  return { child, ended }
}
