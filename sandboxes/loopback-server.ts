import type { Express } from 'express'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Serves on 127.0.0.1, on a free port where `port` is 0. Throws where the port is taken. */
export const listen = (app: Express, port = 0): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = app.listen(port, '127.0.0.1', (error) => {
      if (error) reject(error)
      else resolve(server)
    })
  })

/** `http://127.0.0.1:<port>`. */
export const urlOf = (server: Server): string =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}`

/** Closes it at once: requests that are slow, or never answered on purpose, would hold it open. */
export const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
