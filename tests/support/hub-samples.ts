/** Requests made from what the routes say they take: so that tests of all routes need no list of them. */
import { z } from '../../shared/domain/schema.ts'
import type { Route } from '../../hub/server/route.ts'

type JsonSchema = { readonly type?: string; readonly enum?: readonly unknown[]; readonly const?: unknown; readonly anyOf?: readonly JsonSchema[]; readonly oneOf?: readonly JsonSchema[]; readonly properties?: Readonly<Record<string, JsonSchema>>; readonly required?: readonly string[]; readonly items?: JsonSchema; readonly minItems?: number; readonly minLength?: number; readonly maxLength?: number; readonly minimum?: number; readonly pattern?: string; readonly format?: string; readonly default?: unknown }

const texts = ['prova', 'una prova abbastanza lunga', 'a'.repeat(43), 'a'.repeat(64), '0193a000-0000-7000-8000-000000000001', '2026-01-01T00:00:00.000Z', '2026-01-01', 'AN', '1', '12:00']
const naming = /(^|[a-z])(id|Id|code|sha256|subject)$/

/** A value that fits a schema; fields that name a record get `id` where that fits. */
export function sampleOf(schema: z.ZodType, id: string): unknown {
  return valueOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema, '', id)
}

function valueOf(schema: JsonSchema, name: string, id: string): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  const variants = schema.anyOf ?? schema.oneOf
  if (variants !== undefined) return valueOf(variants[0] ?? {}, name, id)
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([field, inner]) => [field, valueOf(inner, field, id)]))
    case 'array':
      return Array.from({ length: Math.max(schema.minItems ?? 0, 1) }, () => valueOf(schema.items ?? {}, name, id))
    case 'string':
      return textOf(schema, name, id)
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1)
    case 'boolean':
      return true
    default:
      return null
  }
}

function textOf(schema: JsonSchema, name: string, id: string): string {
  const fits = (text: string) => text.length >= (schema.minLength ?? 0) && text.length <= (schema.maxLength ?? Infinity) && (schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(text))
  if (naming.test(name) && fits(id)) return id
  return texts.find(fits) ?? 'x'.repeat(schema.minLength ?? 1)
}

export type SampleRequest = { readonly method: Route['method']; readonly path: string; readonly body: unknown; readonly bytes: Buffer | undefined }

/** A request to a route that it takes, naming the record `id` wherever one can be named. */
export function sampleRequest(route: Route, id: string): SampleRequest {
  const params = (route.params === null ? {} : sampleOf(route.params, id)) as Record<string, unknown>
  const query = (route.query === null ? {} : sampleOf(route.query, id)) as Record<string, unknown>
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString()
  return {
    method: route.method,
    path: route.path.replaceAll(/:(\w+)/g, (_all, name: string) => encodeURIComponent(String(params[name]))) + (search === '' ? '' : `?${search}`),
    body: route.body === null || route.body === 'bytes' ? undefined : sampleOf(route.body, id),
    bytes: route.body === 'bytes' ? Buffer.from('prova') : undefined,
  }
}
