/** MyPay's sandbox as a process, and how long its answers take longer than its own. */
export interface DelayedMypay {
  readonly port: number
  readonly delayMs: number
}

/** The body of the bench as MyPay knows it; fictional. */
export const mypayBody = { ipa_code: 'C_BUG', password: 'prova-prova' } as const

/** pagoPA's taxonomy of what the bench collects. */
export const collectionData = '9/0101002IM/'

/** The members of both forms that MyPay's connector reads, for a MyPay at this address. */
export const bodyAtMypay = (url: string) => ({
  tenant: {
    ...mypayBody,
    // Whom dues are owed to at the sandbox, and the segregation code it has of them.
    tax_identification_number: '01234567897',
    segregation_code: '99',
    base_url: `${url}/ws/pa/PagamentiTelematiciDovutiPagati`,
  },
  service: { due_type: 'CANONE', collection_data: collectionData },
})
