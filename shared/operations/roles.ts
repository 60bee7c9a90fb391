import type { Role } from '../domain/records/people.ts'

export const everyRole = ['agent', 'supervisor', 'administrator'] as const satisfies readonly Role[]
export const administratorsOnly = ['administrator'] as const satisfies readonly Role[]
export const supervisorsOnly = ['supervisor', 'administrator'] as const satisfies readonly Role[]
