import { describe, expect, it } from 'vitest'
import { isLinkLocal } from '#schemas/values/link-local'

describe('an address of the link', () => {
  it.each([
    '169.254.0.0',
    '169.254.169.254',
    '169.254.255.255',
    'fe80::1',
    'fe80::1%eth0',
    '[fe80::1]',
    'febf:ffff::1',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '[::ffff:a9fe:a9fe]',
    '::169.254.169.254',
    '::ffff:0:169.254.169.254',
    '64:ff9b::169.254.169.254',
    '2002:a9fe:a9fe::1',
    'fd00:ec2::254',
  ])('is %s', (address) => expect(isLinkLocal(address)).toBe(true))

  it.each([
    '169.253.255.255',
    '169.255.0.0',
    '127.0.0.1',
    '10.0.0.1',
    '::1',
    'fec0::1',
    'fe7f::1',
    '::ffff:10.0.0.1',
    '64:ff9b::10.0.0.1',
    '2002:a00:1::1',
    'fd00:ec2::253',
    '169.254.169.254.example',
    'localhost',
    '',
  ])('is not %s', (address) => expect(isLinkLocal(address)).toBe(false))
})
