import { EntitySchema } from 'typeorm'
import type { AttachmentRow, FieldConflictRow } from '../domain/records/kept.ts'
import { integer, key, optionalText, text } from './columns.ts'

export const fieldConflictModel = new EntitySchema<FieldConflictRow>({
  name: 'fieldConflict',
  tableName: 'field_conflict',
  columns: {
    id: key('id'),
    customerId: text('customer_id'),
    field: text('field'),
    kept: optionalText('kept'),
    lost: optionalText('lost'),
    lostBy: optionalText('lost_by'),
    keptBy: text('kept_by'),
    at: text('at'),
    state: text('state'),
    settledBy: optionalText('settled_by'),
    settledAt: optionalText('settled_at'),
  },
})

export const attachmentModel = new EntitySchema<AttachmentRow>({
  name: 'attachment',
  tableName: 'attachment',
  columns: {
    id: key('id'),
    ticketId: text('ticket_id'),
    customerId: text('customer_id'),
    name: text('name'),
    mediaType: text('media_type'),
    size: integer('size'),
    sha256: text('sha256'),
    addedBy: text('added_by'),
    addedAt: text('added_at'),
  },
})
