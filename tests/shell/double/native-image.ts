import type Electron from 'electron'
import { existsSync } from 'node:fs'
import { strict } from './strict.ts'

type Used = Pick<Electron.NativeImage, 'isEmpty' | 'getSize' | 'setTemplateImage' | 'isTemplateImage' | 'resize' | 'addRepresentation' | 'toDataURL'>

/** An image as far as somebody asks whether there is one; nothing is decoded or drawn. */
function createImage(empty: boolean): Electron.NativeImage {
  let template = false
  const used: Used = {
    isEmpty: () => empty,
    getSize: () => (empty ? { width: 0, height: 0 } : { width: 16, height: 16 }),
    setTemplateImage: (on) => void (template = on),
    isTemplateImage: () => template,
    resize: () => createImage(empty),
    addRepresentation: () => undefined,
    toDataURL: () => 'data:image/png;base64,',
  }
  return strict('NativeImage', used) as Electron.NativeImage
}

export const nativeImage = strict('nativeImage', {
  createEmpty: () => createImage(true),
  createFromPath: (path) => createImage(!existsSync(path)),
  createFromDataURL: (text) => createImage(text === ''),
  createFromBuffer: (buffer) => createImage(buffer.length === 0),
  createFromBitmap: (buffer) => createImage(buffer.length === 0),
} satisfies Pick<typeof Electron.nativeImage, 'createEmpty' | 'createFromPath' | 'createFromDataURL' | 'createFromBuffer' | 'createFromBitmap'>)
