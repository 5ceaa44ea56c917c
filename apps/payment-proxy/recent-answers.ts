/**
 * The same question from many callers: whoever comes while it is asked, or in the `msMax` milliseconds after its
 * answer, is given that answer. A failure is given only to those who waited for it.
 */
export function recentAnswers<Answer>(msMax: number) {
  const answers = new Map<string, Promise<Answer>>()

  return (question: string, ask: () => Promise<Answer>): Promise<Answer> => {
    const known = answers.get(question)
    if (known) return known
    const answer = ask()
    const forget = () => void answers.delete(question)
    answer.then(() => setTimeout(forget, msMax).unref(), forget)
    answers.set(question, answer)
    return answer
  }
}
