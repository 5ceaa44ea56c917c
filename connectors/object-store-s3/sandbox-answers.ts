/** A request as the sandbox got it. */
export interface SandboxRequest {
  readonly method: string
  /** As it came, for its signature. */
  readonly rawPath: string
  readonly bucket: string
  readonly key: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export interface SandboxAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer | string
}

/** An error as S3 says it. */
export const failure = (status: number, code: string): SandboxAnswer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code} of ${status}</Message></Error>`,
})

/** The element of an answer, with others in it. */
export const element = (name: string, inside: string | number | readonly string[]): string =>
  `<${name}>${typeof inside === 'object' ? inside.join('') : inside}</${name}>`

export const xml = (name: string, inside: readonly string[]): SandboxAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>${element(name, inside)}`,
})

/** The texts of an element in the XML of a request; nothing of ours is written in any other way. */
export const textsOf = (text: string, name: string): readonly string[] =>
  [...text.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, inside = '']) =>
    inside.replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
  )

export const membersOf = (members: Readonly<Record<string, string | number>>): readonly string[] =>
  Object.entries(members).map(([name, value]) => element(name, value))
