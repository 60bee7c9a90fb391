import { asId } from '../domain/ids.ts'
import type { BrandId } from '../domain/ids.ts'
import type { BrandRow } from '../domain/records/master.ts'

/** The four portals of the guides S0–S4; S0 and S1 are the same one. An extract may name no other brand. */
export const knownBrands: readonly BrandRow[] = [
  { id: asId<BrandId>('enercasa'), name: 'EnerCasa Coop', portal: 'S0' },
  { id: asId<BrandId>('clienti'), name: 'Portale clienti', portal: 'S2' },
  { id: asId<BrandId>('unogas'), name: 'UNOGAS', portal: 'S3' },
  { id: asId<BrandId>('etra'), name: 'ETRA Servizi', portal: 'S4' },
]
