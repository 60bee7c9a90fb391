import { streets } from './data/streets.ts'
import { towns } from './data/towns.ts'
import { draw, weightedTable, zipfTable } from './random.ts'
import type { Dice } from './random.ts'

export type Town = {
  name: string
  province: string
  firstCap: number
  lastCap: number
  /** Belfiore code. */
  code: string
  region: string
  weight: number
}

export type Place = { street: string; houseNumber: string; postalCode: string; town: Town }

const streetTable = zipfTable(streets.length, 12)
const everywhere = weightedTable(towns.map(town => town.weight))
/** A local utility serves the towns of its regions, big cities less than their size says. */
const mostCounted = 90

const territories = new Map<string, { list: readonly Town[]; table: Uint16Array }>()

function territory(regions: string): { list: readonly Town[]; table: Uint16Array } {
  let found = territories.get(regions)
  if (found === undefined) {
    const list = towns.filter(town => regions.includes(town.region))
    found = { list, table: weightedTable(list.map(town => Math.min(mostCounted, town.weight))) }
    territories.set(regions, found)
  }
  return found
}

/** A town anywhere in Italy, the big ones more often. */
export function anyTown(dice: Dice): Town {
  return draw(dice, towns, everywhere)
}

export function townByCode(code: string): Town {
  const found = towns.find(town => town.code === code)
  if (found === undefined) throw new RangeError('no such town in the demo')
  return found
}

/** An address in the given regions (their letters in data/towns.ts). */
export function pickPlace(dice: Dice, regions: string): Place {
  const { list, table } = territory(regions)
  return placeIn(dice, draw(dice, list, table))
}

export function placeIn(dice: Dice, town: Town): Place {
  const number = 1 + Math.floor(140 * dice.unit() * dice.unit())
  const extra = dice.unit()
  const suffix = extra < 0.06 ? '/A' : extra < 0.09 ? '/B' : extra < 0.17 ? `, int. ${dice.between(1, 18)}` : ''
  return {
    street: draw(dice, streets, streetTable),
    houseNumber: `${number}${suffix}`,
    postalCode: String(dice.between(town.firstCap, town.lastCap)).padStart(5, '0'),
    town,
  }
}
