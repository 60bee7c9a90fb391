import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { roles } from '../../shared/domain/records/people.ts'

const markerSchema = z.strictObject({ people: z.array(z.strictObject({ username: z.string(), password: z.string(), role: z.enum(roles) })).min(1) })
export type DemoPeople = z.infer<typeof markerSchema>['people']

export const demoMarkerName = 'demo.json'

/** The invented people of a demo data directory; `null` where the data is real, or the marker cannot be read. */
export function readDemoMarker(dataDir: string): DemoPeople | null {
  try {
    return markerSchema.parse(JSON.parse(readFileSync(join(dataDir, demoMarkerName), 'utf8'))).people
  } catch {
    return null
  }
}
