import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A TCP proxy on loopback that can be switched off: then it cuts what is open and refuses what comes. */
export async function switchableProxy(port: number) {
  const sockets = new Set<Socket>()
  let isOn = true
  const server = createServer((near) => {
    if (!isOn) return void near.destroy()
    const far = connect(port, '127.0.0.1')
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.pipe(other)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    switch(on: boolean) {
      isOn = on
      if (!on) cut()
    },
    close() {
      cut()
      server.close()
    },
  }
}
