import type { OutgoingHttpHeaders } from 'node:http'
import { contentSecurityPolicy as policyFor, pageHeaders } from '../hosts/page-headers.ts'

/** What a page of this host may load and do. Under Electron one word differs: there `connect-src` is `'none'`. */
export const contentSecurityPolicy = policyFor("'self'")

/** On every answer, refusals included. */
export const commonHeaders: OutgoingHttpHeaders = {
  'content-security-policy': contentSecurityPolicy,
  ...pageHeaders,
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), hid=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
}
