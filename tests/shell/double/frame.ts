import type Electron from 'electron'
import { strict } from './strict.ts'

type Shape = Pick<Electron.WebFrameMain, 'url' | 'origin' | 'parent' | 'top' | 'isDestroyed' | 'detached' | 'name' | 'frames'>

/** The one frame of a window, as the application sees it; the desk's policy allows no other. */
export type Frame = { readonly asFrame: Electron.WebFrameMain; address: string; gone: boolean }

export function createFrame(address: string, parent: Electron.WebFrameMain | null = null): Frame {
  const state = { address, gone: false }
  const shape = {
    get url() {
      return state.address
    },
    get origin() {
      const { protocol, host } = URL.parse(state.address) ?? { protocol: 'null:', host: '' }
      return `${protocol}//${host}`
    },
    parent,
    get top() {
      return parent ?? asFrame
    },
    isDestroyed: () => state.gone,
    detached: false,
    name: '',
    frames: [],
  } satisfies Shape
  const asFrame = strict('WebFrameMain', shape) as unknown as Electron.WebFrameMain
  return Object.assign(state, { asFrame })
}
