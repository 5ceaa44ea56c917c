import {
  type Encoding,
  type Exchange,
  type ExchangeName,
  type Json,
  type Observation,
  type Observed,
  type PaymentName,
  paymentNames,
  type SeenEvent,
} from '#apps/corrente/conformance/observed'

interface WrittenPayment {
  readonly id: string
  readonly written: Json
  readonly repeatedAfter?: number
}

const isPayment = (name: string): name is PaymentName =>
  (paymentNames as readonly string[]).includes(name)

/** What the stages of a run see, noted as it is seen: a run that is given up half way has what was noted by then. */
export class Notebook {
  readonly #exchanges: Partial<Record<ExchangeName, Observation<Exchange>>> = {}
  readonly #payments: Partial<Record<PaymentName, Observation<WrittenPayment>>> = {}
  #paid: Observation<true> | undefined
  malformedCount = 0
  /** Why no number to pay by is asked for. */
  unnumbered: string | undefined
  /** Paths of what the run configured, and has to make inactive in the end. */
  readonly configured = new Set<string>()
  /** What stays where the run was, told in the report. */
  readonly leftBehind: string[] = []

  exchange(name: ExchangeName, seen: Exchange): Exchange {
    this.#exchanges[name] = { seen }
    return seen
  }

  payment(name: PaymentName, id: string, written: Json): void {
    this.#payments[name] = { seen: { id, written } }
  }

  repeated(name: PaymentName, repeatedAfter: number): void {
    const found = this.#payments[name]
    if (found && 'seen' in found) {
      this.#payments[name] = { seen: { ...found.seen, repeatedAfter } }
    }
  }

  paid(): void {
    this.#paid = { seen: true }
  }

  /** Why these are not tried; what is noted of them already stays. */
  untried(reason: string, names: readonly (ExchangeName | PaymentName | 'paid')[]): void {
    const untried = { untried: reason }
    for (const name of names) {
      if (name === 'paid') this.#paid ??= untried
      else if (isPayment(name)) this.#payments[name] ??= untried
      else this.#exchanges[name] ??= untried
    }
  }

  idOf(name: PaymentName): string | undefined {
    const found = this.#payments[name]
    return found && 'seen' in found ? found.seen.id : undefined
  }

  writtenOf(name: PaymentName): Json | undefined {
    const found = this.#payments[name]
    return found && 'seen' in found ? found.seen.written : undefined
  }

  get paymentCount(): number {
    return Object.values(this.#payments).filter((found) => 'seen' in found).length
  }

  /** All of it, with what others wrote of the payments. */
  observed(encoding: Encoding, eventsOf: (id: string) => readonly SeenEvent[]): Observed {
    const payments = Object.entries(this.#payments).map(([name, found]) => [
      name,
      'untried' in found ? found : { seen: { ...found.seen, events: eventsOf(found.seen.id) } },
    ])
    return {
      encoding,
      exchanges: { ...this.#exchanges },
      payments: Object.fromEntries(payments) as Observed['payments'],
      ...(this.#paid ? { paid: this.#paid } : {}),
      ...(this.unnumbered === undefined ? {} : { unnumbered: this.unnumbered }),
      malformedCount: this.malformedCount,
    }
  }
}
