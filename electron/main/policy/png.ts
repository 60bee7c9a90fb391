import { crc32, deflateSync } from 'node:zlib'

/** A picture as one `rgba` value, 0xRRGGBBAA, for each point, row by row. */
export type Picture = { readonly width: number; readonly height: number; readonly points: readonly number[] }

/** The picture as a PNG file. A bitmap would do, were the order of its colours not the platform's own. */
export function toPng({ width, height, points }: Picture): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits for each of four channels.
  header.set([8, 6, 0, 0, 0], 8)
  const rows = Buffer.alloc(height * (1 + width * 4))
  points.forEach((point, index) => rows.writeUInt32BE(point, Math.floor(index / width) * (1 + width * 4) + 1 + (index % width) * 4))
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}
