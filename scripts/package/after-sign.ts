/** electron-builder's hook after signing: what was signed must still be what was checked. */
import { packed, refuseProblems } from './after-pack.ts'
import type { PackContext } from './after-pack.ts'
import { checkPackage } from './check-package.ts'
import { verifySignature } from './verify-signature.ts'

export async function afterSign(context: PackContext): Promise<void> {
  const { folder, target } = packed(context)
  refuseProblems([...checkPackage(folder, target).problems, ...(await verifySignature(folder, target, 'signed'))])
}
