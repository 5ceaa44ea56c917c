import type { Response } from 'express'

/** Says no, with a word for programs. */
export const refuse = (response: Response, status: number, error: string): void => {
  response.status(status).json({ error, sandbox: true })
}
