import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { SessionStatus } from '../../shared/contract/session.ts'
import { roles } from '../../shared/domain/records/people.ts'

const markerSchema = z.strictObject({ people: z.array(z.strictObject({ username: z.string(), password: z.string(), role: z.enum(roles) })).min(1) })

/** The invented people of a demo data directory, to show on the sign-in page; the packaged application never asks. */
export function readDemoMarker(dataDir: string): SessionStatus['demo'] {
  try {
    return markerSchema.parse(JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8'))).people
  } catch {
    return null
  }
}
