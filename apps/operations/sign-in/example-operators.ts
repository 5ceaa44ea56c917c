import { newSessionKey, type Operators, type Role } from '#apps/platform/operators/operators-file'
import { passwordHash } from '#apps/platform/operators/password-hash'

export const examplePassword = 'an example of a password'

/** Cheap to check: it guards nothing. */
const cost = { cost: 4, blocks: 1, rounds: 1 }

/** One who decides and one who sees, with the same password. */
export async function exampleOperators(): Promise<Operators> {
  const operator = async (login: string, role: Role) => {
    return { login, role, password: await passwordHash(examplePassword, cost) }
  }
  const operators = [await operator('ada', 'operator'), await operator('vera', 'viewer')]
  return { sessionKey: newSessionKey(), operators }
}
