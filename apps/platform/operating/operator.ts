import { userInfo } from 'node:os'

/** Who decides, as it is noted beside what was decided. */
export interface Operator {
  /** The account a command runs under, or the login of who is signed in on a page; null where neither is known. */
  readonly name: string | null
  readonly from: 'command' | 'page'
}

/** Whoever types a command: the account it runs under, null where the machine has no name for it. */
export function commandOperator(): Operator {
  try {
    return { name: userInfo().username, from: 'command' }
  } catch {
    return { name: null, from: 'command' }
  }
}
