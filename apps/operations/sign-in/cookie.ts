import type { CookieOptions, Request, Response } from 'express'

/** How the session's cookie is called and kept. */
export interface SessionCookie {
  read(request: Request): string | undefined
  write(response: Response, text: string): void
  clear(response: Response): void
}

/** A cookie that scripts cannot read and other sites do not send; over https its name binds it to this host. */
export function sessionCookie(isHttps: boolean): SessionCookie {
  const name = isHttps ? '__Host-corrente-operations' : 'corrente-operations'
  const kept: CookieOptions = { httpOnly: true, sameSite: 'strict', secure: isHttps, path: '/' }
  return {
    read({ headers }) {
      const found = (headers.cookie ?? '')
        .split(';')
        .map((part) => part.trim())
        .filter((part) => part.startsWith(`${name}=`))
      // Of two, one is somebody else's.
      return found.length === 1 ? found[0]!.slice(name.length + 1) : undefined
    },
    write: (response, text) => void response.cookie(name, text, kept),
    clear: (response) => void response.clearCookie(name, kept),
  }
}
