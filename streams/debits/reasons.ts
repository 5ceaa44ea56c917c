/** Every reason a decision can have, and its response code: DE 39 of ISO 8583. */
export const codes = {
  approved: '00',
  'partially-approved': '10',
  'account-blocked': '05',
  'account-closed': '05',
  'not-empty': '05',
  forestalled: '12',
  'invalid-expiry': '12',
  'not-reversible': '12',
  'nothing-to-change': '12',
  'other-currency': '12',
  'requested-ahead': '12',
  'too-many-cards': '12',
  'unknown-currency': '12',
  'counter-exhausted': '13',
  'invalid-amount': '13',
  'over-original': '13',
  'over-tolerance': '13',
  'no-such-account': '14',
  'no-such-card': '14',
  'hold-closed': '25',
  'hold-expired': '25',
  'hold-not-found': '25',
  'original-not-found': '25',
  'too-old': '25',
  'id-reused': '30',
  'insufficient-funds': '51',
  'card-expired': '54',
  'card-blocked': '62',
  late: '68',
  'account-exists': '94',
  'card-exists': '94',
  'hold-exists': '94',
} as const satisfies Readonly<Record<string, string>>

/** Why a request was decided as it was, for machines. */
export type Reason = keyof typeof codes

/** Whether anything was done: all of it, or a part where the request allows that. */
export const isApproved = (code: string): boolean => code === '00' || code === '10'
