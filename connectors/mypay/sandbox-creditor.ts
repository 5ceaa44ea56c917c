/** The public body all dues of the sandbox are owed to. Fictional. */
export const creditor = { name: 'Comune di Bugliano', tax_code: '01234567897' } as const
