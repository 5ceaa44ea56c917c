import type { ErrorRequestHandler, Response } from 'express'

/** Says no, with a word for programs. */
export const refuse = (response: Response, status: number, error: string): void => {
  response.status(status).json({ error, sandbox: true })
}

interface Malformed {
  readonly status?: number
}

/** Has `say` answer what a handler threw, of a body that cannot be read, or of a fault of the sandbox. */
export const answerErrorsBy =
  (say: (response: Response, status: number, isMalformed: boolean) => void): ErrorRequestHandler =>
  // Express knows an error handler by its four parameters.
  (error: Malformed, _request, response, next) => {
    if (response.headersSent) return next(error)
    say(response, error.status ?? 500, error.status !== undefined)
  }

/** Answers what a handler threw, with a word for programs. */
export const answerErrors = answerErrorsBy((response, status, isMalformed) =>
  refuse(response, status, isMalformed ? 'malformed' : 'broken'),
)
