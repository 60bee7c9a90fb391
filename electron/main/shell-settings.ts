/** What this computer remembers of the desk's windows and habits. No personal data, and nothing that another desk could need. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { hotkeys } from '../../shared/contract/shell.ts'
import type { Log } from '../core/ports.ts'
import { writeFileDurably } from '../core/people/durable-file.ts'
import { shellLanguages } from './words.ts'

const fileName = 'shell.json'
/** Moving a window tells its place many times a second. */
const writeAfterMs = 400

const coordinate = z.int().min(-100_000).max(100_000)
const place = z.object({
  key: z.string().max(400),
  bounds: z.object({ x: coordinate, y: coordinate, width: z.int().min(1).max(100_000), height: z.int().min(1).max(100_000) }),
  state: z.enum(['normal', 'maximised', 'full_screen']),
})
/** Each part falls back by itself: a damaged place does not cost the hotkey. */
const schema = z.object({
  language: z.enum(shellLanguages).nullable().catch(null),
  hotkey: z.enum(hotkeys).nullable().catch(hotkeys[0]),
  /** `null` is the habit of the platform. */
  keepRunning: z.boolean().nullable().catch(null),
  places: z.array(place).max(8).catch([]),
})
export type ShellSettings = z.infer<typeof schema>

export type ShellSettingsFile = {
  readonly get: () => ShellSettings
  /** Changes in memory at once and on the disk in a moment. */
  readonly change: (change: Partial<ShellSettings>) => void
  /** Writes what is still waiting; answers whether the disk has everything. */
  readonly flush: () => boolean
}

/** Reads `shell.json` of the data directory; one that is missing or damaged counts as never written. */
export function openShellSettings(dataDir: string, log: Log): ShellSettingsFile {
  const path = join(dataDir, fileName)
  let current = read(path)
  let timer: ReturnType<typeof setTimeout> | undefined
  let waiting = false

  function flush(): boolean {
    clearTimeout(timer)
    if (!waiting) return true
    try {
      writeFileDurably(path, `${JSON.stringify(current)}\n`)
      waiting = false
    } catch (error) {
      log('error', 'shell_settings_not_written', { code: error instanceof Error && 'code' in error ? String(error.code) : 'unknown' })
    }
    return !waiting
  }

  return {
    get: () => current,
    change: (change) => {
      current = { ...current, ...change }
      waiting = true
      clearTimeout(timer)
      timer = setTimeout(flush, writeAfterMs)
      timer.unref()
    },
    flush,
  }
}

function read(path: string): ShellSettings {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return schema.parse({})
  }
}
