import { HubError } from './errors.ts'

const deepest = 12

/** A JSON body as a value. Refuses bytes that are not UTF-8, nesting beyond 12 levels, and keys that would reach an object's prototype. */
export function readJson(bytes: Buffer): unknown {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    throw new HubError(400, 'not_json')
  }
  checkShape(value, 1)
  return value
}

function checkShape(value: unknown, depth: number): void {
  if (value === null || typeof value !== 'object') return
  if (depth > deepest) throw new HubError(400, 'too_deep')
  if (Array.isArray(value)) {
    for (const inner of value as unknown[]) checkShape(inner, depth + 1)
    return
  }
  for (const [key, inner] of Object.entries(value as Record<string, unknown>)) {
    const poisons = key === '__proto__' || (key === 'constructor' && inner !== null && typeof inner === 'object' && Object.hasOwn(inner, 'prototype'))
    if (poisons) throw new HubError(400, 'not_allowed')
    checkShape(inner, depth + 1)
  }
}
