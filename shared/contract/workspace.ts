import { z } from '../domain/schema.ts'
import { call, everyone } from './call.ts'

const tab = z.strictObject({
  id: z.string().max(80),
  kind: z.enum(['customer', 'ticket']),
  recordId: z.string().max(80),
  /** Page of the sheet and selected supply point, restored with the tab. */
  page: z.string().max(40).nullable(),
  supplyPointId: z.string().max(80).nullable(),
})
const workspace = z.strictObject({ tabs: z.array(tab).max(50), active: z.string().max(80).nullable(), area: z.string().max(40) })
export type WorkspaceTab = z.infer<typeof tab>
export type Workspace = z.infer<typeof workspace>

/** Titles are not stored with the tabs: they are read afresh, so that an erased customer leaves nothing behind. */
export type RestoredWorkspace = Workspace & { readonly titles: { readonly [tabId: string]: { readonly title: string; readonly kind: 'person' | 'company' | 'ticket' } } }

/** A text that was taken off this desk with its customer: the kind of form, which is the first part of its key, and when it was last saved. */
export type RemovedDraft = { readonly form: string; readonly savedAt: string }
/** The record a text is about, where it is about one that is on this desk. */
export type DraftTarget = { readonly kind: 'customer' | 'ticket'; readonly id: string; readonly title: string; readonly look: 'person' | 'company' | 'ticket'; readonly supplyPointId: string | null }
export type UnfinishedText = { readonly key: string; readonly savedAt: string; readonly target: DraftTarget | null }
export type UnfinishedTexts = { readonly drafts: readonly UnfinishedText[]; readonly removed: readonly RemovedDraft[] }

const draftKey = z.string().min(1).max(120)

export const workspaceCalls = {
  load: call({ input: z.strictObject({}), errors: [], access: everyone, audit: 'none' }).returns<RestoredWorkspace>(),
  save: call({ input: workspace, errors: [], access: everyone, audit: 'none' }).returns<{ readonly savedAt: string }>(),
  /** Keeps what is being typed, encrypted in the store; an empty text drops the draft. */
  saveDraft: call({ input: z.strictObject({ key: draftKey, text: z.string().max(100_000) }), errors: [], access: everyone, audit: 'none' }).returns<{ readonly savedAt: string }>(),
  loadDraft: call({ input: z.strictObject({ key: draftKey }), errors: [], access: everyone, audit: 'none' }).returns<{ readonly text: string; readonly savedAt: string } | null>(),
  /** What this person has begun and not finished on this desk, the newest first, and what was taken away from under it. */
  drafts: call({ input: z.strictObject({}), errors: [], access: everyone, audit: 'none' }).returns<UnfinishedTexts>(),
  /** The person has read what was taken away. */
  forgetRemoved: call({ input: z.strictObject({}), errors: [], access: everyone, audit: 'none' }).returns<{ readonly [key: string]: never }>(),
}
