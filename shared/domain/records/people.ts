import type { PersonId } from '../ids.ts'

export const roles = ['agent', 'supervisor', 'administrator'] as const
export type Role = (typeof roles)[number]

export type PersonRow = {
  id: PersonId
  username: string
  displayName: string
  role: Role
  active: boolean
  createdAt: string
}
