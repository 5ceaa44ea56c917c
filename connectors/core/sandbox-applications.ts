import { type KeptLines, openKeptLines } from '#sandboxes/kept-lines'

/** An application as the sandbox keeps it. `history` is every status it had, the present one last. */
export interface Application {
  readonly id: string
  readonly history: readonly number[]
  /** Outcomes posted, also those it was not waiting for. */
  readonly outcome_requests: number
  readonly outcomes_ok: number
  readonly outcomes_ko: number
}

/** The applications by id. */
export type Applications = KeptLines<Application>

/** Reads `dataFile` when there is one; without it everything is forgotten at stop. */
export const openApplications = (dataFile?: string): Applications =>
  openKeptLines<Application>(({ id }) => id, dataFile)

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
