import { EntitySchema } from 'typeorm'
import type { AttachmentRow, DecisionRow, FieldConflictRow } from '../domain/records/kept.ts'
import { integer, key, optionalText, text } from './columns.ts'

export const fieldConflictModel = new EntitySchema<FieldConflictRow>({
  name: 'fieldConflict',
  tableName: 'field_conflict',
  columns: {
    id: key('id'),
    customerId: text('customer_id'),
    field: text('field'),
    before: optionalText('before_value'),
    kept: optionalText('kept'),
    lost: optionalText('lost'),
    lostBy: optionalText('lost_by'),
    lostAt: optionalText('lost_at'),
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

export const decisionModel = new EntitySchema<DecisionRow>({
  name: 'decision',
  tableName: 'decision',
  columns: {
    id: key('id'),
    customerId: text('customer_id'),
    about: text('about'),
    subjectId: text('subject_id'),
    seq: integer('seq'),
    choice: text('choice'),
    opId: optionalText('op_id'),
    reason: optionalText('reason'),
    by: text('decided_by'),
    at: text('decided_at'),
  },
})
