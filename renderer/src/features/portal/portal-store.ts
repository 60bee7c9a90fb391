import { shallowReactive } from 'vue'
import { defineStore } from 'pinia'
import type { CommonError, InputOf, ReplyOf } from '../../../../shared/contract/call.ts'
import type { LinkView, portalCalls, PortalPage } from '../../../../shared/contract/portal.ts'
import type { Refused } from '../../../../shared/domain/result.ts'
import { usePorts } from '../../ports.ts'
import type { PageError } from './portal-reasons.ts'

type Portal = typeof portalCalls
export type PortalEntry = { page: PortalPage | null; refusal: Refused<PageError | CommonError>['error'] | null }

/** Portal profiles of the customers that are open, with the services linked to them. */
export const usePortal = defineStore('portal', () => {
  const { core } = usePorts()
  const entries = shallowReactive(new Map<string, PortalEntry>())
  const turns = new Map<string, number>()

  function entry(customerId: string): PortalEntry {
    const known = entries.get(customerId)
    if (known !== undefined) return known
    const fresh: PortalEntry = shallowReactive({ page: null, refusal: null })
    entries.set(customerId, fresh)
    return fresh
  }

  /** Reads the page again; only the newest question may write. */
  async function load(customerId: string): Promise<void> {
    const turn = (turns.get(customerId) ?? 0) + 1
    turns.set(customerId, turn)
    const reply = await core.portal.page({ customerId })
    if (turns.get(customerId) !== turn) return
    const shown = entry(customerId)
    if (reply.ok) shown.page = reply.value
    shown.refusal = reply.ok ? null : reply.error
  }

  /** Puts a link just written into the page, so that it is seen at once; the core's own order comes with the next reading. */
  function show(customerId: string, link: LinkView): void {
    const shown = entry(customerId)
    if (shown.page === null) return
    const others = shown.page.links.filter((one) => one.linkId !== link.linkId)
    shown.page = { ...shown.page, profileSince: shown.page.profileSince ?? link.linkedAt, links: [link, ...others] }
  }

  /** "Aggancio servizi" (S4): one service per call. */
  async function link(input: InputOf<Portal['link']>): Promise<ReplyOf<Portal['link']>> {
    const reply = await core.portal.link(input)
    if (reply.ok) {
      show(input.customerId, reply.value)
      void load(input.customerId)
    }
    return reply
  }

  async function unlink(customerId: string, input: InputOf<Portal['unlink']>): Promise<ReplyOf<Portal['unlink']>> {
    const reply = await core.portal.unlink(input)
    if (reply.ok) {
      show(customerId, reply.value)
      void load(customerId)
    }
    return reply
  }

  /** Takes a customer's profile off the memory. */
  const drop = (customerId: string): void => void entries.delete(customerId)

  return { entry, load, link, unlink, drop }
})
