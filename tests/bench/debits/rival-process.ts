import { createServer, type ServerResponse } from 'node:http'
import { Pool } from 'pg'

/*
 * What one would build otherwise: a card's row in Postgres, debited and noted in one transaction a request, behind
 * plain HTTP. No request ids, no books, no statement. Told by its environment: DATABASE_URL, PORT, CONNECTIONS.
 */
const { DATABASE_URL, PORT, CONNECTIONS = '16' } = process.env
const pool = new Pool({ connectionString: DATABASE_URL, max: Number(CONNECTIONS) })

const update = {
  name: 'update',
  text: 'UPDATE rival.account SET balance = balance - $1 WHERE card = $2 AND balance >= $1 RETURNING balance',
}
const insert = {
  name: 'insert',
  text: 'INSERT INTO rival.journal (card, amount, balance) VALUES ($1, $2, $3)',
}

/** Whether the card could be debited. */
async function debited(card: string, cents: number): Promise<boolean> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const { rows } = await client.query({ ...update, values: [cents, card] })
    const [row] = rows as { readonly balance: string }[]
    if (row) await client.query({ ...insert, values: [card, cents, row.balance] })
    await client.query(row ? 'COMMIT' : 'ROLLBACK')
    return row !== undefined
  } finally {
    client.release()
  }
}

const json = { 'content-type': 'application/json' }

async function answer(body: string, response: ServerResponse): Promise<void> {
  const { numeroCartao, valor } = JSON.parse(body) as { numeroCartao: number; valor: number }
  if (await debited(String(numeroCartao), Math.round(valor * 100))) {
    response.writeHead(200, json).end(JSON.stringify({ numeroCartao, valor }))
  } else response.writeHead(409, json).end('{"mensagem":"Saldo insuficiente"}')
}

const server = createServer((request, response) => {
  let body = ''
  request
    .on('data', (chunk: Buffer) => (body += chunk.toString()))
    .on('end', () => {
      answer(body, response).catch((error: unknown) => {
        console.error(error)
        response.writeHead(500).end()
      })
    })
})
server.listen(Number(PORT), '127.0.0.1', () => console.log('ready'))
process.stdin.on('end', () => process.exit()).resume()
