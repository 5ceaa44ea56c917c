/** Nothing can be said of the books: something that is needed is away, or is not whole. */
export class UnverifiableError extends Error {
  override name = 'UnverifiableError'
}
