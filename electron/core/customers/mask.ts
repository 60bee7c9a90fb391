import type { PersonalText } from '../../../shared/contract/customers.ts'

/** How much of a masked value stays readable, so that the agent can ask the right question. */
export type MaskShape = 'code' | 'phone' | 'email' | 'day' | 'address'
const dot = '•'

/** The value as it may be shown: in clear once the caller is verified, dots of about its length before. */
export function personal(value: string | null, shape: MaskShape, revealed: boolean): PersonalText | null {
  if (value === null) return null
  return revealed ? { text: value, masked: false } : { text: maskText(value, shape), masked: true }
}

export function maskText(value: string, shape: MaskShape): string {
  switch (shape) {
    case 'code':
      // Sixteen characters of a person's code, eleven digits of a company's: the class, not the length typed.
      return value.slice(0, 3) + dot.repeat(value.length > 11 ? 13 : 8)
    case 'phone':
      return `${value.slice(0, 3)} ${dot.repeat(5)}${value.slice(-2)}`
    case 'email': {
      const at = value.indexOf('@')
      return at < 1 ? dot.repeat(8) : `${value.slice(0, 1)}${dot.repeat(6)}@${dot.repeat(6)}`
    }
    case 'day':
      return `${value.slice(0, 4)}, ${dot.repeat(6)}`
    case 'address':
      return dot.repeat(12)
  }
}
