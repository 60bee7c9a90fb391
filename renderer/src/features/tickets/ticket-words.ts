import { mdiAccountCheckOutline, mdiCancel, mdiCheckCircleOutline, mdiEmailOutline, mdiNoteTextOutline, mdiPaperclip, mdiPauseCircleOutline, mdiReplyOutline, mdiRestore } from '@mdi/js'
import type { TicketArea, TicketChannel, TicketEventKind, TicketState, TicketType } from '../../../../shared/domain/records/tickets.ts'
import type { TicketStep } from '../../../../shared/domain/ticket.ts'
import type { MessageKey } from '../../../../shared/locales/index.ts'

type Keys<T extends string> = { readonly [K in T]: MessageKey }

export const areaKeys: Keys<TicketArea> = { water: 'tickets.area.water', waste: 'tickets.area.waste', energy: 'tickets.area.energy' }

export const typeKeys: Keys<TicketType> = {
  information: 'tickets.type.information',
  report: 'tickets.type.report',
  praise: 'tickets.type.praise',
  complaint: 'tickets.type.complaint',
  rectification: 'tickets.type.rectification',
  double_billing: 'tickets.type.double_billing',
  anomalous_bill: 'tickets.type.anomalous_bill',
}

/** One line that tells the types apart (S4 names them and does not explain them). */
export const typeHelpKeys: Keys<TicketType> = {
  information: 'tickets.typeHelp.information',
  report: 'tickets.typeHelp.report',
  praise: 'tickets.typeHelp.praise',
  complaint: 'tickets.typeHelp.complaint',
  rectification: 'tickets.typeHelp.rectification',
  double_billing: 'tickets.typeHelp.double_billing',
  anomalous_bill: 'tickets.typeHelp.anomalous_bill',
}

export const channelKeys: Keys<TicketChannel> = {
  phone: 'tickets.channel.phone',
  counter: 'tickets.channel.counter',
  mail: 'tickets.channel.mail',
  email: 'tickets.channel.email',
  pec: 'tickets.channel.pec',
  web: 'tickets.channel.web',
  portal: 'tickets.channel.portal',
}

export const stateKeys: Keys<TicketState> = {
  new: 'tickets.state.new',
  in_charge: 'tickets.state.in_charge',
  waiting: 'tickets.state.waiting',
  answered: 'tickets.state.answered',
  closed: 'tickets.state.closed',
  cancelled: 'tickets.state.cancelled',
}

export const trackKeys: Keys<TicketState> = {
  new: 'tickets.track.new',
  in_charge: 'tickets.track.in_charge',
  waiting: 'tickets.track.waiting',
  answered: 'tickets.track.answered',
  closed: 'tickets.track.closed',
  cancelled: 'tickets.track.cancelled',
}

/** The state as a tag: grey while nobody acts, never red or amber, which are for what is late. */
export const stateLook = {
  new: 'info',
  in_charge: 'neutral',
  waiting: 'paused',
  answered: 'ok',
  closed: 'neutral',
  cancelled: 'neutral',
} as const satisfies { readonly [S in TicketState]: 'info' | 'neutral' | 'paused' | 'ok' }

export const eventKeys: Keys<TicketEventKind> = {
  opened: 'tickets.event.opened',
  taken: 'tickets.event.taken',
  noted: 'tickets.event.noted',
  waiting: 'tickets.event.waiting',
  answered: 'tickets.event.answered',
  closed: 'tickets.event.closed',
  reopened: 'tickets.event.reopened',
  cancelled: 'tickets.event.cancelled',
  attached: 'tickets.event.attached',
}

export const eventGlyphs: { readonly [K in TicketEventKind]: string } = {
  opened: mdiEmailOutline,
  taken: mdiAccountCheckOutline,
  noted: mdiNoteTextOutline,
  waiting: mdiPauseCircleOutline,
  answered: mdiReplyOutline,
  closed: mdiCheckCircleOutline,
  reopened: mdiRestore,
  cancelled: mdiCancel,
  attached: mdiPaperclip,
}

/** How a step is offered: its verb, its key, its glyph, and what it writes. */
export const stepLooks: {
  readonly [S in TicketStep]: { readonly verb: MessageKey; readonly title: MessageKey; readonly help: MessageKey; readonly submit: MessageKey; readonly shortcut: string; readonly glyph: string }
} = {
  take: { verb: 'tickets.step.take', title: 'tickets.write.take', help: 'tickets.writeHelp.take', submit: 'tickets.submit.take', shortcut: 'a', glyph: mdiAccountCheckOutline },
  note: { verb: 'tickets.step.note', title: 'tickets.write.note', help: 'tickets.writeHelp.note', submit: 'tickets.submit.note', shortcut: 'm', glyph: mdiNoteTextOutline },
  wait: { verb: 'tickets.step.wait', title: 'tickets.write.wait', help: 'tickets.writeHelp.wait', submit: 'tickets.submit.wait', shortcut: 'w', glyph: mdiPauseCircleOutline },
  answer: { verb: 'tickets.step.answer', title: 'tickets.write.answer', help: 'tickets.writeHelp.answer', submit: 'tickets.submit.answer', shortcut: 'r', glyph: mdiReplyOutline },
  close: { verb: 'tickets.step.close', title: 'tickets.write.close', help: 'tickets.writeHelp.close', submit: 'tickets.submit.close', shortcut: 'c', glyph: mdiCheckCircleOutline },
  reopen: { verb: 'tickets.step.reopen', title: 'tickets.write.reopen', help: 'tickets.writeHelp.reopen', submit: 'tickets.submit.reopen', shortcut: 'o', glyph: mdiRestore },
  cancel: { verb: 'tickets.step.cancel', title: 'tickets.write.cancel', help: 'tickets.writeHelp.cancel', submit: 'tickets.submit.cancel', shortcut: 'x', glyph: mdiCancel },
}
