import type { Json } from '#apps/corrente/conformance/observed'

/** What the kit can do at the intermediary; what it cannot is not tried. */
export interface IntermediaryAccess {
  /** Pays as at a counter. Throws a sentence where it is not paid. */
  pay?(payment: Json, signal: AbortSignal): Promise<void>
  /** Opens a debt that no proxy knows of, and gives its numbers. Throws a sentence where it does not. */
  openDue?(payment: Json, signal: AbortSignal): Promise<DueNumbers>
  /** The address by which the page to pay at sends payers back. */
  landingUrl?(payment: Json, payPage: string, signal: AbortSignal): Promise<string | undefined>
  /** Why a payment that was opened has no number to pay by; undefined where it ought to have one. */
  whyUnnumbered?(payment: Json, signal: AbortSignal): Promise<string | undefined>
  /** What it is known not to give, in a sentence each: no proxy can be asked for it. */
  readonly lacks?: Readonly<Partial<Record<'notice' | 'receipt', string>>>
}

export interface DueNumbers {
  readonly notice_code: string | null
  readonly iuv: string | null
}

/** What a run works with; nothing here is asked of the outside. */
export interface Plan {
  /** Base of the configuration API, without a slash at its end. */
  readonly proxy: string
  /** Bodies of PUT, with `id`; that of the service with `tenant_id`. */
  readonly tenant: Json & { readonly id: string }
  readonly service: Json & { readonly id: string; readonly tenant_id: string }
  /** By which the configuration API lets itself be written. */
  readonly token: string | undefined
  /** Of a page of the Core that a browser may let call the API. */
  readonly origin: string | undefined
  /** Where payers land, `{id}` for the application. */
  readonly landingPage: string
  /** Decimal text, "1.00". */
  readonly amount: string
  /** Longest wait for what must come. */
  readonly patienceMs: number
  /** Shortest silence that is taken for none coming. */
  readonly settleMs: number
  readonly intermediary: IntermediaryAccess
}
