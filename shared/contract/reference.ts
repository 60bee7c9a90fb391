import { z } from '../domain/schema.ts'
import { call, everyone } from './call.ts'

/** A brand of the utility, for a choice in a form. */
export type BrandView = { readonly id: string; readonly name: string }

/** What every desk holds and forms choose from. */
export const referenceCalls = {
  brands: call({ input: z.strictObject({}), errors: [], access: everyone, audit: 'none' }).returns<readonly BrandView[]>(),
}
