import { z } from '../../shared/domain/schema.ts'
import { rateClasses, mebibyte } from './rate-classes.ts'
import type { Route } from './route.ts'

/** Throws when a route contradicts itself or leaves open what may come in; the server then does not start. */
export function checkRoute(route: Route): void {
  const wrong = (why: string): Error => new Error(`${route.method} ${route.path}: ${why}`)
  if (!/^\/[a-z0-9]/.test(route.path)) throw wrong('a path begins with / and a word')
  if (!Object.hasOwn(rateClasses, route.rate)) throw wrong('unknown rate class')
  if ((route.access === 'person') !== (route.roles !== null)) throw wrong('roles belong to routes of persons, and to each of them')
  if (route.roles?.length === 0) throw wrong('nobody may call it')
  const counted = rateClasses[route.rate].by
  if (counted !== 'address' && route.access === 'anyone') throw wrong('without a proof only the address can be counted')
  if (counted === 'person' && route.access !== 'person') throw wrong('there is no person to count')
  if ((route.body === null) !== (route.bodyLimit === 0)) throw wrong('a body has a limit, and no body has none')
  if (route.bodyLimit > mebibyte) throw wrong('more than 1 MiB in one piece')
  if (route.body !== null && (route.method === 'GET' || route.method === 'HEAD')) throw wrong('a reading request has no body')
  const named = [...route.path.matchAll(/:([A-Za-z0-9]+)/g)].map(([, name]) => name)
  const described = route.params instanceof z.ZodObject ? Object.keys(route.params.shape) : []
  if (named.toSorted().join() !== described.toSorted().join()) throw wrong('params do not fit the path')
  for (const schema of [route.params, route.query, route.body === 'bytes' ? null : route.body]) if (schema !== null && !isStrict(schema)) throw wrong('a schema lets unknown fields through')
}

/** Objects that refuse unknown fields, at the top; inner ones are the schema's own business. */
function isStrict(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodObject) return schema.def.catchall instanceof z.ZodNever
  if (schema instanceof z.ZodUnion) return schema.def.options.every((option) => isStrict(option as z.ZodType))
  return false
}
