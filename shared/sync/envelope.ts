/**
 * What a desk without a line hands to another one on a stick: its waiting operations, sealed to the hub's key, so that whoever carries them
 * reads nothing. Any desk relays them; the hub knows them by the numbers they have in the queue of the desk that wrote them, and takes them
 * once, whether they come this way, by themselves, or both.
 *
 *     sportello-envelope-1
 *     {"desk":"…","madeAt":"…","operations":12}
 *     a line of base64 for each push: public key 32, nonce 12, AES-256-GCM over signature 64 and push, tag 16
 */
import { z } from '../domain/schema.ts'
import { pushRequest } from './wire.ts'

export const envelopeFirstLine = 'sportello-envelope-1'
export const envelopeKeyInfo = 'sportello envelope 1'
/** Of a push in an envelope: sealed and as base64 it still fits into a request. */
export const envelopePushBytes = 640 * 1024

const base64 = /^[A-Za-z0-9+/]+={0,2}$/
/** What the outside of an envelope says; whoever has it can change that, so it is for people only. */
export const envelopeHead = z.strictObject({ desk: z.string().max(80), madeAt: z.iso.datetime(), operations: z.int().min(1) })
/** What is signed with the key of the desk that wrote it. */
export const envelopePush = z.strictObject({ deviceId: z.string().min(8).max(64), madeAt: z.iso.datetime(), push: pushRequest })

export const envelopeKeyAnswer = z.object({ key: z.string().regex(/^[A-Za-z0-9_-]{43}$/) })
export const relayRequest = z.strictObject({ part: z.string().min(160).max(1_000_000).regex(base64) })
/** `taken`: operations the hub did not have before; `refused`: of these, those it could not carry out. */
export const relayAnswer = z.object({ desk: z.string(), operations: z.int(), taken: z.int(), refused: z.int() })
export type RelayAnswer = z.output<typeof relayAnswer>
export type EnvelopePush = z.output<typeof envelopePush>
