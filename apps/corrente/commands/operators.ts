import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { columns } from '#apps/corrente/columns'
import { type Command, print, UsageError } from '#apps/corrente/command'
import { homeOf } from '#apps/corrente/installation'
import { operatorsFileOf } from '#apps/corrente/own-operators'
import { newPassword } from '#apps/corrente/read-password'
import {
  changeOperators,
  loginShape,
  readOperators,
  type Role,
  roles,
} from '#apps/platform/operators/operators-file'
import { passwordHash } from '#apps/platform/operators/password-hash'

const options = {
  role: { type: 'string' },
  generate: { type: 'boolean', default: false },
  file: { type: 'string' },
  json: { type: 'boolean', default: false },
  'port-base': { type: 'string' },
} as const

const given = (args: readonly string[]) =>
  parseArgs({ args: [...args], options, allowPositionals: true })
type Given = ReturnType<typeof given>['values']

const fileHelp = `  --file <path>  the file of operators; else what OPERATIONS_USERS_FILE names, else operators.json of the installation`

const pathOf = ({ file, 'port-base': portBase }: Given): string =>
  file ?? (process.env['OPERATIONS_USERS_FILE'] || operatorsFileOf(homeOf(portBase)))

function loginIn(positionals: readonly string[]): string {
  const [login, ...more] = positionals
  if (login === undefined || more.length > 0) throw new UsageError('say one login')
  if (loginShape.test(login)) return login
  throw new UsageError('a login is small letters, digits, dot, dash and underscore, at most 64')
}

function roleIn({ role = 'viewer' }: Given): Role {
  const found = roles.find((one) => one === role)
  if (found) return found
  throw new UsageError(`--role ${role}: say ${roles.join(' or ')}`)
}

/** Lets somebody in, or changes what was said of him. */
export const operatorsAdd: Command = {
  name: 'operators add',
  summary: 'let somebody sign in to the status app, or change his role and password',
  help: `corrente operators add <login> [--role viewer|operator] [--generate] [--file <path>] [--json] [--port-base <n>]

Asks for the password, or reads it from its input (one line); it is kept as a scrypt hash. A login that is there gets the new
role and password, and is signed out everywhere. Running status apps read the file again by themselves.

  --role         viewer sees (where not said), operator also decides
  --generate     make a password and print it
${fileHelp}`,
  async run(args) {
    const { values, positionals } = given(args)
    const [login, role, path] = [loginIn(positionals), roleIn(values), pathOf(values)]
    const made = values.generate ? randomBytes(18).toString('base64url') : undefined
    const password = await passwordHash(made ?? (await newPassword()))
    changeOperators(path, (known) => {
      const others = known.operators.filter((one) => one.login !== login)
      return { ...known, operators: [...others, { login, role, password }] }
    })
    if (values.json) print(JSON.stringify({ login, role, file: path, password: made ?? null }))
    else print(`${login} may sign in as ${role}${made === undefined ? '' : ` with ${made}`}`)
    return 0
  },
}

/** Who may sign in. */
export const operatorsList: Command = {
  name: 'operators list',
  summary: 'who may sign in to the status app',
  help: `corrente operators list [--file <path>] [--json] [--port-base <n>]

Prints logins and roles.

${fileHelp}`,
  async run(args) {
    const { values } = given(args)
    const { operators } = readOperators(pathOf(values))
    const shown = operators.map(({ login, role }) => ({ login, role }))
    if (values.json) print(JSON.stringify(shown))
    else
      columns(
        ['login', 'role'],
        shown.map(({ login, role }) => [login, role]),
      ).forEach(print)
    return 0
  },
}

/** Lets somebody in no more. */
export const operatorsRemove: Command = {
  name: 'operators remove',
  summary: 'let somebody sign in to the status app no more',
  help: `corrente operators remove <login> [--file <path>] [--port-base <n>]

His sessions end at once. Exit code 1 where there is no such login.

${fileHelp}`,
  async run(args) {
    const { values, positionals } = given(args)
    const login = loginIn(positionals)
    const path = pathOf(values)
    if (!readOperators(path).operators.some((one) => one.login === login)) {
      print(`${login} was not let in`)
      return 1
    }
    changeOperators(path, (known) => {
      return { ...known, operators: known.operators.filter((one) => one.login !== login) }
    })
    print(`${login} is let in no more`)
    return 0
  },
}
