import type { EntitySchemaColumnOptions } from 'typeorm'

/** Column kinds that both databases know under the same name. */
export const text = (name: string): EntitySchemaColumnOptions => ({ name, type: 'text' })
export const optionalText = (name: string): EntitySchemaColumnOptions => ({ name, type: 'text', nullable: true })
export const key = (name: string): EntitySchemaColumnOptions => ({ name, type: 'text', primary: true })
export const integer = (name: string): EntitySchemaColumnOptions => ({ name, type: 'integer' })
export const optionalInteger = (name: string): EntitySchemaColumnOptions => ({ name, type: 'integer', nullable: true })
export const flag = (name: string): EntitySchemaColumnOptions => ({ name, type: 'boolean' })
export const optionalFlag = (name: string): EntitySchemaColumnOptions => ({ name, type: 'boolean', nullable: true })
