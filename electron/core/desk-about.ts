import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileDurably } from './people/durable-file.ts'

/** What the desk is called, also before anybody has signed in. */
export function readAbout(dataDir: string): { deskName: string } {
  try {
    const value: unknown = JSON.parse(readFileSync(join(dataDir, 'desk.json'), 'utf8'))
    if (typeof value === 'object' && value !== null && 'deskName' in value && typeof value.deskName === 'string') return { deskName: value.deskName }
  } catch {
    // Not named yet, or damaged: the name is only a label.
  }
  return { deskName: 'Sportello' }
}

export function writeAbout(dataDir: string, about: { deskName: string }): void {
  writeFileDurably(join(dataDir, 'desk.json'), JSON.stringify(about))
}
