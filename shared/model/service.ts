import { EntitySchema } from 'typeorm'
import type { PersonRow } from '../domain/records/people.ts'
import type { ContractLinkRow, PortalProfileRow } from '../domain/records/portal.ts'
import type { TicketEventRow, TicketRow } from '../domain/records/tickets.ts'
import { flag, integer, key, optionalText, text } from './columns.ts'

export const ticketModel = new EntitySchema<TicketRow>({
  name: 'ticket',
  tableName: 'ticket',
  columns: {
    id: key('id'),
    code: { ...text('code'), unique: true },
    number: optionalText('number'),
    customerId: text('customer_id'),
    supplyPointId: optionalText('supply_point_id'),
    area: text('area'),
    type: text('type'),
    channel: text('channel'),
    subject: text('subject'),
    receivedDay: text('received_day'),
    state: text('state'),
    priority: text('priority'),
    assignee: optionalText('assignee'),
    openedAt: text('opened_at'),
    updatedAt: text('updated_at'),
    origin: text('origin'),
  },
})

export const ticketEventModel = new EntitySchema<TicketEventRow>({
  name: 'ticketEvent',
  tableName: 'ticket_event',
  columns: {
    id: key('id'),
    ticketId: text('ticket_id'),
    at: text('at'),
    actor: text('actor'),
    desk: optionalText('desk'),
    kind: text('kind'),
    fromState: optionalText('from_state'),
    toState: text('to_state'),
    text: optionalText('text'),
    seq: integer('seq'),
    superseded: flag('superseded'),
  },
})

export const portalProfileModel = new EntitySchema<PortalProfileRow>({
  name: 'portalProfile',
  tableName: 'portal_profile',
  columns: { id: key('id'), customerId: text('customer_id'), brandId: text('brand_id'), createdAt: text('created_at') },
})

export const contractLinkModel = new EntitySchema<ContractLinkRow>({
  name: 'contractLink',
  tableName: 'contract_link',
  columns: {
    id: key('id'),
    profileId: text('profile_id'),
    contractId: text('contract_id'),
    holderCustomerId: text('holder_customer_id'),
    declaredAs: text('declared_as'),
    declarationVersion: text('declaration_version'),
    declarationText: text('declaration_text'),
    linkedBy: text('linked_by'),
    linkedAt: text('linked_at'),
    state: text('state'),
    unlinkedBy: optionalText('unlinked_by'),
    unlinkedAt: optionalText('unlinked_at'),
    unlinkReason: optionalText('unlink_reason'),
  },
})

export const personModel = new EntitySchema<PersonRow>({
  name: 'person',
  tableName: 'person',
  columns: { id: key('id'), username: { ...text('username'), unique: true }, displayName: text('display_name'), role: text('role'), active: flag('active'), createdAt: text('created_at') },
})
