import { hasVatCheckDigit } from '../../shared/domain/vat-number.ts'
import { bodies, firmWords, forms, places, saints, trades } from './data/company-words.ts'
import { pickLastName } from './identity.ts'
import type { Dice } from './random.ts'

export type CompanyIdentity = {
  kind: 'company'
  companyName: string
  taxCode: string
  /** Bodies without a business (condominiums, parishes, clubs) have a tax code only. */
  vatNumber: string | null
}

/** Eleven digits with a right check digit: seven of one's own, three of the office (001–100). */
export function elevenDigits(seven: number, office: number): string {
  const body = String(seven).padStart(7, '0') + String(office).padStart(3, '0')
  for (let digit = 0; digit < 10; digit++) if (hasVatCheckDigit(body + String(digit))) return body + String(digit)
  throw new RangeError('no check digit fits')
}

const bodyShare = 0.22

/** A company or body; `ordinal` makes its codes unique. */
export function pickCompany(dice: Dice, ordinal: number, streetName: string): CompanyIdentity {
  const office = dice.between(1, 100)
  if (dice.chance(bodyShare)) {
    const body = dice.pick(bodies)
    const companyName = body === 'Condominio' || body === 'Residenza'
      ? `${body} ${dice.chance(0.5) ? streetName : pickLastName(dice)} ${dice.between(1, 90)}`
      : `${body} ${dice.pick(saints)}`
    return { kind: 'company', companyName, taxCode: elevenDigits(8_000_000 + (ordinal % 2_000_000), office), vatNumber: null }
  }
  const form = dice.pick(forms)
  const style = dice.unit()
  const companyName = style < 0.6
    ? `${dice.pick(trades)} ${pickLastName(dice)} ${form}`
    : style < 0.75
      ? `${pickLastName(dice)} ${dice.pick(firmWords)} ${form}`
      : `${dice.pick(firmWords)} ${dice.pick(places)} ${form}`
  const vatNumber = elevenDigits(100_000 + (ordinal % 7_000_000), office)
  return { kind: 'company', companyName, taxCode: vatNumber, vatNumber }
}
