/** The text of what runs in a page before its own scripts. */
import { createMembrane } from './membrane.ts'
import { enterPageWorld } from './page-world.ts'
import { enterPreloadWorld } from './preload-world.ts'

/** Name of the world that only the preload lives in, and of the binding that only this world has. */
export const preloadWorld = 'sportello-double'
export const binding = '__post'

const [toPage, toPreload] = ['double:to-page', 'double:to-preload']

// A preload runs in the top frame only: `nodeIntegrationInSubFrames` is off.
const inTopFrame = (text: string): string => `if (window === window.top && location.href !== 'about:blank') { ${text} }`

export function pageScript(): string {
  return inTopFrame(`(${String(enterPageWorld)})((${String(createMembrane)})('${toPage}', '${toPreload}'))`)
}

export function preloadScript(preload: string): string {
  return inTopFrame(
    `(${String(enterPreloadWorld)})((${String(createMembrane)})('${toPreload}', '${toPage}'), globalThis.${binding}, function (require, module, exports) {\n${preload}\n})`,
  )
}
