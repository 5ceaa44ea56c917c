/** One command of the CLI. */
export interface Command {
  /** Words that call it, e.g. `payment show`. */
  readonly name: string
  readonly summary: string
  readonly help: string
  /** Resolves with the exit code. Errors are sentences for the person who typed. */
  run(args: readonly string[]): Promise<number>
}

/** A mistake on the command line: exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}

export const print = (line: string): void => void process.stdout.write(`${line}\n`)
export const report = (line: string): void => void process.stderr.write(`${line}\n`)
