import type { Asking } from '#apps/debit-edge/asking/ask'
import type { EdgeMetrics } from '#apps/debit-edge/edge-metrics'
import type { CardReading } from '#apps/debit-edge/reading/card'
import type { DebitViews } from '#apps/debit-edge/views/debit-views'

/** What the routes work with once the log is open. */
export interface DebitPorts {
  readonly asking: Pick<Asking, 'ask'>
  /** The account a card draws on, by its token: another one where somebody said so, else its own. */
  readonly accountOf: (cardId: string) => string
  /** Resolves once all that was said of cards before this call is known. */
  readonly refreshCards: () => Promise<void>
}

/** What the routes work with. */
export interface Desk {
  /** Undefined until the log is open: until then nothing is asked. */
  readonly ports: () => DebitPorts | undefined
  readonly cards: CardReading
  /** How long a decision is waited for, milliseconds. */
  readonly deadlineMs: number
  readonly metrics: EdgeMetrics
  /** What was booked, as far as it is projected; undefined where no database is named. */
  readonly views: DebitViews | undefined
}
