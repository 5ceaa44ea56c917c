export type Variables = Readonly<Record<string, string>>

const form = /\$\$|\$\{([A-Z][A-Z0-9_]*):\?([^}]*)\}|\$/g

/** The variables that a text takes, in the one form that is used: `${NAME:?what it is for}`. */
export const variablesIn = (text: string): ReadonlySet<string> =>
  new Set([...withoutComments(text).matchAll(form)].flatMap(([, name]) => name ?? []))

/** Comments of whole lines: what stands in them is no variable. */
const withoutComments = (text: string): string => text.replace(/^ *#.*$/gm, '')

/**
 * The text as compose reads it. Throws a sentence with what compose would say, naming the variable, where one is not set or
 * empty; and where a variable is written in another form: one with a default would be forgotten in silence.
 */
export function interpolated(text: string, variables: Variables): string {
  return withoutComments(text).replace(form, (whole: string, name?: string, message?: string) => {
    if (whole === '$$') return '$'
    if (name === undefined) throw new Error('a $ is neither $$ nor a variable as ${NAME:?text}')
    const value = variables[name]
    if (!value) throw new Error(`${name} is not set: ${message}`)
    return value
  })
}

/** The variables of a file of them, `NAME=value` a line. Throws naming a line that is none. */
export function variablesOf(file: string): Variables {
  const lines = file.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
  const entries = lines.map((line) => {
    const [, name, value] = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? []
    if (name === undefined) throw new Error(`this is no NAME=value: ${line}`)
    return [name, value!]
  })
  return Object.fromEntries(entries) as Variables
}

/** Those that compose itself reads. */
export const ofCompose: ReadonlySet<string> = new Set(['COMPOSE_FILE'])
