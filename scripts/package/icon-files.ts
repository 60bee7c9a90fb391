/** The two containers in which Windows and macOS keep an icon's sizes; both take PNG as it is. */

export const icoSizes = [16, 24, 32, 48, 64, 128, 256] as const
/** Kinds of an ICNS file and their edge in pixels; the second of two equal ones is for screens of double density. */
const icnsKinds = [['icp4', 16], ['ic11', 32], ['icp5', 32], ['ic12', 64], ['ic07', 128], ['ic13', 256], ['ic08', 256], ['ic14', 512], ['ic09', 512], ['ic10', 1024]] as const
export const icnsSizes = [16, 32, 64, 128, 256, 512, 1024] as const

/** @param images PNG by edge in pixels; throws when a size is missing */
export function icoOf(images: ReadonlyMap<number, Buffer>): Buffer {
  const header = Buffer.alloc(6)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(icoSizes.length, 4)
  const pictures = icoSizes.map((size) => ({ size, png: imageOf(images, size) }))
  let offset = header.length + 16 * pictures.length
  const entries = pictures.map(({ size, png }) => {
    const entry = Buffer.alloc(16)
    // One byte for the edge: 0 stands for 256.
    entry.writeUInt8(size % 256, 0)
    entry.writeUInt8(size % 256, 1)
    entry.writeUInt16LE(1, 4)
    entry.writeUInt16LE(32, 6)
    entry.writeUInt32LE(png.length, 8)
    entry.writeUInt32LE(offset, 12)
    offset += png.length
    return entry
  })
  return Buffer.concat([header, ...entries, ...pictures.map(({ png }) => png)])
}

/** @param images PNG by edge in pixels; throws when a size is missing */
export function icnsOf(images: ReadonlyMap<number, Buffer>): Buffer {
  const parts = icnsKinds.map(([kind, size]) => block(kind, imageOf(images, size)))
  return block('icns', Buffer.concat(parts))
}

function block(kind: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(kind, 0, 'latin1')
  head.writeUInt32BE(head.length + content.length, 4)
  return Buffer.concat([head, content])
}

function imageOf(images: ReadonlyMap<number, Buffer>, size: number): Buffer {
  const png = images.get(size)
  if (png === undefined) throw new Error(`no picture of ${size} pixels`)
  return png
}
