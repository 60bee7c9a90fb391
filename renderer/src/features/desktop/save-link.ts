import { linkFileExtension, linkTo } from '../../../../shared/contract/desk-link.ts'
import type { LinkTarget } from '../../../../shared/contract/desk-link.ts'
import type { Shell } from '../../../../shared/contract/shell.ts'
import { usePorts } from '../../ports.ts'
import { useWords } from '../../ui/i18n.ts'
import type { Translate } from '../../ui/i18n.ts'

export type SaveLink = {
  /** Whether this record can have a link file here. */
  readonly can: (target: LinkTarget | null) => boolean
  /** Asks where it goes; a file that could not be written is told on the desk. */
  readonly save: (target: LinkTarget | null) => Promise<void>
}

/** For the page this is called in. */
export function useSaveLink(): SaveLink {
  return createSaveLink(usePorts().shell, useWords().t)
}

/** A link file of a record, to be sent to a colleague: its ids and nothing else, in its name too. Only where such a file can be opened. */
export function createSaveLink(shell: Pick<Shell, 'can' | 'saveFile'>, t: Translate): SaveLink {
  const here = shell.can('saveFile') && shell.can('asks')
  const linkOf = (target: LinkTarget | null): string | null => (here && target !== null ? linkTo(target) : null)
  return {
    can: (target) => linkOf(target) !== null,
    save: async (target) => {
      const link = linkOf(target)
      if (link === null || target === null) return
      const kind = t(target.to === 'customer' ? 'shell.link.customerFile' : 'shell.link.ticketFile')
      const code = link.slice(link.lastIndexOf('/') + 1)
      await shell.saveFile({ name: `${kind}-${code}.${linkFileExtension}`, mime: 'application/x-sportello-link', text: `${link}\n` })
    },
  }
}
