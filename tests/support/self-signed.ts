import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** A server's key and certificate, both PEM. */
export type ServerIdentity = { readonly key: string; readonly certificate: string }

const dayMs = 86_400_000
/** Object identifiers in DER. */
const ecdsaWithSha256 = der(0x06, Buffer.from('2a8648ce3d040302', 'hex'))
const commonName = der(0x06, Buffer.from('550403', 'hex'))
const basicConstraints = der(0x06, Buffer.from('551d13', 'hex'))
const subjectAltName = der(0x06, Buffer.from('551d11', 'hex'))
const yes = der(0x01, Buffer.from([0xff]))

/** A certificate for one host name that its own key has signed, good for a day: Node makes keys, but no certificates (RFC 5280). */
export function makeServerIdentity(host: string, now = Date.now()): ServerIdentity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(host)))))
  const signatureKind = sequence(ecdsaWithSha256)
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    // A serial number is positive.
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    signatureKind,
    name,
    sequence(time(now - dayMs), time(now + dayMs)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(basicConstraints, yes, der(0x04, sequence(yes))), sequence(subjectAltName, der(0x04, sequence(der(0x82, Buffer.from(host))))))),
  )
  const whole = sequence(content, signatureKind, der(0x03, Buffer.from([0]), sign('sha256', content, privateKey)))
  const lines = whole.toString('base64').replaceAll(/.{64}/g, '$&\n')
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), certificate: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n` }
}

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  const { length } = body
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), body])
}

function sequence(...parts: readonly Uint8Array[]): Buffer {
  return der(0x30, ...parts)
}

/** UTCTime: two digits of the year. */
function time(instant: number): Buffer {
  return der(0x17, Buffer.from(`${new Date(instant).toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`))
}
