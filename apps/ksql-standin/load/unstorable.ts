/** A record that cannot become a row: it is passed over, and the row before it stays. Never tells the value itself. */
export class UnstorableError extends Error {
  override name = 'UnstorableError'
}
