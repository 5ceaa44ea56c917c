/** HTTP status of a response code, DE 39 of ISO 8583. */
const statuses: Readonly<Record<string, number>> = {
  '00': 200,
  '10': 200,
  '05': 409,
  '12': 422,
  '13': 422,
  '14': 404,
  '25': 404,
  '30': 422,
  '51': 409,
  '54': 409,
  '55': 409,
  '57': 409,
  '58': 409,
  '61': 409,
  '62': 409,
  '65': 409,
  '68': 504,
  '75': 409,
  '91': 503,
  '94': 409,
  '96': 500,
}

/** A code that is not in the table refuses. */
export const statusOf = (code: string): number => statuses[code] ?? 409

/** The code of an answer that was given no decision: ours to mend, or not the time for it. */
export const codeOfStatus = (status: number): string | undefined =>
  status === 500 ? '96' : status === 503 ? '91' : undefined
