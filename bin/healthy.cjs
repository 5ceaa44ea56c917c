'use strict'

// What a container engine asks of an app in its container: ends with 0 where the app of PORT answers the path (`/status`)
// and does not say that something is wrong, else with 1 and a sentence. No dependency, so that it is quick.
const { request } = require('http')

const waitMsMax = 4_000
const path = process.argv[2] || '/status'
const port = process.env.PORT

const unhealthy = (sentence) => {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

if (!port) unhealthy('PORT is not set: which app is asked?')
else {
  const asked = request({ host: '127.0.0.1', port, path, timeout: waitMsMax })
  asked.on('response', ({ statusCode }) => {
    // A page that sends people to sign in is an answer, too.
    if (statusCode >= 400) unhealthy(`${path} of port ${port} answered ${statusCode}`)
    process.exit(0)
  })
  asked.on('timeout', () => unhealthy(`${path} of port ${port} did not answer in ${waitMsMax} ms`))
  asked.on('error', ({ message }) => unhealthy(`${path} of port ${port}: ${message}`))
  asked.end()
}
