import { type AppProcess, type AppSpec, spawnApp } from '#apps/corrente/app-process'

/** An app that is not started again by itself. */
export class Killable {
  readonly #spec: AppSpec
  readonly #logs: string
  #app: AppProcess | undefined

  constructor(spec: AppSpec, logs: string) {
    this.#spec = spec
    this.#logs = logs
  }

  begin(): void {
    this.#app = spawnApp(this.#spec, this.#logs)
  }

  async start(): Promise<void> {
    this.begin()
    await this.#app?.ready()
  }

  /** Of the process that runs now. Throws where there is none. */
  pid(): number {
    if (this.#app?.pid === undefined) throw new Error('it does not run')
    return this.#app.pid
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    if (this.#app?.pid !== undefined) process.kill(this.#app.pid, signal)
  }

  /** SIGKILL. Resolves with the moment of it, epoch milliseconds. */
  async kill(): Promise<number> {
    const at = Date.now()
    this.#app?.kill()
    await this.#app?.ended
    return at
  }

  async drain(): Promise<void> {
    await this.#app?.drain()
  }
}
