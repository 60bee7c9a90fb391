/** Specs of the desktop use the same desk as those of `tests/e2e`: a copy of the demo, in a window of the built application. */
export { expect, onlyDouble, onlyElectron, test } from '../e2e/fixtures.ts'
export type { Desk } from '../e2e/fixtures.ts'
