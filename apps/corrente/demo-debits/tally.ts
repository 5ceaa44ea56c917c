import { type Asked, isApproved, type Told } from '#apps/corrente/demo-debits/asked'

/** A debit of which something can be given back, or an authorisation that goes on. */
interface Standing {
  readonly type: Asked['type']
  /** What was taken and not given back, or what is held. Minor units. */
  left: number
  /** What is held where a post that came too late was taken: it gave back the money, and holds nothing again. */
  leftIfPosted?: number
}

/** What a caller reckons of an account. Minor units. */
export interface TalliedAccount {
  booked: number
  held: number
  /** What was booked under the id of each request; below zero where money left. */
  readonly lines: Map<string, number>
}

/** Sums of all accounts, minor units. */
export interface TallySums {
  /** What lay there in the morning. */
  readonly opened: number
  /** Debits and posts. */
  readonly taken: number
  /** Reversals of them, and refunds. */
  readonly givenBack: number
  /** Credits. */
  readonly credited: number
  readonly booked: number
  readonly held: number
}

/**
 * The books of a caller: what must lie on each account by the answers it was given, and by nothing else. An answer that
 * cannot be, by those before it, is a mistake. It is told of a request once, with its last answer; of requests about one
 * authorisation or debit in the order of the answers. What is still held after a post that came too late is known once
 * a void has released it.
 */
export class Tally {
  readonly accounts = new Map<string, TalliedAccount>()
  /** Answers that cannot be, as sentences. */
  readonly mistakes: string[] = []
  readonly #standing = new Map<string, Standing>()
  #opened = 0
  #taken = 0
  #givenBack = 0
  #credited = 0

  open(account: string, id: string, opening: number): void {
    const lines = new Map(opening === 0 ? [] : [[id, opening]])
    this.accounts.set(account, { booked: opening, held: 0, lines })
    this.#opened += opening
  }

  take(asked: Asked, { code, amount }: Told): void {
    const account = this.accounts.get(asked.account)
    if (asked.type === 'Post' && code === '68') this.#postedLate(asked)
    if (!this.#canBe(asked, { code, amount })) this.#mistaken(asked, `${code} with ${amount}`)
    if (account && this.#isOver(asked, code)) return this.#release(account, asked)
    if (amount === 0) return
    if (account) this.#change(account, asked, amount)
    else this.#mistaken(asked, `${code} on an account that was not opened`)
  }

  sums(): TallySums {
    const of = (member: 'booked' | 'held') =>
      [...this.accounts.values()].reduce((sum, account) => sum + account[member], 0)
    return {
      opened: this.#opened,
      taken: this.#taken,
      givenBack: this.#givenBack,
      credited: this.#credited,
      booked: of('booked'),
      held: of('held'),
    }
  }

  #canBe({ type, amount, allowsPartial, about = '' }: Asked, told: Told): boolean {
    const standing = this.#standing.get(about)
    if (!isApproved(told.code)) return told.amount === 0
    if (told.code === '10') {
      return allowsPartial === true && told.amount > 0 && told.amount < (amount ?? 0)
    }
    const left = standing?.left ?? 0
    if (type === 'Void') return told.amount === left || told.amount === standing?.leftIfPosted
    // Where nothing stands, nothing is reversed, and that is no error.
    return told.amount === (type === 'Reverse' && left === 0 ? 0 : (amount ?? left))
  }

  #change(account: TalliedAccount, asked: Asked, amount: number): void {
    switch (asked.type) {
      case 'Debit':
        this.#taken += amount
        this.#book(account, asked, -amount)
        return this.#stands(asked, amount)
      case 'Credit':
        this.#credited += amount
        return this.#book(account, asked, amount)
      case 'Refund':
        this.#givenBack += amount
        return this.#book(account, asked, amount)
      case 'Authorise':
        account.held += amount
        return this.#stands(asked, amount)
      case 'Increment':
        return this.#hold(account, asked, amount)
      case 'Post':
        return this.#post(account, asked, amount)
      case 'Void':
        return this.#release(account, asked)
      case 'Reverse':
        return this.#reverse(account, asked, amount)
    }
  }

  #postedLate({ about = '', amount, isFinal }: Asked): void {
    const hold = this.#standing.get(about)
    if (hold) hold.leftIfPosted = isFinal ? 0 : Math.max(0, hold.left - (amount ?? 0))
  }

  /** Whether a void found closed what a late post has closed. */
  #isOver({ type, about = '' }: Asked, code: string): boolean {
    return type === 'Void' && code === '25' && this.#standing.get(about)?.leftIfPosted === 0
  }

  #release(account: TalliedAccount, asked: Asked): void {
    this.#hold(account, asked, -this.#standingOf(asked).left)
    this.#standing.delete(asked.about ?? '')
  }

  #post(account: TalliedAccount, asked: Asked, amount: number): void {
    const { left } = this.#standingOf(asked)
    this.#taken += amount
    this.#book(account, asked, -amount)
    this.#hold(account, asked, -(asked.isFinal ? left : Math.min(amount, left)))
    if (asked.isFinal) this.#standing.delete(asked.about ?? '')
  }

  #reverse(account: TalliedAccount, asked: Asked, amount: number): void {
    const original = this.#standingOf(asked)
    if (original.type === 'Authorise') return this.#hold(account, asked, -amount)
    this.#givenBack += amount
    original.left -= amount
    this.#book(account, asked, amount)
  }

  #book(account: TalliedAccount, { id }: Asked, amount: number): void {
    account.booked += amount
    account.lines.set(id, amount)
  }

  #hold(account: TalliedAccount, asked: Asked, more: number): void {
    this.#standingOf(asked).left += more
    account.held += more
  }

  #stands({ id, type }: Asked, left: number): void {
    this.#standing.set(id, { type, left })
  }

  #standingOf(asked: Asked): Standing {
    const standing = this.#standing.get(asked.about ?? '')
    if (standing) return standing
    this.#mistaken(asked, 'approved, about nothing that stands')
    return { type: asked.type, left: 0 }
  }

  #mistaken({ type, id }: Asked, what: string): void {
    this.mistakes.push(`${type} ${id}: ${what}`)
  }
}
