/** An answer that is good for so many milliseconds: who asks meanwhile gets the same, and shares a question under way. */
export function remembered<Answer>(
  msMax: number,
  ask: () => Promise<Answer>,
): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined
  let goodUntilMs = Infinity
  return () => {
    if (answer && performance.now() < goodUntilMs) return answer
    goodUntilMs = Infinity
    const asked = ask()
    answer = asked
    // A failure is no answer: the next caller asks anew.
    const settled = (ms: number) => () => {
      goodUntilMs = performance.now() + ms
    }
    asked.then(settled(msMax), settled(0))
    return asked
  }
}
