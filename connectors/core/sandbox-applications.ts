import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** An application as the sandbox keeps it. `history` is every status it had, the present one last. */
export interface Application {
  readonly id: string
  readonly history: readonly number[]
  /** Outcomes posted, also those it was not waiting for. */
  readonly outcome_requests: number
  readonly outcomes_ok: number
  readonly outcomes_ko: number
}

/** The applications by id, appended as JSON lines to `dataFile` on each change: the last line of an id counts. */
export interface Applications {
  get(id: string): Application | undefined
  all(): readonly Application[]
  put(application: Application): Application
  close(): void
}

/** Reads `dataFile` when there is one; without it everything is forgotten at stop. */
export const openApplications = (dataFile?: string): Applications => {
  const applications = dataFile === undefined ? new Map<string, Application>() : read(dataFile)
  const file = dataFile === undefined ? undefined : openSync(dataFile, 'a')
  return {
    get: (id) => applications.get(id),
    all: () => [...applications.values()],
    put: (application) => {
      applications.set(application.id, application)
      if (file !== undefined) writeSync(file, `${JSON.stringify(application)}\n`)
      return application
    },
    close: () => {
      if (file !== undefined) closeSync(file)
    },
  }
}

const read = (dataFile: string): Map<string, Application> => {
  mkdirSync(dirname(dataFile), { recursive: true })
  const applications = new Map<string, Application>()
  if (!existsSync(dataFile)) return applications
  const lines = readFileSync(dataFile, 'utf8').split('\n')
  const unfinished = lines.pop()
  for (const line of lines.filter(Boolean)) {
    const application = applicationOf(line)
    if (application) applications.set(application.id, application)
  }
  // A process killed while writing leaves half a line: the next one must start on its own.
  if (unfinished) {
    const file = openSync(dataFile, 'a')
    writeSync(file, '\n')
    closeSync(file)
  }
  return applications
}

const applicationOf = (line: string): Application | undefined => {
  try {
    return JSON.parse(line) as Application
  } catch {
    return undefined
  }
}

/** An application that waits to be paid. */
export const newApplication = (id: string): Application => ({
  id,
  history: [1500],
  outcome_requests: 0,
  outcomes_ok: 0,
  outcomes_ko: 0,
})

/** The present status, e.g. 1500. */
export const statusOf = ({ history }: Application): number => history.at(-1) ?? 0

const statusNames: Readonly<Record<number, string>> = {
  1000: 'status_draft',
  1500: 'status_payment_pending',
  1510: 'status_payment_outcome_pending',
  1520: 'status_payment_success',
  1530: 'status_payment_error',
  1900: 'status_pre_submit',
  2000: 'status_submitted',
  4000: 'status_pending',
  7000: 'status_complete',
}

/** The word for a status, as the Core writes it. */
export const statusNameOf = (status: number): string => statusNames[status] ?? `status_${status}`

const submitting = [1520, 1900, 2000]
// A deferred payment is asked for after the approval: there is an outcome already, and nothing to register.
const completing = [1520, 7000]
const approved = 4000

/** After an outcome: OK pays, and submits or completes at once; anything else ends. Undefined where nobody waited for it. */
export const afterOutcome = (application: Application, status: string): Application | undefined => {
  if (![1500, 1510].includes(statusOf(application))) return undefined
  const isOk = status === 'OK'
  return {
    ...application,
    history: [...application.history, ...(isOk ? afterPayment(application) : [1530])],
    outcomes_ok: application.outcomes_ok + (isOk ? 1 : 0),
    outcomes_ko: application.outcomes_ko + (isOk ? 0 : 1),
  }
}

const afterPayment = ({ history }: Application): readonly number[] =>
  history.includes(approved) ? completing : submitting
