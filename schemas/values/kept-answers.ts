/** The same function, its latest answers kept: at most so many, then it forgets them all. What throws is not kept. */
export function keptAnswers<Question, Answer>(
  max: number,
  answer: (question: Question) => Answer,
): (question: Question) => Answer {
  const kept = new Map<Question, Answer>()
  return (question) => {
    const known = kept.get(question)
    if (known !== undefined) return known
    const found = answer(question)
    if (kept.size >= max) kept.clear()
    kept.set(question, found)
    return found
  }
}
