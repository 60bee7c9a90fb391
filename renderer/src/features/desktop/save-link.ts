import { linkFileExtension, linkTo } from '../../../../shared/contract/desk-link.ts'
import type { LinkTarget } from '../../../../shared/contract/desk-link.ts'
import { usePorts } from '../../ports.ts'
import { useWords } from '../../ui/i18n.ts'

export type SaveLink = {
  /** Whether this record can have a link file here. */
  readonly can: (target: LinkTarget | null) => boolean
  /** Asks where it goes; a file that could not be written is told on the desk. */
  readonly save: (target: LinkTarget | null) => Promise<void>
}

/** A link file of a record, to be sent to a colleague: its ids and nothing else, in its name too. Only where such a file can be opened. */
export function useSaveLink(): SaveLink {
  const { shell } = usePorts()
  const { t } = useWords()
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
