import { z } from '../../shared/domain/schema.ts'
import type { Route } from './route.ts'

type JsonSchema = Record<string, unknown>

/** The OpenAPI 3.1 description of the routes, made from the schemas they are checked with. */
export function openApi(routes: readonly Route[], version: string): JsonSchema {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:([A-Za-z0-9]+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describe(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Sportello hub', version },
    paths,
    components: {
      securitySchemes: {
        device: { type: 'apiKey', in: 'header', name: 'x-sportello-proof', description: 'Ed25519 signature of an enrolled desk over the request; with authorization: Device <id>, x-sportello-time and x-sportello-nonce' },
        session: { type: 'apiKey', in: 'header', name: 'x-sportello-session', description: 'Token of a person signed in on the desk' },
      },
      schemas: { error: { type: 'object', properties: { error: { type: 'object', properties: { code: { type: 'string' }, details: {} }, required: ['code'] } }, required: ['error'] } },
    },
  }
}

function describe(route: Route): JsonSchema {
  const parameters = [...parametersOf('path', route.params), ...parametersOf('query', route.query)]
  return {
    summary: route.summary,
    security: route.access === 'anyone' ? [] : [route.access === 'device' ? { device: [] } : { device: [], session: [] }],
    ...(route.roles ? { 'x-roles': route.roles } : {}),
    'x-rate-class': route.rate,
    'x-body-limit': route.bodyLimit,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body === null ? {} : { requestBody: { required: true, content: route.body === 'bytes' ? { 'application/octet-stream': {} } : { 'application/json': { schema: schemaOf(route.body, 'input') } } } }),
    responses: {
      '2XX': route.answer === null ? { description: 'Done' } : { description: 'Answer', content: typeof route.answer === 'string' ? { [route.answer]: {} } : { 'application/json': { schema: schemaOf(route.answer, 'output') } } },
      default: { description: 'Refused or failed', content: { 'application/json': { schema: { $ref: '#/components/schemas/error' } } } },
    },
  }
}

function parametersOf(where: 'path' | 'query', schema: z.ZodType | null): JsonSchema[] {
  if (!(schema instanceof z.ZodObject)) return []
  return Object.entries(schema.shape).map(([name, inner]) => ({ name, in: where, required: where === 'path' || !(inner as z.ZodType).safeParse(undefined).success, schema: schemaOf(inner as z.ZodType, 'input') }))
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  return { ...z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }), $schema: undefined }
}
