import type { AttachmentState } from '../../../../shared/contract/tickets.ts'
import type { MessageKey } from '../../../../shared/locales/index.ts'
import { commonReasons } from '../desk/call-errors.ts'
import type { Reasons } from '../desk/call-errors.ts'
import type { FileError } from './attachments.ts'

export const fileReasons: Reasons<FileError> = {
  ...commonReasons,
  ticket_not_found: 'tickets.error.ticketNotFound',
  unreadable: 'tickets.files.error.unreadable',
  file_empty: 'tickets.files.error.empty',
  file_too_large: 'tickets.files.error.tooLarge',
  too_many_uploads: 'tickets.files.error.tooMany',
  upload_not_found: 'tickets.files.error.uploadLost',
  part_out_of_order: 'tickets.files.error.uploadLost',
  already_attached: 'tickets.files.error.already',
  attachment_not_found: 'tickets.files.error.gone',
  no_hub: 'tickets.files.error.noHub',
  hub_unreachable: 'tickets.files.error.unreachable',
  not_at_hub_yet: 'tickets.files.error.notYet',
  file_damaged: 'tickets.files.error.damaged',
}

export const fileStates: { readonly [S in AttachmentState]: MessageKey } = {
  here: 'tickets.files.state.here',
  sent: 'tickets.files.state.sent',
  missing: 'tickets.files.state.missing',
  failed: 'tickets.files.state.failed',
}

const units = ['kB', 'MB'] as const

/** `12 kB`, `3,4 MB`; never less than 1 kB. */
export function fileSize(bytes: number, number: (value: number, decimals?: number) => string): string {
  const kilobytes = Math.max(1, bytes / 1000)
  return kilobytes < 1000 ? `${number(kilobytes)} ${units[0]}` : `${number(kilobytes / 1000, 1)} ${units[1]}`
}
