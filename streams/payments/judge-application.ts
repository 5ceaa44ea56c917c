import type { PaymentOutcome } from '#ports/application-register'

/** `done`: the application went where the outcome sends it. `refused`: it never will. `waiting`: not yet. */
export type Judgement = 'done' | 'refused' | 'waiting'

const paymentSuccess = 1520
const paymentError = 1530
const endings: readonly number[] = [8000, 9000, 20_000, 50_000]

// From 1900 (about to be submitted) to 7000 (complete): an application goes there only once it is paid.
const isPaid = (status: number) => status === paymentSuccess || (status >= 1900 && status <= 7000)

/**
 * Whether an application that did not take an outcome has it already, told by its numeric status. One that
 * went on as paid never takes a KO, one that ended never takes anything.
 */
export function judgeApplication(outcome: PaymentOutcome['status'], status: number): Judgement {
  if (endings.includes(status)) return 'refused'
  if (isPaid(status)) return outcome === 'OK' ? 'done' : 'refused'
  if (status === paymentError) return outcome === 'KO' ? 'done' : 'refused'
  return 'waiting'
}
