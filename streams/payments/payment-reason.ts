const reasonCharactersMax = 140

/** Readers take 140 characters at most, configurations allow 255; never half a character. */
export const cutReason = (text: string): string =>
  [...text.trim()].slice(0, reasonCharactersMax).join('')

/** What the Core and the dispatcher write where nobody gave a reason. */
export const defaultReason = (remoteId: string, taxCode: string): string =>
  `${remoteId} - ${taxCode}`

/** Whether a reason is one that somebody gave. */
export function isGivenReason(
  reason: string | null,
  {
    remote_id,
    payer,
  }: { readonly remote_id: string; readonly payer: { readonly tax_identification_number: string } },
): reason is string {
  const text = reason?.trim().toLowerCase() ?? ''
  return (
    text !== '' && text !== defaultReason(remote_id, payer.tax_identification_number).toLowerCase()
  )
}
