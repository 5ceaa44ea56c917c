/** Asks for many at once; what is answered has the order of what was asked. */
type Ask<Question, Answer> = (questions: readonly Question[]) => Promise<readonly Answer[]>

/**
 * One question for all who ask at the same time. Who comes while one is out shares the next, never one that was out
 * before: an answer is never older than who asked. What fails fails for all who share it.
 */
export function askTogether<Question, Answer>(
  nameOf: (question: Question) => string,
  ask: Ask<Question, Answer>,
): Ask<Question, Answer> {
  let gathering: Gathering<Question, Answer> | undefined
  let out: Promise<unknown> = Promise.resolve()
  const begin = (): Gathering<Question, Answer> => {
    const questions = new Map<string, Question>()
    const answers = out.then(async () => {
      gathering = undefined
      const found = await ask([...questions.values()])
      return new Map([...questions.keys()].map((name, index) => [name, found[index]!]))
    })
    out = answers.catch(() => undefined)
    return { questions, answers }
  }
  return async (questions) => {
    const mine = (gathering ??= begin())
    for (const question of questions) mine.questions.set(nameOf(question), question)
    const answers = await mine.answers
    return questions.map((question) => answers.get(nameOf(question))!)
  }
}

interface Gathering<Question, Answer> {
  readonly questions: Map<string, Question>
  readonly answers: Promise<ReadonlyMap<string, Answer>>
}
