import { BlockList, isIP } from 'node:net'

const v4 = { address: '169.254.0.0', prefix: 16 }
// Where IPv6 carries an IPv4 address: compatible, translated (two ways), 6to4. Mapped ones the list knows by itself.
const v6: readonly (readonly [address: string, prefix: number])[] = [
  ['fe80::', 10],
  ['::a9fe:0', 112],
  ['::ffff:0:a9fe:0', 112],
  ['64:ff9b::a9fe:0', 112],
  ['2002:a9fe::', 32],
]
// Metadata services of clouds that are not at a link-local address.
const metadata = 'fd00:ec2::254'

const refused = new BlockList()
refused.addSubnet(v4.address, v4.prefix, 'ipv4')
for (const [address, prefix] of v6) refused.addSubnet(address, prefix, 'ipv6')
refused.addAddress(metadata, 'ipv6')

/**
 * Whether it is an address of the link itself, where a cloud's machines find their credentials and nothing of ours is
 * ever served: 169.254.0.0/16 and fe80::/10, in each of the forms IPv6 has for them. A name is no address.
 */
export function isLinkLocal(address: string): boolean {
  const plain = address.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '')
  const family = isIP(plain)
  return family !== 0 && refused.check(plain, family === 6 ? 'ipv6' : 'ipv4')
}
