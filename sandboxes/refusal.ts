import type { ErrorRequestHandler, Response } from 'express'

/** Says no, with a word for programs. */
export const refuse = (response: Response, status: number, error: string): void => {
  response.status(status).json({ error, sandbox: true })
}

interface Malformed {
  readonly status?: number
}

/** Answers what a handler threw. Express knows an error handler by its four parameters. */
export const answerErrors: ErrorRequestHandler = (error: Malformed, _request, response, next) => {
  if (response.headersSent) return next(error)
  refuse(response, error.status ?? 500, error.status === undefined ? 'broken' : 'malformed')
}
