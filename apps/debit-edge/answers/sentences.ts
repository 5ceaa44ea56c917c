/** What our own routes say of a decision that refuses, by its reason. */
const sentences: Readonly<Record<string, string>> = {
  'account-blocked': 'the account is blocked',
  'account-closed': 'the account is closed',
  'account-exists': 'there is such an account already',
  'card-blocked': 'the card is blocked',
  'card-exists': 'the card is one of the account already',
  'card-expired': 'the card is no longer valid',
  'hold-closed': 'the authorisation is closed',
  'hold-expired': 'the time of the authorisation is over',
  'hold-not-found': 'there is no such authorisation on the account',
  'id-reused': 'another request had this id: give each one an id of its own',
  'insufficient-funds': 'there is not enough money on the account',
  'no-such-account': 'there is no such account',
  'no-such-card': 'there is no such card',
  'not-empty': 'there is still money on the account, or held',
  'original-not-found': 'there is no such request on the account',
  'other-currency': 'the account has another currency',
  'over-original': 'that is more than what stands of the request',
  'over-tolerance': 'that is more than was authorised',
  forestalled: 'the request was undone before it came',
  'too-old': 'the request is older than what is still known here',
}

export const sentenceOf = (reason: string): string =>
  sentences[reason] ?? `the request is refused: ${reason}`

const palavras: Readonly<Record<string, string>> = {
  '05': 'Conta bloqueada',
  '12': 'Transacao invalida',
  '13': 'Valor invalido',
  '14': 'Cartao inexistente',
  '25': 'Transacao original inexistente',
  '30': 'Requisicao invalida',
  '51': 'Saldo insuficiente',
  '54': 'Cartao vencido',
  '62': 'Cartao bloqueado',
  '68': 'Tempo de resposta esgotado',
  '91': 'Autorizador indisponivel',
  '94': 'Conta ja existente',
  '96': 'Erro interno',
}

/** What the routes of the source say of a response code, in the language of theirs. */
export const mensagemOf = (code: string): string => palavras[code] ?? 'Transacao nao autorizada'
