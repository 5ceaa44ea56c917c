import { spawn } from 'node:child_process'

export interface ToolResult {
  /** Undefined where the tool is not installed, or was killed. */
  readonly exitCode: number | undefined
  /** Standard output and error, colours removed. */
  readonly output: string
}

export type RunTool = (
  command: string,
  args: readonly string[],
  signal?: AbortSignal,
  /** Whom it runs as, and where. */
  as?: { readonly uid?: number; readonly gid?: number; readonly cwd?: string },
) => Promise<ToolResult>

const outputLengthMax = 1_000_000

/** Runs a tool to its end, which an abort brings on. Never throws: a tool that is not there has no exit code. */
export const runTool: RunTool = (command, args, signal, as = {}) =>
  new Promise((resolve) => {
    let output = ''
    const keep = (text: string) => {
      output = (output + text).slice(-outputLengthMax)
    }
    if (signal?.aborted) return resolve({ exitCode: undefined, output: 'not run' })
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...as })
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    child.once('error', (error) => resolve({ exitCode: undefined, output: error.message }))
    const end = () => child.kill('SIGTERM')
    signal?.addEventListener('abort', end, { once: true })
    child.once('close', (code) => {
      signal?.removeEventListener('abort', end)
      resolve({ exitCode: code ?? undefined, output: withoutColours(output) })
    })
  })

const withoutColours = (text: string) => text.replace(/\u001b\[[0-9;]*m/g, '').trim()
